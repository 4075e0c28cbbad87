"""The half-year report as numbers (Regulation (EU) 2022/2065, Articles 15 and 24): tables of rows of cells, no words.

What counts is said in ``queries/counting.py``. A half-year is counted up to the last line of the log written before the
day after its end is over, because undoing a decision takes seconds: from then on its numbers never change.

- ``decisions`` are what was decided about texts, by their outcome; of them ``refuse``, ``hide`` and ``lock`` are
  ``restrictions``. What a member's account met is in ``accounts``.
- ``median_hours`` is the median of the seconds waited, divided by 3600, to one decimal; None where nothing waited.
- ``reversed_share`` is what was reversed of what was upheld or reversed, in percent to one decimal; None of nothing.
- Each table ends with the row ``all``. ``none`` is the row of what rests on no clause, or names no category or source.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from community.kit import clock
from community.moderation import queries
from community.moderation.models import RESTRICTIONS, Act, Outcome, Result, Source
from community.moderation.queries import LastLine, counting
from community.moderation.queries.counting import Counted, HalfYear, Waited

SETTLED = timedelta(days=1)
DECISIONS = tuple(Act(outcome) for outcome in Outcome if outcome is not Outcome.UNDO)
RESTRICTING = frozenset(Act(outcome) for outcome in RESTRICTIONS)
VERDICTS = (Act.UPHOLD, Act.REVERSE)
MEASURES = (Act.WARN, Act.SUSPEND, Act.CLOSE, Act.LIFT)
WAITING = (Act.ANSWER, *DECISIONS, *VERDICTS)
ALL, NONE = "all", "none"
MEDIAN, SHARE = "median_hours", "reversed_share"

COLUMNS: dict[str, tuple[str, ...]] = {
    "months": ("decisions", "restrictions", "notices", "appeals"),
    "notices": ("received", "answered", *map(str, Result), MEDIAN),
    "decisions": (*map(str, DECISIONS), ALL),
    "restrictions": (
        *(str(act) for act in DECISIONS if act in RESTRICTING),
        ALL,
        "own_initiative",
        "notice",
        "detected",
    ),
    "sources": ("decisions", "restrictions", "detected", MEDIAN),
    "languages": ("decisions", "restrictions", "notices", "appeals", MEDIAN),
    "countries": ("decisions", "restrictions", "notices", "appeals"),
    "appeals": ("lodged", "by_reporters", "upheld", "reversed", SHARE, MEDIAN),
    "accounts": tuple(map(str, MEASURES)),
}
Value = int | float | None
Cells = dict[str, dict[str, Value]]
Place = tuple[str, str]


@dataclass(frozen=True)
class Figures:
    """``tables[table][row][column]``, counted up to one line of the log; ``is_final`` when no later line can count."""

    half_year: HalfYear
    up_to: LastLine
    is_final: bool
    tables: dict[str, Cells]


def figures(half_year: HalfYear) -> Figures:
    """Counted from the log, or remembered: the hash of the last line stands for all of the log before it."""
    settled = half_year.ends + SETTLED
    up_to = queries.last_line(before=settled)
    return Figures(half_year, up_to, clock.now() >= settled, _tables(half_year, up_to))


def as_plain(report: Figures) -> dict[str, Any]:
    """For JSON."""
    return {
        "half_year": str(report.half_year),
        "begins": report.half_year.begins.isoformat(),
        "ends": report.half_year.ends.isoformat(),
        "is_final": report.is_final,
        "up_to_line": {"number": report.up_to.number, "hash": report.up_to.hash},
        "tables": report.tables,
    }


def as_rows(report: Figures) -> Iterator[tuple[str, str, str, str, str]]:
    """For CSV: half-year, table, row, column, value; a cell a line, empty where there is no value."""
    yield "half_year", "table", "row", "column", "value"
    for table, rows in report.tables.items():
        for row, cells in rows.items():
            for column, value in cells.items():
                yield str(report.half_year), table, row, column, "" if value is None else str(value)


def hours(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds / 3600, 1)


def share(part: int, rest: int) -> float | None:
    """In percent, of both together."""
    return round(100 * part / (part + rest), 1) if part + rest else None


@lru_cache(maxsize=16)
def _tables(half_year: HalfYear, up_to: LastLine) -> dict[str, Cells]:
    moments = [*half_year.months, half_year.ends]
    begun = [month for month in moments[:-1] if up_to.created_at and month <= up_to.created_at]
    tables: dict[str, Cells] = {table: {} for table in COLUMNS}
    tables["months"] = {f"{month:%Y-%m}": _empty("months") for month in begun}
    waited: Counter[Place] = Counter()
    for line in counting.counts(moments, up_to=up_to.number):
        if line.waits and line.act in WAITING:
            waited.update(dict.fromkeys(_waiting(line), line.waits))
        for table, row, column in _places(line, half_year):
            for one in (row, ALL):
                cells = tables[table].get(one) or tables[table].setdefault(one, _empty(table))
                cells[column] = (cells[column] or 0) + line.lines
    for kind, lines in counting.reported_appeals(moments, up_to=up_to.number).items():
        for one in (kind, ALL):
            cells = tables["appeals"].setdefault(one, _empty("appeals"))
            cells["by_reporters"] = (cells["by_reporters"] or 0) + lines
    _add_medians(tables, waited, moments, up_to.number)
    for cells in tables["appeals"].values():
        cells[SHARE] = share(int(cells["reversed"] or 0), int(cells["upheld"] or 0))
    return {table: _sorted(table, rows) for table, rows in tables.items()}


def _empty(table: str) -> dict[str, Value]:
    return {column: None if column in (MEDIAN, SHARE) else 0 for column in COLUMNS[table]}


def _places(line: Counted, half_year: HalfYear) -> Iterator[tuple[str, str, str]]:
    """The cells a line counts in: table, row, column."""
    if line.act in DECISIONS:
        yield from _of_decision(line, half_year)
    elif line.act in (Act.REPORT, Act.APPEAL):
        column = "notices" if line.act is Act.REPORT else "appeals"
        yield from _everywhere(line, half_year, column)
        if line.act is Act.REPORT:
            yield "notices", line.category or NONE, "received"
        else:
            yield "appeals", line.kind, "lodged"
    elif line.act is Act.ANSWER:
        yield "notices", line.category or NONE, "answered"
        if line.result:
            yield "notices", line.category or NONE, line.result
    elif line.act in VERDICTS:
        yield "appeals", line.kind, "upheld" if line.act is Act.UPHOLD else "reversed"
    elif line.act in MEASURES:
        yield "accounts", line.category or NONE, line.act


def _of_decision(line: Counted, half_year: HalfYear) -> Iterator[tuple[str, str, str]]:
    source = line.source or NONE
    yield from _everywhere(line, half_year, "decisions")
    yield from (("decisions", line.ground or NONE, column) for column in (line.act, ALL))
    yield "sources", source, "decisions"
    if line.is_detected:
        yield "sources", source, "detected"
    if line.act in RESTRICTING:
        category = line.category or NONE
        yield from _everywhere(line, half_year, "restrictions")
        yield "sources", source, "restrictions"
        yield from (("restrictions", category, column) for column in (line.act, ALL))
        if source != NONE:
            yield "restrictions", category, "own_initiative" if source == Source.OWN_INITIATIVE else "notice"
        if line.is_detected:
            yield "restrictions", category, "detected"


def _everywhere(line: Counted, half_year: HalfYear, column: str) -> Iterator[tuple[str, str, str]]:
    yield "months", f"{half_year.months[line.period]:%Y-%m}", column
    yield "languages", line.language, column
    yield "countries", line.country, column


def _add_medians(
    tables: dict[str, Cells], lines: Mapping[Place, int], moments: list[datetime], up_to: int
) -> None:
    waited = counting.waits(moments, WAITING, up_to=up_to)
    found = counting.medians(((_waiting(line), line.seconds) for line in waited), lines)
    for (table, row), seconds in found.items():
        tables[table].setdefault(row, _empty(table))[MEDIAN] = hours(seconds)
    tables["languages"].setdefault(ALL, _empty("languages"))[MEDIAN] = hours(found.get(("sources", ALL)))


def _waiting(line: Counted | Waited) -> tuple[Place, ...]:
    """The medians a wait belongs to. All languages together are all sources together, and are counted once."""
    if line.act == Act.ANSWER:
        return ("notices", line.category or NONE), ("notices", ALL)
    if line.act in VERDICTS:
        return ("appeals", line.kind), ("appeals", ALL)
    return ("sources", line.source or NONE), ("languages", line.language), ("sources", ALL)


def _sorted(table: str, rows: Cells) -> Cells:
    """By their names, numbers of clauses as numbers; at the end what has none, and the sum."""
    rows = {ALL: _empty(table), **rows}

    def place(row: str) -> tuple[Any, ...]:
        numbers = [int(part) for part in row.split(".")] if row.replace(".", "").isdecimal() else []
        return row == ALL, row == NONE, numbers, row

    return {row: rows[row] for row in sorted(rows, key=place)}
