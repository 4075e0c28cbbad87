"""The product under test: an application on one of the databases, and what a test may ask of it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from sqlalchemy import Dialect, Engine, event, text
from sqlalchemy.sql.compiler import SQLCompiler

from community.app import create_app
from community.config import Settings
from community.kit import clock, db, unit_of_work, worker
from community.kit.pulse import Monitor
from tests.helpers.sparing import Engines

SETTINGS: dict[str, Any] = {
    "secret_key": "a key for tests only, of thirty-two or more letters",
    "base_url": "http://localhost",
    "mail_from": "stories@example.test",
    "allowed_hosts": ("localhost",),
    # The least argon2id takes: 8 KiB for each of its four lanes.
    "password_passes": 1,
    "password_memory_kib": 32,
}
A_MOMENT = timedelta(seconds=11)
NOT_COUNTED = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "PRAGMA")


class _Compiled(BytecodeCache):
    """Templates compiled once a worker, though every test has an application of its own."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key] = bucket.bytecode_to_string()


COMPILED = _Compiled()
ENGINES = Engines()


@dataclass
class Counted:
    """The statements a block sent, and how often it read the pulse."""

    statements: list[str] = field(default_factory=list)
    pulse_reads: int = 0

    @property
    def total(self) -> int:
        return len(self.statements) + self.pulse_reads


@lru_cache(maxsize=2000)
def _compiled(query: str, dialect: Dialect) -> SQLCompiler:
    return text(query).compile(dialect=dialect)


class Site:
    """An application and its database. Contexts end with everything committed, as a request does."""

    def __init__(self, instance: Path, url: str, **changes: Any) -> None:
        self.settings = Settings(**{**SETTINGS, "instance": instance, "database_url": url, **changes})
        self.app: Flask = create_app(self.settings)
        self.app.jinja_env.bytecode_cache = COMPILED
        with self.app.app_context():
            ENGINES.take(cast("dict[str | None, Engine]", db.db.engines))
        self._monitor: Monitor = self.app.extensions["pulse"]
        self._opened: list[Any] = []
        self._pulse_reads = 0
        self._watch_pulse()
        # A process has one site; here every test has its own, and their pulses may well be equal.

    @property
    def is_sqlite(self) -> bool:
        return self.settings.is_sqlite

    @property
    def instance(self) -> Path:
        return self.settings.instance

    @contextmanager
    def writing(self) -> Iterator[None]:
        """A writer's transaction in a context of its own, committed at the end."""
        with self.app.app_context(), unit_of_work.transaction():
            yield

    @contextmanager
    def reading(self) -> Iterator[None]:
        with self.app.app_context():
            db.begin_requests_as(writers=False)
            try:
                yield
            finally:
                db.session.rollback()
                db.begin_requests_as(writers=True)

    def rows(self, query: str, **values: object) -> Sequence[tuple[Any, ...]]:
        """What an SQL question finds, past all models."""
        return self._found(query, values)[1]

    def named(self, query: str, **values: object) -> list[dict[str, Any]]:
        """The same, each row by the names of its columns."""
        names, rows = self._found(query, values)
        return [dict(zip(names, row, strict=True)) for row in rows]

    def value(self, query: str, **values: object) -> Any:
        """The one value of the one row."""
        ((found,),) = self.rows(query, **values)
        return found

    def execute(self, statement: str, **values: object) -> None:
        """SQL past all actions, committed."""
        with self.writing():
            db.session.execute(text(statement), values)

    def work(self, most: int = 100, *, later: timedelta = A_MOMENT) -> int:
        """Carry out every job that is due a moment ``later``, as the worker does; how many there were.

        A moment is what a decision's mail waits for, so that the decision can be undone.
        """
        source = clock._source
        clock.replace(lambda: source() + later)
        try:
            for done in range(most):
                with self.app.app_context():
                    if not worker.run_one():
                        return done
        finally:
            clock.replace(source)
        raise AssertionError(f"still jobs to do after {most}")

    def letters(self) -> list[Path]:
        """The mail written so far, first to last."""
        return sorted((self.instance / "mail").glob("*.eml"))

    @contextmanager
    def count_queries(self) -> Iterator[Counted]:
        counted, before = Counted(), self._pulse_reads
        with self.app.app_context():
            engine = db.db.engine

        def seen(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            if not statement.startswith(NOT_COUNTED):
                counted.statements.append(statement)

        event.listen(engine, "before_cursor_execute", seen)
        try:
            yield counted
        finally:
            event.remove(engine, "before_cursor_execute", seen)
            counted.pulse_reads = self._pulse_reads - before

    def close(self) -> None:
        with self.app.app_context():
            db.session.remove()
            ENGINES.give_back(db.db.engine)
        for connection in self._opened:
            connection.close()

    def _found(self, query: str, values: dict[str, object]) -> tuple[list[str], list[tuple[Any, ...]]]:
        """Past SQLAlchemy, which would find out about each column anew, in five times the time of a small question."""
        with self.reading():
            connection = db.session.connection()
            asked = _compiled(query, connection.dialect)
            given: Any = asked.construct_params(values)
            cursor = connection.connection.cursor()
            try:
                cursor.execute(str(asked), [given[name] for name in asked.positiontup or ()] or given)
                return [column[0] for column in cursor.description], [tuple(row) for row in cursor.fetchall()]
            finally:
                cursor.close()

    def _watch_pulse(self) -> None:
        """Count its readings, and remember its connections: each thread's would stay open."""
        open_one, ask = self._monitor._open, self._monitor._ask

        def opened() -> Any:
            connection = open_one()
            self._opened.append(connection)
            return connection

        def asked() -> Any:
            self._pulse_reads += 1
            return ask()

        self._monitor._open = opened  # type: ignore[method-assign]
        self._monitor._ask = asked  # type: ignore[method-assign]
