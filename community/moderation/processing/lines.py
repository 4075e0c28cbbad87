"""The public log in the reader's words: what its lines say, and what somebody asks of it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from community.contributions.models import Kind
from community.kit import countries, i18n, languages
from community.moderation.models import Act, Clause, LogEntry, Result, Source
from community.moderation.processing.guidelines import CATEGORIES, Worded, worded
from community.moderation.queries import LogFilter

ACTS: dict[Act, LazyString] = {
    Act.APPROVE: _l("Approved"),
    Act.RETURN: _l("Returned"),
    Act.REFUSE: _l("Refused"),
    Act.HIDE: _l("Hidden"),
    Act.RESTORE: _l("Restored"),
    Act.KEEP: _l("Left as it is"),
    Act.LOCK: _l("Conversation closed"),
    Act.UNLOCK: _l("Conversation opened"),
    Act.UNDO: _l("Undone"),
    Act.REPORT: _l("Reported"),
    Act.ANSWER: _l("Report answered"),
    Act.REOPEN: _l("Report opened again"),
    Act.WARN: _l("Warned"),
    Act.SUSPEND: _l("Suspended"),
    Act.CLOSE: _l("Account closed"),
    Act.LIFT: _l("Lifted"),
    Act.APPEAL: _l("Appealed"),
    Act.UPHOLD: _l("Upheld"),
    Act.REVERSE: _l("Reversed"),
}
ACCOUNT = "account"
KINDS: dict[str, LazyString] = {
    Kind.STORY: _l("Story"),
    Kind.COMMENT: _l("Answer"),
    Kind.TRANSLATION: _l("Translation"),
    Kind.IDEA: _l("Idea"),
    ACCOUNT: _l("Account"),
}
SOURCES: dict[Source, LazyString] = {
    Source.OWN_INITIATIVE: _l("Own initiative"),
    Source.NOTICE: _l("A report"),
    Source.TRUSTED_FLAGGER: _l("A trusted flagger"),
    Source.OTHER_NOTIFICATION: _l("Another notice"),
}
RESULTS: dict[Result, LazyString] = {
    Result.ACTED: _l("something was done"),
    Result.KEPT: _l("nothing was wrong"),
    Result.GONE: _l("its author had taken it away"),
}
TITLE = _l("Decisions in public")
FIRST_DAY, LAST_DAY = date(1970, 1, 1), date(2999, 12, 31)


@dataclass(frozen=True)
class Guide:
    """What a page needs to say a line: its words, and every version of the clauses that lines cite."""

    by_version: Mapping[tuple[str, int], Worded]
    """In the order of the guidelines, each from its first version on."""
    acts = ACTS
    kinds = KINDS
    sources = SOURCES
    results = RESULTS
    categories = CATEGORIES
    title = TITLE

    @classmethod
    def of(cls, clauses: Iterable[Clause]) -> "Guide":
        return cls({(clause.number, clause.version): worded(clause) for clause in clauses})

    def cited(self, line: LogEntry) -> Worded | None:
        """The clause a line rests on, in the version it was decided by."""
        return self.by_version.get((line.ground or "", line.clause_version or 0))

    def told(self, line: LogEntry) -> str:
        """The act and what it was done to, on one line."""
        spoken = i18n.language()
        where = languages.name(line.language, spoken), countries.name(line.country, spoken)
        return " · ".join([str(ACTS[line.act]), str(KINDS.get(line.kind, line.kind)), *where])

    def grounded(self, line: LogEntry) -> str:
        """What it rests on, or is about, or what came of it; empty where the line says nothing of that."""
        clause = self.cited(line)
        parts = [f"{clause.number} {clause.title}"] if clause else []
        parts += [str(CATEGORIES[line.category])] if line.category and not clause else []
        parts += [str(RESULTS[line.result])] if line.result else []
        return " · ".join(parts)

    @property
    def newest(self) -> dict[str, Worded]:
        """Each clause in its last version, by number."""
        return {number: clause for (number, _version), clause in self.by_version.items()}

    @property
    def choices(self) -> list[tuple[str, str]]:
        """For a form: number and title."""
        return [(number, f"{number} {clause.title}") for number, clause in self.newest.items()]


@dataclass(frozen=True)
class Places:
    """Codes and names, in the order of their names."""

    languages: list[tuple[str, str]]
    countries: list[tuple[str, str]]

    @classmethod
    def of(cls, spoken: Collection[str], lived_in: Collection[str]) -> "Places":
        reader = i18n.language()
        return cls(
            [pair for pair in languages.labels(reader) if pair[0] in spoken],
            [pair for pair in countries.choices(reader) if pair[0] in lived_in],
        )


def wanted(asked: Mapping[str, str], grounds: Sequence[str]) -> LogFilter:
    """What an address asks of the log; what is unknown is passed over. ``from`` and ``to`` are days, both included."""
    act, language, country = (asked.get(name, "") for name in ("act", "language", "country"))
    kind, ground = asked.get("kind", ""), asked.get("clause", "")
    first, last = _day(asked.get("from", "")), _day(asked.get("to", ""))
    return LogFilter(
        act=Act(act) if act in ACTS else None,
        language=language if languages.may_carry(language) else "",
        country=country if countries.is_country(country) else "",
        kind=kind if kind in KINDS else "",
        ground=ground if ground in grounds else "",
        begins=first,
        ends=last + timedelta(days=1) if last else None,
    )


def as_query(asked: LogFilter) -> dict[str, str]:
    """The same as the parameters of an address, without what does not narrow."""
    given = {
        "act": asked.act or "",
        "language": asked.language,
        "country": asked.country,
        "kind": asked.kind,
        "clause": asked.ground,
        "from": f"{asked.begins:%Y-%m-%d}" if asked.begins else "",
        "to": f"{asked.ends - timedelta(days=1):%Y-%m-%d}" if asked.ends else "",
    }
    return {name: str(value) for name, value in given.items() if value}


def _day(text: str) -> datetime | None:
    """Midnight, UTC."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    if not FIRST_DAY <= day <= LAST_DAY:
        return None
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
