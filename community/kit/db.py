"""The database: one metadata, one session a request, the same behaviour on SQLite and PostgreSQL.

Owns connections, transactions' opening words and column types. Who commits is ``kit/unit_of_work.py``.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, cast

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    BigInteger,
    Connection,
    CursorResult,
    DateTime,
    Dialect,
    Engine,
    Enum,
    Executable,
    Integer,
    MetaData,
    Result,
    Row,
    event,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import DeclarativeBase, Session, scoped_session
from sqlalchemy.types import TypeDecorator, TypeEngine

CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
BUSY_TIMEOUT_MS = 5000

_writing: ContextVar[bool] = ContextVar("writing", default=True)


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=CONVENTION)


db = SQLAlchemy(model_class=Base)
session: "scoped_session[Session]" = cast("scoped_session[Session]", db.session)

if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model

Key = BigInteger().with_variant(Integer, "sqlite")


class Moment(TypeDecorator[datetime]):
    """A point in time with its zone; SQLite keeps it as UTC without one."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def choice(kind: type[StrEnum], name: str, length: int = 16) -> TypeEngine[Any]:
    """An enum kept as its short text, with a CHECK named ``ck_<table>_<name>``."""
    return Enum(
        kind,
        name=name,
        native_enum=False,
        create_constraint=True,
        length=length,
        values_callable=lambda members: [member.value for member in members],
    )


@contextmanager
def writing(allowed: bool) -> Iterator[None]:
    """Within, transactions begin as writers or as readers."""
    token = _writing.set(allowed)
    try:
        yield
    finally:
        _writing.reset(token)


def begin_requests_as(*, writers: bool) -> None:
    """Set how this thread's next transactions begin; the unit of work says it for every request."""
    _writing.set(writers)


def release() -> None:
    """Give the write lock back before slow work (a password hash takes 0.2 s); once something is written, keep it."""
    if not (session.new or session.dirty or session.deleted or session.info.get("has_written")):
        session.rollback()


def prepare(engine: Engine, *, foreign_keys: bool = True, patience_ms: int = BUSY_TIMEOUT_MS) -> None:
    """Give an engine's connections the settings that make both databases behave alike; ``patience_ms`` for a lock."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _sqlite_settings(foreign_keys, patience_ms))
    event.listen(engine, "begin", _begin)


def _sqlite_settings(foreign_keys: bool, patience_ms: int) -> Any:
    def connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout={patience_ms}")
        cursor.execute("PRAGMA journal_mode=WAL")
        # NORMAL loses acknowledged rows when the power goes; FULL does not.
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute(f"PRAGMA foreign_keys={'ON' if foreign_keys else 'OFF'}")
        # KiB a connection, and every thread has one: the system's own cache is shared and does the rest.
        cursor.execute("PRAGMA cache_size=-2000")
        cursor.close()

    return connect


def _begin(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        # A deferred transaction that turns writer is refused at once, without the busy timeout.
        connection.exec_driver_sql("BEGIN IMMEDIATE" if _writing.get() else "BEGIN")
    else:
        raw: Any = connection.connection.dbapi_connection
        raw.read_only = not _writing.get()


def rows(query: Executable, values: Mapping[str, Any]) -> Sequence[Row[*tuple[Any, ...]]]:
    """Rows of plain columns, read past the session's own bookkeeping, which takes a third of a small query's time.

    Nothing unwritten is flushed first, so it is for pages that only read.
    """
    return session.connection().execute(query, values).all()


def detach(*things: object) -> None:
    """Take loaded rows out of the session, to be read after it has ended; what is not loaded stays unknown."""
    for thing in things:
        if thing is not None and thing in session:
            session.expunge(thing)


def insert(into: Any) -> postgresql.Insert:
    """An INSERT that may say ON CONFLICT, which both databases understand alike and SQLAlchemy has twice."""
    made = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    return cast("postgresql.Insert", made(into))


def changed(result: Result[Any]) -> bool:
    """Whether an UPDATE or DELETE found a row: the answer of a change that carries its own condition."""
    return bool(cast("CursorResult[Any]", result).rowcount)


def count(result: Result[Any]) -> int:
    """How many rows an UPDATE or DELETE found."""
    return cast("CursorResult[Any]", result).rowcount
