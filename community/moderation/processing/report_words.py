"""The half-year report in the reader's words: its tables named, ordered for reading, some with a chart beside them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from babel.dates import format_skeleton
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from markupsafe import Markup

from community.kit import charts, countries, i18n, languages, presentation
from community.kit.charts import Chart, Series
from community.moderation.processing.guidelines import CATEGORIES
from community.moderation.processing.lines import ACTS, KINDS, SOURCES, Guide
from community.moderation.processing.report import (
    ALL,
    COLUMNS,
    MEDIAN,
    NONE,
    SHARE,
    Cells,
    Figures,
    Value,
)
from community.moderation.queries.counting import HalfYear

MOST_BARS = 10
DRAWN: dict[str, tuple[str, ...]] = {
    "notices": ("acted", "kept", "gone"),
    "restrictions": ("refuse", "hide", "lock"),
    "languages": ("decisions",),
    "countries": ("decisions",),
    "appeals": ("upheld", "reversed"),
}
"""The columns a chart is of; where there are several, they are parts of one bar."""
RANKED = {"notices": "received", "restrictions": ALL, "languages": "decisions", "countries": "decisions"}
Words = LazyString | str
TITLES: dict[str, tuple[LazyString, LazyString]] = {
    "months": (_l("Month by month"), _l("Month")),
    "notices": (_l("Reports, and what came of them"), _l("What it is about")),
    "decisions": (_l("Decisions by clause"), _l("Clause")),
    "restrictions": (_l("Restrictions by what was wrong"), _l("What it is about")),
    "sources": (_l("What made us look"), _l("Source")),
    "languages": (_l("By language"), _l("Language")),
    "countries": (_l("By country"), _l("Country")),
    "appeals": (_l("Appeals"), _l("Kind")),
    "accounts": (_l("Measures against accounts"), _l("What it is about")),
}
NOTES: dict[str, LazyString] = {
    "months": _l(
        "A restriction is a decision too: a text was refused or hidden, or its conversation closed."
    ),
    "notices": _l(
        "Anybody can report anything here. Counted when they came in, and again when they were answered."
    ),
    "decisions": _l("An approval rests on no clause. A decision undone within seconds is not counted."),
    "restrictions": _l(
        "Found by a machine means that a check before the queue pointed it out; a person decided."
    ),
    "sources": _l("Own initiative is everything a moderator read without a report, new texts above all."),
    "languages": _l(
        "Hours are those a text waited for its decision: half of them waited less, half of them more."
    ),
    "countries": _l("The country of the member whose text it was about."),
    "appeals": _l(
        "Decided by somebody else than the first time. An account's appeal is about a measure against it."
    ),
    "accounts": _l("No posting for a time, and closing, come after a warning, but where the law was broken."),
}
NAMES: dict[str, LazyString] = {
    "decisions": _l("Decisions"),
    "restrictions": _l("Restrictions"),
    "notices": _l("Reports"),
    "appeals": _l("Appeals"),
    "received": _l("Came in"),
    "answered": _l("Answered"),
    "acted": _l("Something was done"),
    "kept": _l("Nothing was wrong"),
    "gone": _l("Taken away by its author"),
    "own_initiative": _l("Own initiative"),
    "notice": _l("After a report"),
    "detected": _l("Found by a machine"),
    "lodged": _l("Lodged"),
    "by_reporters": _l("of them by who reported"),
    "upheld": _l("Upheld"),
    "reversed": _l("Reversed"),
    SHARE: _l("Reversed, in percent"),
    MEDIAN: _l("Median hours"),
    ALL: _l("Together"),
    **{str(act): words for act, words in ACTS.items()},
}


@dataclass(frozen=True)
class Row:
    """``key`` and the keys of its cells are those of the JSON and CSV."""

    key: str
    label: str
    cells: dict[str, Value]


@dataclass(frozen=True)
class Table:
    """``total`` is its last row; ``chart`` None where there is nothing to draw."""

    key: str
    title: Words
    note: Words
    about: Words
    columns: dict[str, Words]
    rows: list[Row]
    total: Row
    chart: Markup | None


def named(half_year: HalfYear) -> str:
    """Such as "July to December 2026"."""
    if half_year.half == 1:
        return str(_("January to June %(year)s", year=half_year.year))
    return str(_("July to December %(year)s", year=half_year.year))


def sums(report: Figures) -> list[tuple[Words, Value]]:
    """The four numbers of the whole half-year that everything else is a part of."""
    found = report.tables["months"][ALL]
    return [(NAMES[column], found[column]) for column in COLUMNS["months"]]


def tables(report: Figures, guide: Guide) -> list[Table]:
    """All tables in the order in which they are read."""
    return [_table(key, report.tables[key], guide) for key in COLUMNS]


def _table(key: str, cells: Cells, guide: Guide) -> Table:
    label = _labels(key, guide)
    rows = [Row(row, label(row), found) for row, found in cells.items() if row != ALL]
    if key in RANKED:
        rows.sort(key=lambda row: (-(row.cells[RANKED[key]] or 0), row.label))
    title, about = TITLES[key]
    return Table(
        key=key,
        title=title,
        note=NOTES[key],
        about=about,
        columns={column: NAMES[column] for column in COLUMNS[key]},
        rows=rows,
        total=Row(ALL, _("Together"), cells[ALL]),
        chart=_chart(key, title, rows, cells[ALL]),
    )


def _labels(key: str, guide: Guide) -> Callable[[str], str]:
    none = {"decisions": _("no clause"), "sources": _("not known")}.get(key, _("not named"))
    spoken = i18n.language()

    def clause(number: str) -> str:
        newest = guide.newest.get(number)
        return f"{number} {newest.title}" if newest else number

    told: dict[str, Callable[[str], object]] = {
        "months": lambda row: format_skeleton("yMMMM", date.fromisoformat(f"{row}-01"), locale=spoken),
        "decisions": clause,
        "sources": _in(SOURCES),
        "languages": lambda row: languages.name(row, spoken) if languages.may_carry(row) else row,
        "countries": lambda row: countries.name(row, spoken) if countries.is_country(row) else row,
        "appeals": _in(KINDS),
    }
    tell = told.get(key, _in(CATEGORIES))
    return lambda row: none if row == NONE else str(tell(row))


def _in(words: Any) -> Callable[[str], object]:
    return lambda row: words.get(row, row)


def _chart(key: str, title: Words, rows: list[Row], total: dict[str, Value]) -> Markup | None:
    if key == "sources":
        return None
    if key in ("decisions", "accounts"):
        found = [column for column in COLUMNS[key] if column != ALL and total[column]]
        labels, series = [str(NAMES[one]) for one in found], [Series("", [total[one] for one in found])]
    elif key == "months":
        labels, series = [row.label for row in rows], parts([row.cells for row in rows])
    else:
        shown = rows[:MOST_BARS]
        labels = [row.label for row in shown]
        series = [Series(str(NAMES[one]), [row.cells[one] for row in shown]) for one in DRAWN[key]]
    chart = Chart(
        key=f"chart-{key}",
        title=str(title),
        description=described(labels, series),
        labels=labels,
        series=series,
        say=lambda value: presentation.number(value, "#,##0.#"),
        is_mirrored=languages.direction(i18n.language()) == "rtl",
    )
    return None if chart.is_empty else charts.columns(chart) if key == "months" else charts.bars(chart)


def parts(cells: Sequence[dict[str, Value]]) -> list[Series]:
    """Decisions as two parts of a whole: those that restrict, and the others."""
    restricting = [cell["restrictions"] or 0 for cell in cells]
    others = [(cell["decisions"] or 0) - one for cell, one in zip(cells, restricting, strict=True)]
    return [Series(_("Other decisions"), others), Series(_("Restrictions"), restricting)]


def described(labels: Sequence[str], series: Sequence[Series]) -> str:
    sums = [sum(one.values[place] or 0 for one in series) for place in range(len(labels))]
    if not sums:
        return ""
    most = max(sums)
    return _(
        "Most: %(label)s, %(number)s. All numbers stand in the table.",
        label=labels[sums.index(most)],
        number=presentation.number(most),
    )
