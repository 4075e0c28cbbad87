"""Counts in the reader's words: a table a dimension, each with its chart, ready for the page and for CSV."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from flask_babel import format_decimal
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from markupsafe import Markup

from community.contributions.models import Kind
from community.insights.processing.asked import Asked, choosing
from community.insights.processing.groups import Counted, Shown
from community.insights.processing.naming import Names
from community.insights.queries.counting import Value
from community.kit import charts, i18n, languages
from community.kit.charts import Chart, Series

MOST_BARS = 10
OTHERS = "others"
BOTH = (Kind.STORY, Kind.IDEA)
COLUMNS: dict[str, LazyString] = {Kind.STORY: _l("Stories"), Kind.IDEA: _l("Ideas")}
DIMENSIONS: dict[str, tuple[str, tuple[Kind, ...]]] = {
    "months": ("month", BOTH),
    "countries": ("country", BOTH),
    "models": ("model_id", BOTH),
    "powertrains": ("powertrain", (Kind.STORY,)),
    "topics": ("topic_id", (Kind.STORY,)),
    "areas": ("area", (Kind.IDEA,)),
    "languages": ("language", BOTH),
}
TITLES: dict[str, tuple[LazyString, LazyString]] = {
    "months": (_l("Month by month"), _l("Month")),
    "countries": (_l("By country"), _l("Country")),
    "models": (_l("By model"), _l("Model")),
    "powertrains": (_l("By powertrain"), _l("Powertrain")),
    "topics": (_l("By topic"), _l("Topic")),
    "areas": (_l("Ideas by area"), _l("Area")),
    "languages": (_l("By language"), _l("Language")),
}


@dataclass(frozen=True)
class Row:
    """``key`` is the CSV's, a cell None where nothing may be said. ``address`` chooses it."""

    key: str
    label: str
    cells: dict[str, int | None]
    address: str = ""
    is_chosen: bool = False


@dataclass(frozen=True)
class Table:
    """``chart`` is None where there is nothing to draw."""

    key: str
    title: LazyString
    about: LazyString
    columns: dict[str, LazyString]
    rows: list[Row]
    chart: Markup | None

    def as_rows(self) -> list[list[object]]:
        """For CSV: a head, and what the page's table shows."""
        cells: list[list[object]] = [[row.key, row.label, *row.cells.values()] for row in self.rows]
        return [["key", "name", *(str(column) for column in self.columns)], *cells]


def table(key: str, found: Mapping[Kind, Counted], asked: Asked, names: Names) -> Table:
    """One of DIMENSIONS. Months stand in their order, all else by how many there are."""
    by, kinds = DIMENSIONS[key]
    seen = {kind.value: found[kind].tables.get(by, Shown()) for kind in kinds}
    rows = [
        _row(by, value, seen, asked, names) for value in {key for one in seen.values() for key in one.groups}
    ]
    if by == "month":
        rows.sort(key=lambda row: row.key)
    else:
        rows.sort(key=lambda row: (*(-(cell or 0) for cell in row.cells.values()), row.label))
    chart = _chart(key, rows)
    if any(one.others for one in seen.values()):
        others = {kind: one.others or None for kind, one in seen.items()}
        rows.append(Row(OTHERS, _("Others, put together"), others))
    title, about = TITLES[key]
    return Table(key, title, about, {kind: COLUMNS[kind] for kind in seen}, rows, chart)


def _row(by: str, value: Value, seen: Mapping[str, Shown], asked: Asked, names: Names) -> Row:
    key, label = names.of(by, value)
    choice = {} if value is None else choosing(by, key)
    return Row(
        key,
        label,
        {kind: one.groups.get(value) for kind, one in seen.items()},
        f"?{urlencode({**asked.query, **choice})}" if choice else "",
        by in asked.chosen and asked.chosen[by] == value,
    )


def _chart(key: str, rows: Sequence[Row]) -> Markup | None:
    """Of months all columns, of everything else the first, of what there is most of."""
    are_months = key == "months"
    drawn = rows if are_months else rows[:MOST_BARS]
    columns = list(drawn[0].cells) if drawn else []
    chart = Chart(
        key=f"chart-{key}",
        title=str(TITLES[key][0]),
        description=_("All numbers stand in the table."),
        labels=[row.label for row in drawn],
        series=[
            Series(str(COLUMNS[one]), [row.cells[one] for row in drawn])
            for one in (columns if are_months else columns[:1])
        ],
        say=lambda value: str(format_decimal(value, "#,##0.#")),
        is_mirrored=languages.direction(i18n.language()) == "rtl",
    )
    return None if chart.is_empty else charts.columns(chart) if are_months else charts.bars(chart)
