"""Statements of reasons: one for its page, and all of them, newest first, for the export."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Integer, cast, extract, func, select, tuple_
from sqlalchemy.orm import aliased, selectinload

from community.accounts.models import Account
from community.kit import db
from community.moderation.models import Clause, Decision, Sanction, Statement

BATCH = 500


class Exported(NamedTuple):
    """A statement with the clause it rests on and with the names that may not leave with it."""

    statement: Statement
    clause: Clause
    names: tuple[str, ...]


class Month(NamedTuple):
    """How many statements stand from one month of UTC."""

    year: int
    month: int
    number: int


def statement(puid: str) -> Statement | None:
    return db.session.get(Statement, puid)


def restriction(statement: Statement) -> tuple[Decision | None, Sanction | None]:
    """What it states the reasons of: the one or the other."""
    decided = db.session.get(Decision, statement.decision_id) if statement.decision_id else None
    sanction = db.session.get(Sanction, statement.sanction_id) if statement.sanction_id else None
    return decided, sanction


def standing(since: datetime | None, until: datetime | None) -> Iterator[Sequence[Exported]]:
    """Batches of the statements made from ``since`` on and before ``until``, but for those taken back; newest first.

    Each batch is a question of its own that begins after the last row of the one before.
    """
    place: tuple[datetime, str] | None = None
    while True:
        batch = _batch(since, until, place)
        if batch:
            yield batch
        if len(batch) < BATCH:
            return
        place = batch[-1].statement.created_at, batch[-1].statement.puid


def by_month(since: datetime | None, until: datetime | None) -> Sequence[Month]:
    """The same statements, counted; the newest month first."""
    made = _in_utc(Statement.created_at)
    year, month = (cast(extract(part, made), Integer) for part in ("year", "month"))
    rows = db.session.execute(
        _within(select(year, month, func.count()), since, until)
        .group_by(year, month)
        .order_by(year.desc(), month.desc())
    )
    return [Month._make(row) for row in rows]


def _batch(
    since: datetime | None, until: datetime | None, place: tuple[datetime, str] | None
) -> list[Exported]:
    query = (
        select(Statement, Clause, Account.handle, Account.display_name)
        .join(Clause, Clause.id == Statement.clause_id)
        .join(Account, Account.id == Statement.account_id)
        .options(selectinload(Clause.texts))
    )
    if place:
        key = tuple_(Statement.created_at, Statement.puid)
        query = query.where(key < tuple_(*place, types=[Statement.created_at.type, Statement.puid.type]))
    rows = db.session.execute(
        _within(query, since, until).order_by(Statement.created_at.desc(), Statement.puid.desc()).limit(BATCH)
    )
    return [Exported(stated, clause, (handle, name)) for stated, clause, handle, name in rows]


def _within(query: Any, since: datetime | None, until: datetime | None) -> Any:
    undo = aliased(Decision)
    taken_back = select(undo.id).where(undo.undoes_id == Statement.decision_id).exists()
    query = query.where(~taken_back)
    if since:
        query = query.where(Statement.created_at >= since)
    return query.where(Statement.created_at < until) if until else query


def _in_utc(moment: Any) -> ColumnElement[datetime]:
    """SQLite keeps moments in UTC; PostgreSQL would count in the zone of its session."""
    is_sqlite = db.session.get_bind().dialect.name == "sqlite"
    return moment if is_sqlite else func.timezone("UTC", moment)
