"""The public log, as everybody may read it: narrowed, newest first, never counted, never searched without end."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, select

from community.kit import db, paging
from community.moderation.models import Act, Backlog, LogEntry

LOG_PAGE = 50
MOST_SEARCHED = 500_000
"""Lines one page looks through for what is rare: the page stays quick however long the log, and says how far it got."""
SKEW = timedelta(hours=1)
"""Lines are numbered in the order they are written, under a lock; the clocks of two machines may differ by less."""
MOST_FOLLOWING = 50


class LogFilter(NamedTuple):
    """Which lines are asked for; what is None or empty does not narrow. From ``begins``, before ``ends``."""

    act: Act | None = None
    language: str = ""
    country: str = ""
    kind: str = ""
    ground: str = ""
    begins: datetime | None = None
    ends: datetime | None = None


EVERYTHING = LogFilter()


class LogPage(NamedTuple):
    """Lines, the cursor of the next page, and the lowest number looked at where the search stopped before the end."""

    rows: Sequence[LogEntry]
    next: str | None
    searched_to: int | None


class LastLine(NamedTuple):
    """The end of the chain. Before the first line the number is 0, the hash empty, and there is no moment."""

    number: int
    hash: str
    created_at: datetime | None


def public_log(wanted: LogFilter = EVERYTHING, *, after: str | None = None, limit: int = LOG_PAGE) -> LogPage:
    """Newest first. A page ends after ``limit`` lines, or where MOST_SEARCHED have been looked through.

    Raises NotFound for a cursor that was not made here.
    """
    place = paging.decode(after, (int,))
    newest = last_line().number
    lowest, highest = bounds(wanted, min(newest, int(place[0]) - 1) if place else newest)
    floor = max(lowest, highest - MOST_SEARCHED + 1)
    rows = db.session.scalars(
        select(LogEntry)
        .where(LogEntry.number.between(floor, highest), *_conditions(wanted))
        .order_by(LogEntry.number.desc())
        .limit(limit + 1)
    ).all()
    if len(rows) > limit:
        return LogPage(rows[:limit], paging.encode((rows[limit - 1].number,)), None)
    has_rest = lowest < floor <= highest
    return LogPage(rows, paging.encode((floor,)) if has_rest else None, floor if has_rest else None)


def bounds(wanted: LogFilter, newest: int) -> tuple[int, int]:
    """The lowest and highest number that can lie between the two moments; index seeks, whatever the length."""
    lowest, highest = 1, newest
    if wanted.begins is not None:
        at, number = LogEntry.created_at, LogEntry.number
        before = select(number).where(at < wanted.begins - SKEW).order_by(at.desc(), number.desc()).limit(1)
        lowest = (db.session.scalar(before) or 0) + 1
    if wanted.ends is not None:
        at, number = LogEntry.created_at, LogEntry.number
        behind = select(number).where(at >= wanted.ends + SKEW).order_by(at, number).limit(1)
        highest = min(newest, (db.session.scalar(behind) or newest + 1) - 1)
    return lowest, highest


def log_slice(wanted: LogFilter, lowest: int, highest: int) -> Sequence[Any]:
    """All columns of the lines from ``lowest`` to ``highest``, both included, oldest first."""
    columns = LogEntry.__table__.c
    return db.session.execute(
        select(*columns)
        .where(LogEntry.number.between(lowest, highest), *_conditions(wanted))
        .order_by(LogEntry.number)
    ).all()


def last_line(before: datetime | None = None) -> LastLine:
    """The newest line there is, or was before a moment."""
    number, at = LogEntry.number, LogEntry.created_at
    query = select(number, LogEntry.hash, at).limit(1)
    if before is None:
        query = query.order_by(number.desc())
    else:
        query = query.where(at < before).order_by(at.desc(), number.desc())
    found = db.session.execute(query).first()
    return LastLine._make(found) if found else LastLine(0, "", None)


def log_line(number: int) -> LogEntry | None:
    return db.session.get(LogEntry, number)


def lines_about(number: int) -> Sequence[LogEntry]:
    """The first lines that answer, undo or are an appeal of this one, in their order."""
    return db.session.scalars(
        select(LogEntry).where(LogEntry.of_number == number).order_by(LogEntry.number).limit(MOST_FOLLOWING)
    ).all()


def places_of_work() -> tuple[list[str], list[str]]:
    """The languages and the countries from which anything ever came to the desk; a few hundred rows are read."""
    rows = db.session.execute(select(Backlog.language, Backlog.country)).all()
    return sorted({language for language, _ in rows}), sorted({country for _, country in rows})


def _conditions(wanted: LogFilter) -> list[ColumnElement[bool]]:
    pairs = (
        (LogEntry.act, wanted.act),
        (LogEntry.language, wanted.language),
        (LogEntry.country, wanted.country),
        (LogEntry.kind, wanted.kind),
        (LogEntry.ground, wanted.ground),
    )
    found: list[ColumnElement[bool]] = [column == value for column, value in pairs if value]
    if wanted.begins is not None:
        found.append(LogEntry.created_at >= wanted.begins)
    if wanted.ends is not None:
        found.append(LogEntry.created_at < wanted.ends)
    return found
