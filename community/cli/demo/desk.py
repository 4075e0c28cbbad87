"""What the desk leaves behind in content in bulk: decisions, their lines in the log, statements, and what waits."""

from collections import Counter
from datetime import UTC, datetime
from typing import Any, NamedTuple, cast

from sqlalchemy import Connection, select
from sqlalchemy.dialects import postgresql, sqlite

from community.cli.demo.moments import stamp
from community.cli.demo.store import Store
from community.moderation.actions import log  # the one place that knows how a line is chained
from community.moderation.actions.statements import TERRITORY, ground_of
from community.moderation.models import (
    LONGEST_LEGAL_GROUND,
    Act,
    Automation,
    Backlog,
    Clause,
    ClauseText,
    LogEntry,
    Outcome,
    Rank,
    Source,
    Visibility,
)

ENGLISH = "en"  # every clause has English words


class Subject(NamedTuple):
    """What is decided on; ``sent`` and ``decided`` in seconds of the epoch, ``speaks`` its author's own language."""

    contribution: int
    revision: int
    language: str
    country: str
    author_id: int
    speaks: str
    by_id: int
    sent: int
    decided: int
    kind: str = "story"


class Line(NamedTuple):
    """A line of the log, with the names ``log.digest`` reads."""

    number: int
    created_at: datetime
    act: str
    kind: str
    language: str
    country: str
    ground: str | None
    clause_version: int | None
    category: str | None
    source: str
    is_detected_by_machine: bool
    result: None
    waited_seconds: int
    of_number: None


class Desk:
    """Decides in the order of time, so that the log's lines follow each other as they would have."""

    def __init__(self, store: Store) -> None:
        connection = store.connection
        self._store = store
        self._waiting: Counter[tuple[str, str]] = Counter()
        self._clauses = _clauses(connection)
        self._reasons = _reasons(connection)
        newest = select(LogEntry.number, LogEntry.hash).order_by(LogEntry.number.desc()).limit(1)
        last = connection.execute(newest).first()
        self._last: int = last.number if last else 0
        self._hash: str = last.hash if last else ""

    def approve(self, it: Subject) -> None:
        self._decide(it, Outcome.APPROVE, self._log(it, Act.APPROVE, None))

    def refuse(self, it: Subject, puid: str) -> None:
        """With one clause after the other; ``puid`` names the statement."""
        clause = self._clauses[it.contribution % len(self._clauses)]
        line, reason = self._log(it, Act.REFUSE, clause), self._reason(clause, it.speaks)
        decision = self._decide(it, Outcome.REFUSE, line, clause, reason, puid)
        decided = stamp(it.decided)
        self._store.add(
            "statement", puid, decision, it.author_id, it.contribution, clause.id, it.speaks,
            Visibility.DISABLED.value, ground_of(clause).value, clause.category.value,
            reason[:LONGEST_LEGAL_GROUND] if clause.is_illegal else "", reason, reason, "CONTENT_TYPE_TEXT",
            it.language, stamp(it.sent), decided, " ".join(TERRITORY), Source.OWN_INITIATIVE.value, False,
            Automation.NOT.value, decided,
        )  # fmt: skip

    def wait(
        self, contribution: int, revision: int, author_id: int, language: str, country: str, sent: int
    ) -> None:
        """A review of a story, with nobody at it."""
        self._waiting[language, country] += 1
        self._store.add(
            "review", revision, contribution, author_id, "story", language, country, int(Rank.WAITING),
            stamp(sent), 0, "",
        )  # fmt: skip

    def count(self) -> None:
        """Add what waits to the backlog."""
        connection = self._store.connection
        insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
        for (language, country), waiting in sorted(self._waiting.items()):
            row = insert(Backlog).values(language=language, country=country, waiting=waiting)
            connection.execute(
                row.on_conflict_do_update(
                    index_elements=["language", "country"], set_={"waiting": Backlog.waiting + waiting}
                )
            )

    def _log(self, it: Subject, act: Act, clause: Any) -> int:
        """The number of a new line."""
        line = Line(
            self._last + 1,
            datetime.fromtimestamp(it.decided, UTC),
            act.value,
            it.kind,
            it.language,
            it.country,
            clause.number if clause else None,
            clause.version if clause else None,
            clause.category.value if clause else None,
            Source.OWN_INITIATIVE.value,
            False,
            None,
            it.decided - it.sent,
            None,
        )
        self._last, self._hash = line.number, log.digest(self._hash, cast("LogEntry", line))
        self._store.add("log_entry", line.number, stamp(it.decided), *line[2:], self._hash)
        return line.number

    def _decide(self, it: Subject, outcome: Outcome, line: int, clause: Any = None, *reasons: str) -> int:
        """The number of a new decision; ``reasons`` are the explanation and the statement's name."""
        number = self._store.number("decision")
        explanation, puid = reasons or ("", None)
        self._store.add(
            "decision", number, it.contribution, it.revision, 1, 2, it.kind, it.language, it.country,
            it.author_id, it.by_id, outcome.value, clause.number if clause else None,
            clause.id if clause else None, explanation, puid, line, it.decided - it.sent, stamp(it.decided),
        )  # fmt: skip
        return number

    def _reason(self, clause: Any, language: str) -> str:
        return self._reasons.get((clause.id, language)) or self._reasons[clause.id, ENGLISH]


def _clauses(connection: Connection) -> list[Any]:
    """Those in force."""
    columns = (Clause.id, Clause.number, Clause.version, Clause.category, Clause.is_illegal)
    return list(connection.execute(select(*columns).where(Clause.ended_at.is_(None)).order_by(Clause.id)))


def _reasons(connection: Connection) -> dict[tuple[int, str], str]:
    """What each clause says, by its id and language."""
    rows = connection.execute(select(ClauseText.clause_id, ClauseText.language, ClauseText.text))
    return {(clause, language): text for clause, language, text in rows}
