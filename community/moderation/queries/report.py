"""Counts for the half-year report, from the log alone (Regulation (EU) 2022/2065, Articles 15 and 24).

What counts, to the line:

- A line counts in the half-year in which it was written (``created_at``, in UTC).
- A line that an ``undo`` names is not counted, and neither is the undo.
- A report's result is its last ``answer`` that no ``reopen`` follows; answers before it, and the ``reopen``, are not
  counted. It counts in the half-year of that answer, which may be a later one than the report's.
- Everything is counted up to one line of the log, the last there was: what is written meanwhile changes nothing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import aliased

from community.kit import db
from community.moderation.models import Act, LogEntry

FIRST_YEAR, LAST_YEAR = 1970, 2999


@dataclass(frozen=True, order=True)
class HalfYear:
    """Such as 2026-H2: from July to December. Begins and ends at midnight, UTC."""

    year: int
    half: int

    def __str__(self) -> str:
        return f"{self.year:04}-H{self.half}"

    @property
    def begins(self) -> datetime:
        return datetime(self.year, 6 * self.half - 5, 1, tzinfo=UTC)

    @property
    def ends(self) -> datetime:
        """The first moment that is not in it."""
        return self.next.begins

    @property
    def next(self) -> "HalfYear":
        return HalfYear(self.year, 2) if self.half == 1 else HalfYear(self.year + 1, 1)

    @property
    def months(self) -> list[datetime]:
        """When each of its six months begins."""
        first = 6 * self.half - 5
        return [datetime(self.year, month, 1, tzinfo=UTC) for month in range(first, first + 6)]

    @classmethod
    def of(cls, moment: datetime) -> "HalfYear":
        utc = moment.astimezone(UTC)
        return cls(utc.year, 1 if utc.month <= 6 else 2)

    @classmethod
    def read(cls, name: str) -> "HalfYear | None":
        """From its name; None for anything else."""
        year, _, half = name.partition("-H")
        if not (year.isascii() and year.isdecimal() and len(year) == 4 and half in ("1", "2")):
            return None
        return cls(int(year), int(half)) if FIRST_YEAR <= int(year) <= LAST_YEAR else None


class Counted(NamedTuple):
    """How many lines are alike in all of these; ``period`` is the place among the periods asked for."""

    period: int
    act: Act
    kind: str
    language: str
    country: str
    ground: str | None
    category: str | None
    source: str | None
    is_detected: bool
    result: str | None
    lines: int


def half_years() -> list[HalfYear]:
    """Those with at least one line, the newest first."""
    ends = select(func.min(LogEntry.created_at), func.max(LogEntry.created_at))
    first, last = db.session.execute(ends).one()
    if first is None:
        return []
    between = [HalfYear.of(first)]
    while between[-1] < HalfYear.of(last):
        between.append(between[-1].next)
    has_lines = [
        exists().where(LogEntry.created_at >= half.begins, LogEntry.created_at < half.ends)
        for half in between
    ]
    found = db.session.execute(select(*has_lines)).one()
    return [half for half, has in zip(between, found, strict=True) if has][::-1]


def counts(
    moments: Sequence[datetime], *, up_to: int, acts: Sequence[Act] = (), language: str = ""
) -> Iterator[Counted]:
    """Lines between each of these moments and the next, alike put together; ``acts`` and ``language`` narrow."""
    columns: list[Any] = [
        period(moments),
        LogEntry.act,
        LogEntry.kind,
        LogEntry.language,
        LogEntry.country,
        LogEntry.ground,
        LogEntry.category,
        LogEntry.source,
        LogEntry.is_detected_by_machine,
        LogEntry.result,
    ]
    query = _within(select(*columns, func.count()), moments, up_to, acts, language)
    return map(Counted._make, db.session.execute(query.group_by(*columns)))


def reported_appeals(moments: Sequence[datetime], *, up_to: int) -> dict[str, int]:
    """Of the appeals, by kind, those that somebody lodged who had reported: they name the report's line."""
    named = aliased(LogEntry)
    rows = db.session.execute(
        _within(select(LogEntry.kind, func.count()), moments, up_to, [Act.APPEAL], "")
        .join(named, named.number == LogEntry.of_number)
        .where(named.act == Act.REPORT)
        .group_by(LogEntry.kind)
    )
    return dict(row.tuple() for row in rows)


def medians(
    moments: Sequence[datetime],
    acts: Sequence[Act],
    by: ColumnElement[Any],
    *,
    up_to: int,
    language: str = "",
) -> dict[Any, float]:
    """The median of the seconds waited, for each value of ``by``; a constant for the median of all.

    Of an even number, the mean of the two in the middle. The database sorts: no list is kept here.
    """
    waited = LogEntry.waited_seconds
    together = func.row_number().over(partition_by=by, order_by=waited), func.count().over(partition_by=by)
    columns = (by.label("of"), waited.label("waited"), together[0].label("place"), together[1].label("lines"))
    query = _within(select(*columns), moments, up_to, acts, language)
    ranked = query.where(waited.is_not(None)).subquery()
    is_middle = ranked.c.place.in_([(ranked.c.lines + 1) // 2, (ranked.c.lines + 2) // 2])
    found = select(ranked.c.of, func.avg(ranked.c.waited)).where(is_middle).group_by(ranked.c.of)
    return {of: float(seconds) for of, seconds in db.session.execute(found)}


def period(moments: Sequence[datetime]) -> ColumnElement[int]:
    """The place of a line between two of these moments, from 0."""
    return case(*((LogEntry.created_at < end, place) for place, end in enumerate(moments[1:])))


def _within(
    query: Select[Any], moments: Sequence[datetime], up_to: int, acts: Sequence[Act], language: str
) -> Select[Any]:
    found = [
        LogEntry.created_at >= moments[0],
        LogEntry.created_at < moments[-1],
        LogEntry.number <= up_to,
        *_counting(up_to, acts),
    ]
    if acts:
        found.append(LogEntry.act.in_(acts))
    if language:
        found.append(LogEntry.language == language)
    return query.where(*found)


def _counting(up_to: int, acts: Sequence[Act]) -> Iterator[ColumnElement[bool]]:
    """What undo and reopen take out of the count."""
    later = aliased(LogEntry)
    yield LogEntry.act.not_in([Act.UNDO, Act.REOPEN])
    yield ~exists().where(later.of_number == LogEntry.number, later.act == Act.UNDO, later.number <= up_to)
    if not acts or Act.ANSWER in acts:
        after = aliased(LogEntry)
        is_replaced = exists().where(
            and_(
                after.of_number == LogEntry.of_number,
                after.number > LogEntry.number,
                after.number <= up_to,
                after.act.in_([Act.REOPEN, Act.ANSWER]),
            )
        )
        yield or_(LogEntry.act != Act.ANSWER, ~is_replaced)
