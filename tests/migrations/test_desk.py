"""A site moderated before there was a desk: its decisions keep their reasons, its waiting texts their place."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from sqlalchemy import Connection, MetaData, Table, create_engine, insert, pool, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.schema import CreateTable

from community.app import metadata
from community.kit import db as database_kit
from community.kit import migrating
from community.moderation.actions import log
from community.moderation.models import LogEntry
from tests.conftest import MakeDatabase
from tests.helpers.site import Site

OLD, NEW = "2b326a221a47", "4115b0a404d2"
DECISIONS = 2_500  # the migration writes a thousand at a time
BEGAN = datetime(2025, 1, 1, 8, 30, 0, 123456, tzinfo=UTC)
GROUNDS = ("1.1", "1.2", "1.3", "2.1", "2.2", "2.3", "3.1", "3.2", "3.3")
ROWS = {
    "account": "id, email, standing, created_at",
    "contribution": "id, state, version, live_revision_id, changed_at, published_at",
    "revision": "id, contribution_id, number, state, body, notes, submitted_at, decided_at",
    "decision": "id, revision_id, version, by_id, outcome, ground, explanation, waited_seconds, created_at",
    "move": "id, contribution_id, old, new, cause",
}
CHECK = re.compile(r"CONSTRAINT (\w+) CHECK \(")


@dataclass
class Old:
    """A database at the older schema, with what was in it."""

    url: str
    words: dict[str, str]
    rows: dict[str, list[tuple[Any, ...]]]


@dataclass(frozen=True)
class Life:
    """What became of a contribution: its state, its revisions' states, the outcomes with the revision each is on."""

    state: str
    revisions: tuple[str, ...]
    decisions: tuple[tuple[str, int], ...]

    @property
    def live(self) -> int | None:
        return self.revisions.index("live") + 1 if "live" in self.revisions else None


LIVES = (
    Life("live", ("live",), (("approve", 1),)),
    Life("waiting", ("waiting",), ()),
    Life("refused", ("refused",), (("refuse", 1),)),
    Life("hidden", ("live",), (("approve", 1), ("hide", 1))),
    Life("draft", ("returned", "draft"), (("return", 1),)),
    Life("live", ("live", "waiting"), (("approve", 1),)),
    Life("live", ("live", "refused"), (("approve", 1), ("refuse", 2))),
    Life("live", ("live",), (("approve", 1), ("hide", 1), ("restore", 1))),
    Life(
        "hidden",
        ("past", "live", "waiting"),
        (("approve", 1), ("hide", 1), ("restore", 1), ("approve", 2), ("hide", 2)),
    ),
    Life("withdrawn", ("refused",), (("refuse", 1),)),
)


@pytest.fixture
def old(empty_database: MakeDatabase) -> Old:
    url = empty_database()
    migrating.upgrade(url, OLD)
    with Connected(url, writing=True) as connection:
        Filling(connection).fill()
        connection.commit()
    return Old(url, schema(url), kept(url))


class Connected:
    """A connection past the site; foreign keys hold on both databases."""

    def __init__(self, url: str, *, writing: bool = False) -> None:
        self._engine = create_engine(url, poolclass=pool.NullPool)
        self._writing = database_kit.writing(writing)
        database_kit.prepare(self._engine)

    def __enter__(self) -> Connection:
        self._writing.__enter__()
        self._connection = self._engine.connect()
        return self._connection

    def __exit__(self, *error: Any) -> None:
        self._connection.close()
        self._writing.__exit__(*error)


class Filling:
    """Rows as the site of the older schema would have left them, life after life."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._rows: dict[str, list[dict[str, Any]]] = {name: [] for name in ROWS}
        self._live: list[dict[str, Any]] = []

    def fill(self) -> None:
        people = (("lan", "id", "member"), ("mai", "en", "moderator"), ("ivo", "en", "member"))
        for number, (name, language, role) in enumerate(people, 1):
            self._rows["account"].append(
                {"id": number, "handle": name, "email": f"{name}@example.test", "password_hash": "-"}
                | {"display_name": name, "country": "VN", "ui_language": language, "role": role}
                | {"standing": "suspended" if name == "ivo" else "good", "created_at": BEGAN}
            )
        while len(self._rows["decision"]) < DECISIONS:
            number = len(self._rows["contribution"]) + 1
            self._live_through(number, LIVES[number % len(LIVES)])
        self._write()

    def _live_through(self, number: int, life: Life) -> None:
        moment = BEGAN + timedelta(hours=number, microseconds=number)
        first = len(self._rows["revision"]) + 1
        self._live.append({"id": number, "state": life.state, "live": life.live and first + life.live - 1})
        self._rows["contribution"].append(
            {"id": number, "kind": "comment" if number % 3 else "story", "author_id": 1, "topic_id": 2}
            | {"form_id": f"form-{number}", "state": "draft", "version": 1 + len(life.decisions)}
            | {"country": "VN" if number % 2 else "ID", "language": "vi", "created_at": moment}
            | {"changed_at": moment, "published_at": moment if life.live else None}
            | {"reaction_count": 0, "comment_count": 0}
        )
        for nth, state in enumerate(life.revisions, 1):
            self._revise(number, nth, state, moment)
        for nth, (outcome, on) in enumerate(life.decisions, 1):
            self._decide(number, first + on - 1, on, nth, outcome, moment + timedelta(minutes=nth))
        self._rows["move"].append(
            {"id": number, "contribution_id": number, "author_id": 1, "by_id": 1, "old": "draft"}
            | {"new": life.state if life.state != "draft" else "waiting", "cause": "submit"}
            | {"created_at": moment}
        )

    def _revise(self, number: int, nth: int, state: str, moment: datetime) -> None:
        self._rows["revision"].append(
            {"id": len(self._rows["revision"]) + 1, "contribution_id": number, "number": nth, "state": state}
            | {"title": "", "body": f"Over the pass, {number}.{nth}", "html": "", "excerpt": "", "minutes": 1}
            | {"language": "vi" if nth == 1 else "en", "notes": "", "sequence": 1, "created_at": moment}
            | {"saved_at": moment, "submitted_at": None if state == "draft" else moment}
            | {"decided_at": None if state in ("draft", "waiting") else moment, "topic_id": 2}
        )

    def _decide(
        self, number: int, revision: int, on: int, version: int, outcome: str, moment: datetime
    ) -> None:
        key = len(self._rows["decision"]) + 1
        needs = outcome in ("refuse", "hide", "return")
        self._rows["decision"].append(
            {"id": key, "contribution_id": number, "revision_id": revision, "revision_number": on}
            | {"version": version, "kind": "story", "language": "vi", "country": "VN", "author_id": 1}
            | {"by_id": 2, "outcome": outcome, "ground": GROUNDS[key % 9] if needs else None}
            | {"explanation": f"{' ' * 600}Đừng làm vậy nữa, {key}. 谢谢" if needs else ""}
            | {"waited_seconds": 60 * version if key % 7 else None, "created_at": moment}
        )

    def _write(self) -> None:
        for name, rows in self._rows.items():
            table = Table(name, MetaData(), autoload_with=self._connection, resolve_fks=False)
            self._connection.execute(insert(table), rows)
        # A live one and its revision name each other.
        self._connection.execute(
            text("UPDATE contribution SET state = :state, live_revision_id = :live WHERE id = :id"),
            self._live,
        )


def rows(url: str, query: str) -> list[tuple[Any, ...]]:
    with Connected(url) as connection:
        return [tuple(row) for row in connection.execute(text(query))]


def kept(url: str) -> dict[str, list[tuple[Any, ...]]]:
    return {name: rows(url, f"SELECT {columns} FROM {name} ORDER BY id") for name, columns in ROWS.items()}


def schema(url: str) -> dict[str, str]:
    """Every table, index, trigger and constraint in the database's own words, without what only looks different."""
    if url.startswith("sqlite"):
        return {
            name: plain(words) for name, words in rows(url, "SELECT name, sql FROM sqlite_master") if words
        }
    found = rows(
        url,
        "SELECT 'column ' || table_name || '.' || column_name, data_type || ' ' || is_nullable || ' '"
        " || coalesce(column_default, '') || ' ' || coalesce(character_maximum_length::text, '')"
        " FROM information_schema.columns WHERE table_schema = 'public' UNION ALL "
        "SELECT conrelid::regclass || ' ' || conname, pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE connamespace = 'public'::regnamespace UNION ALL "
        "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' UNION ALL "
        "SELECT tgname, tgenabled::text || pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
    )
    return dict(found)


def plain(words: str) -> str:
    return (
        re.sub(r"\s+", " ", words.replace('"', "")).replace("( ", "(").replace(" )", ")").replace(" ,", ",")
    )


def checks(words: str) -> dict[str, str]:
    """A table's CHECK constraints by their names."""
    found = {}
    for match in CHECK.finditer(words):
        depth, end = 1, match.end()
        while depth:
            depth += {"(": 1, ")": -1}.get(words[end], 0)
            end += 1
        found[match[1]] = plain(words[match.end() : end - 1])
    return found


def test_every_restriction_has_its_statement_and_every_decision_its_line(
    old: Old, make_instance: Any
) -> None:
    migrating.upgrade(old.url)
    command.check(migrating.configuration(old.url))
    assert kept(old.url) == old.rows
    assert rows(old.url, "SELECT count(*) FROM decision") >= [(DECISIONS,)]
    told = "SELECT d.id, d.author_id, d.contribution_id, d.clause_id, d.explanation, d.explanation, d.statement_puid"
    told += " FROM decision d WHERE outcome IN ('refuse', 'hide') ORDER BY d.id"
    stated = "SELECT decision_id, account_id, contribution_id, clause_id, reason, decision_facts, puid"
    stated += " FROM statement ORDER BY decision_id"
    assert rows(old.url, told) == rows(old.url, stated) != []
    assert rows(old.url, "SELECT DISTINCT language FROM statement") == [("id",)]
    for of, where in (
        ("contribution", "state IN ('refused', 'hidden') AND s.contribution_id = t.id"),
        ("revision", "state = 'refused' AND d.revision_id = t.id AND d.outcome = 'refuse'"),
    ):
        named = f"SELECT count(*) FROM {of} t JOIN statement s ON s.puid = t.statement_puid"
        named += f" JOIN decision d ON d.id = s.decision_id WHERE {where}"
        restricted = f"SELECT count(*) FROM {of} WHERE statement_puid IS NOT NULL"
        assert rows(old.url, named) == rows(old.url, restricted)
        states = f"SELECT count(*) FROM {of} WHERE state IN ('refused', 'hidden')"
        assert rows(old.url, restricted) == rows(old.url, states) != [(0,)]
    assert_log_is_the_decisions(old.url, make_instance())


def assert_log_is_the_decisions(url: str, instance: Path) -> None:
    """Line after line, as the running site reads and chains them."""
    site = Site(instance, url)
    try:
        with site.reading():
            before = ""
            for number, line in enumerate(database_kit.session.query(LogEntry).order_by(LogEntry.number), 1):
                assert line.number == number
                assert line.hash == log.digest(before, line)
                before = line.hash
        same = "l.act = d.outcome AND l.created_at = d.created_at AND l.language = d.language"
        same += " AND coalesce(l.ground, '') = coalesce(d.ground, '')"
        same += " AND coalesce(l.waited_seconds, -1) = coalesce(d.waited_seconds, -1)"
        lined = site.value(
            f"SELECT count(*) FROM decision d JOIN log_entry l ON l.number = d.log_number WHERE {same}"
        )
        assert lined == number == site.value("SELECT count(*) FROM decision")
        clause = (
            "SELECT count(*) FROM decision d JOIN clause c ON c.id = d.clause_id WHERE c.number = d.ground"
        )
        assert site.value(clause) == site.value("SELECT count(ground) FROM decision") > 0
        early = "SELECT count(*) FROM decision d JOIN clause c ON c.id = d.clause_id"
        assert site.value(f"{early} WHERE d.created_at < c.in_force_at") == 0
    finally:
        site.close()


def test_what_waited_is_the_desks_work(old: Old) -> None:
    migrating.upgrade(old.url)
    waiting = "FROM revision r JOIN contribution c ON c.id = r.contribution_id WHERE r.state = 'waiting'"
    waiting += " AND c.state <> 'hidden'"
    due = rows(
        old.url,
        f"SELECT r.id, c.id, c.author_id, c.kind, r.language, c.country, r.submitted_at {waiting} ORDER BY 1",
    )
    reviews = rows(
        old.url,
        "SELECT revision_id, contribution_id, author_id, kind, language, country, opened_at FROM review"
        " WHERE rank = 1 AND closed_at IS NULL AND report_count = 0 AND claimed_by_id IS NULL ORDER BY 1",
    )
    assert reviews == due != []
    assert rows(old.url, "SELECT count(*) FROM review") == [(len(due),)]
    assert sorted(rows(old.url, "SELECT language, country, waiting FROM backlog")) == sorted(
        rows(old.url, f"SELECT r.language, c.country, count(*) {waiting} GROUP BY 1, 2")
    )


def test_no_constraint_is_lost_on_the_way(old: Old, empty_database: MakeDatabase) -> None:
    """The upgraded database holds what one made from the models would, word for word; nothing of the older is gone."""
    migrating.upgrade(old.url)
    found = schema(old.url)
    if old.url.startswith("sqlite"):
        tables = {name: checks(found[name]) for name in metadata().tables}
        engine = create_engine(old.url, poolclass=pool.NullPool)
        models = {
            name: checks(str(CreateTable(table).compile(engine))) for name, table in metadata().tables.items()
        }
        assert tables == models
        lost = {check for name in old.words for check in checks(old.words[name])}
        lost -= {check for words in tables.values() for check in words}
        assert lost == {"ck_decision_ground"}
        others = {name for name in old.words if not old.words[name].startswith("CREATE TABLE")}
        assert others <= set(found)
        return
    url = empty_database()
    engine = create_engine(url, poolclass=pool.NullPool)
    metadata().create_all(engine)
    made = schema(url)
    ours = {name: words for name, words in found.items() if "alembic" not in name}
    assert {n: w for n, w in ours.items() if "append_only" not in n} == made
    assert {n for n in ours if "append_only" in n} == {
        f"{name}_append_only" for name in ("decision", "move", "log_entry", "statement")
    }


def test_logs_and_statements_still_refuse_to_be_changed(old: Old) -> None:
    migrating.upgrade(old.url)
    assert_append_only(old.url, "decision", "move", "log_entry", "statement")


def assert_append_only(url: str, *tables: str) -> None:
    for table in tables:
        column = {"statement": "reason", "log_entry": "kind"}.get(table, "contribution_id")
        for change in (f"UPDATE {table} SET {column} = {column}", f"DELETE FROM {table}"):
            with (
                Connected(url, writing=True) as connection,
                pytest.raises(DatabaseError, match="append-only"),
            ):
                connection.execute(text(change))


def test_down_again_it_is_what_it_was_and_up_again_what_it_became(old: Old, make_instance: Any) -> None:
    migrating.upgrade(old.url)
    new, rows_new = schema(old.url), kept(old.url)
    migrating.downgrade(old.url, OLD)
    assert schema(old.url) == old.words
    assert kept(old.url) == old.rows
    assert_append_only(old.url, "decision", "move")
    migrating.upgrade(old.url)
    assert schema(old.url) == new
    assert kept(old.url) == rows_new
    assert_log_is_the_decisions(old.url, make_instance())


def test_down_it_loses_only_what_the_older_schema_has_no_word_for(old: Old, make_instance: Any) -> None:
    """Decisions of new kinds, a clause of a later version, a closed account and a suspension that is over."""
    migrating.upgrade(old.url)
    with Connected(old.url, writing=True) as connection:
        for statement in NEWER:
            connection.execute(text(statement))
        connection.commit()
    migrating.downgrade(old.url, OLD)
    assert schema(old.url) == old.words
    decided = kept(old.url)["decision"]
    assert decided[:-1] == old.rows["decision"]
    assert decided[-1][4:7] == ("refuse", "3.2", "It names a neighbour.")
    assert rows(old.url, "SELECT standing FROM account ORDER BY id") == [
        ("suspended",),
        ("good",),
        ("warned",),
    ]
    migrating.upgrade(old.url)
    command.check(migrating.configuration(old.url))
    assert_log_is_the_decisions(old.url, make_instance())


DECIDE = (
    "INSERT INTO decision (id, contribution_id, revision_id, revision_number, version, kind, language, country,"
    " author_id, by_id, outcome, ground, clause_id, explanation, statement_puid, undoes_id, created_at)"
    " SELECT {id}, contribution_id, revision_id, revision_number, 9, kind, language, country, author_id, by_id,"
    " '{outcome}', {ground}, {clause}, 'It names a neighbour.', {puid}, {undoes}, created_at"
    " FROM decision WHERE id = 1"
)
STATE = (
    "INSERT INTO statement (puid, decision_id, account_id, contribution_id, clause_id, language,"
    " decision_visibility, decision_ground, category, legal_ground, reason, decision_facts, application_date,"
    " territorial_scope, source_type, automated_detection, automated_decision, created_at)"
    " SELECT '{puid}', {id}, account_id, contribution_id, clause_id, language, decision_visibility,"
    " decision_ground, category, legal_ground, reason, decision_facts, application_date, territorial_scope,"
    " source_type, automated_detection, automated_decision, created_at FROM statement"
    " WHERE decision_id = (SELECT min(decision_id) FROM statement)"
)


def _decided(number: int, outcome: str, *, puid: str = "", undoes: int | None = None) -> Iterator[str]:
    ground = ("'4.1'", "10") if puid else ("NULL", "NULL")
    yield DECIDE.format(
        id=number,
        outcome=outcome,
        ground=ground[0],
        clause=ground[1],
        puid=f"'{puid}'" if puid else "NULL",
        undoes=undoes or "NULL",
    )
    if puid:
        yield STATE.format(puid=puid, id=number)


ADD_CLAUSE = (
    "INSERT INTO clause (id, chapter, number, version, category, is_illegal, in_force_at)"
    " SELECT 10, 4, '4.1', 1, category, is_illegal, in_force_at FROM clause WHERE id = 1"
)
NEWER = (
    ADD_CLAUSE,
    *_decided(9001, "lock", puid="lock"),
    *_decided(9002, "unlock"),
    *_decided(9003, "hide", puid="hide"),
    *_decided(9004, "undo", undoes=9003),
    *_decided(9005, "keep"),
    *_decided(9006, "refuse", puid="refuse"),
    "UPDATE account SET standing = 'closed' WHERE id = 1",
    "UPDATE account SET suspended_until = '2025-02-01 00:00:00.000000' WHERE id = 3",
)
