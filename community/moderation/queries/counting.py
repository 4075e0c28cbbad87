"""Counts for the half-year report, from the log alone (Regulation (EU) 2022/2065, Articles 15 and 24).

What counts, to the line:

- A line counts in the half-year in which it was written (``created_at``, in UTC).
- A line that an ``undo`` names is not counted, and neither is the undo.
- A report's result is its last ``answer`` that no ``reopen`` follows; answers before it, and the ``reopen``, are not
  counted. It counts in the half-year of that answer, which may be a later one than the report's.
- Everything is counted up to one line of the log, the last there was: what is written meanwhile changes nothing.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from statistics import fmean
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import ColumnElement, String, and_, case, exists, func, or_, select, type_coerce
from sqlalchemy.orm import aliased

from community.kit import db
from community.moderation.models import Act, LogEntry

FIRST_YEAR, LAST_YEAR = 1970, 2999
A_FEW = {"yield_per": 5_000}
Group = TypeVar("Group", bound=Hashable)


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
    waits: int
    """How many of them say how long something had waited."""


class Waited(NamedTuple):
    """How long one line's text, report or appeal had waited."""

    period: int
    act: str
    kind: str
    language: str
    category: str | None
    source: str | None
    seconds: int


def half_years() -> list[HalfYear]:
    """Those with at least one line, the newest first."""
    at = LogEntry.created_at
    # Each by itself is one step into the index; one question for both would walk through all of it.
    first, last = db.session.scalar(select(func.min(at))), db.session.scalar(select(func.max(at)))
    if first is None or last is None:
        return []
    between = [HalfYear.of(first)]
    while between[-1] < HalfYear.of(last):
        between.append(between[-1].next)
    found = db.session.execute(select(*map(_has_lines, between))).one()
    return [half for half, has in zip(between, found, strict=True) if has][::-1]


def has_lines(half_year: HalfYear) -> bool:
    return bool(db.session.scalar(select(_has_lines(half_year))))


def counts(
    moments: Sequence[datetime], *, up_to: int, acts: Sequence[Act] = (), language: str = ""
) -> Iterator[Counted]:
    """Lines between each of these moments and the next, alike put together; ``acts`` and ``language`` narrow."""
    columns: list[Any] = [
        period(moments).label("period"),
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
    query = select(*columns, func.count(), func.count(LogEntry.waited_seconds))
    query = query.where(*within(moments, up_to, acts, language)).group_by(*columns)
    return map(Counted._make, db.session.execute(query, execution_options=A_FEW))


def reported_appeals(moments: Sequence[datetime], *, up_to: int) -> dict[str, int]:
    """Of the appeals, by kind, those that somebody lodged who had reported: they name the report's line."""
    named = aliased(LogEntry)
    rows = db.session.execute(
        select(LogEntry.kind, func.count())
        .where(*within(moments, up_to, [Act.APPEAL], ""))
        .join(named, named.number == LogEntry.of_number)
        .where(named.act == Act.REPORT)
        .group_by(LogEntry.kind)
    )
    return dict(rows.all())


def waits(
    moments: Sequence[datetime], acts: Sequence[Act], *, up_to: int, language: str = ""
) -> Iterator[Waited]:
    """Every line of these acts that waited, the shortest wait first: sorted there, read here a few at a time."""
    seconds = LogEntry.waited_seconds
    # Hundreds of thousands of rows: their choices stay the short texts they are kept as.
    chosen = (LogEntry.act, LogEntry.kind, LogEntry.language, LogEntry.category, LogEntry.source)
    columns = [type_coerce(column, String) for column in chosen]
    query = select(period(moments), *columns, seconds).where(
        seconds.is_not(None), *within(moments, up_to, acts, language)
    )
    rows = db.session.execute(query.order_by(seconds), execution_options=A_FEW)
    return map(Waited._make, rows)


def medians(waited: Iterable[tuple[Iterable[Group], int]], lines: Mapping[Group, int]) -> dict[Group, float]:
    """By group, of seconds that come in ascending order, each with its groups; ``lines`` says how many each has.

    Of an even number, the mean of the two in the middle. Nothing is kept but what stands in the middle.
    """
    seen: dict[Group, int] = dict.fromkeys(lines, 0)
    middle: dict[Group, list[int]] = {}
    for groups, seconds in waited:
        for group in groups:
            place = seen[group] = seen[group] + 1
            if 0 <= 2 * place - lines[group] <= 2:
                middle.setdefault(group, []).append(seconds)
    return {group: fmean(found) for group, found in middle.items()}


def period(moments: Sequence[datetime]) -> ColumnElement[int]:
    """The place of a line between two of these moments, from 0."""
    return case(*((LogEntry.created_at < end, place) for place, end in enumerate(moments[1:])))


def within(
    moments: Sequence[datetime], up_to: int, acts: Sequence[Act], language: str
) -> Iterator[ColumnElement[bool]]:
    """The lines that count between the first and the last of these moments; no acts or language means all."""
    yield LogEntry.created_at >= moments[0]
    yield LogEntry.created_at < moments[-1]
    yield LogEntry.number <= up_to
    yield from _counting(up_to, acts)
    if acts:
        yield LogEntry.act.in_(acts)
    if language:
        yield LogEntry.language == language


def _has_lines(half: HalfYear) -> ColumnElement[bool]:
    return exists().where(LogEntry.created_at >= half.begins, LogEntry.created_at < half.ends)


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
