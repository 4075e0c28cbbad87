"""Charts the server draws as SVG: bars lying down, columns standing in a row, lines over time.

Owns shapes, scales and places. It knows no community and no language: words are given, and how to say a number. Colours
come from classes (static/css/components/chart.css); besides its colour each series has a texture, or a dash and a
marker, of its own. For readers of a right-to-left script everything is mirrored, time included. A chart is one image
with a title and a description; its numbers belong into a table beside it.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import ceil, floor, log10

from markupsafe import Markup, escape

WIDTH = 360
LETTER = 6.9  # how wide the letters of a label are on average, so that a long one can be cut short
LEGEND, ROW, BAR = 20, 42, 13
AXIS, TOP, HEIGHT, FOOT = 40, 10, 140, 24
MOST_TICKS = 4
DASHES = ("", "7 4", "2 4", "10 3 2 3")
STEPS = (1, 2, 3, 4, 5, 6, 8, 10)
NOTHING = Markup("")
TEXTURES = (
    NOTHING,
    Markup('<path d="M0 0H3V6H0Z"/>'),
    Markup('<circle cx="3" cy="3" r="1.7"/>'),
    Markup('<path d="M0 0H6V2.4H0Z"/>'),
)


@dataclass(frozen=True)
class Series:
    """``values`` stand in the order of the chart's labels; None where there is nothing to say."""

    name: str
    values: Sequence[float | None]


@dataclass(frozen=True, kw_only=True)
class Chart:
    """What is to be drawn, in one to four series. ``key`` is unique on its page; ``say`` turns a value into words."""

    key: str
    title: str
    description: str
    labels: Sequence[str]
    series: Sequence[Series]
    say: Callable[[float], str]
    is_mirrored: bool = False

    @property
    def is_empty(self) -> bool:
        """Nothing in it is more than zero."""
        return not any(value for one in self.series for value in one.values)


def bars(chart: Chart) -> Markup:
    """A bar a label, under its label; several series are stacked in it. Longest of all is the full width."""
    head = _legend_height(chart)
    totals = [sum(one.values[place] or 0 for one in chart.series) for place in range(len(chart.labels))]
    most = max(totals, default=0) or 1
    parts = [*_legend(chart)]
    for place, (label, total) in enumerate(zip(chart.labels, totals, strict=True)):
        top = head + place * ROW
        said = chart.say(total)
        room = int((WIDTH - 12) / LETTER) - len(said)
        parts += [_text(chart, 0, top + 14, _cut(label, room), "start")]
        parts += [_text(chart, WIDTH, top + 14, said, "end", "chart-value")]
        parts += [_block(chart, 0, top + 21, WIDTH, BAR, "chart-track")]
        at = 0.0
        for number, one in enumerate(chart.series):
            length = (one.values[place] or 0) / most * WIDTH
            if length:
                seen = max(length, 2)
                parts += [_mark(chart, number, min(at, WIDTH - seen), top + 21, seen, BAR)]
            at += length
    return _sheet(chart, head + len(chart.labels) * ROW, parts)


def columns(chart: Chart) -> Markup:
    """A column a label, standing side by side; several series are stacked in it."""
    totals = [sum(one.values[place] or 0 for one in chart.series) for place in range(len(chart.labels))]
    head = _legend_height(chart) + TOP
    most = _ceiling(totals)
    step = (WIDTH - AXIS) / max(1, len(chart.labels))
    parts = [*_legend(chart), *_frame(chart, head, most)]
    for place in range(len(chart.labels)):
        foot = float(head + HEIGHT)
        for number, one in enumerate(chart.series):
            tall = (one.values[place] or 0) / most * HEIGHT
            if tall:
                tall = max(tall, 1)
                parts += [_mark(chart, number, AXIS + (place + 0.16) * step, foot - tall, step * 0.68, tall)]
            foot -= tall
    return _sheet(chart, head + HEIGHT + FOOT, parts)


def lines(chart: Chart) -> Markup:
    """A line a series from label to label; where a value is missing it is broken."""
    values = [value for one in chart.series for value in one.values if value is not None]
    head = _legend_height(chart) + TOP
    most = _ceiling(values)
    step = (WIDTH - AXIS) / max(1, len(chart.labels))
    parts = [*_legend(chart), *_frame(chart, head, most)]
    for number, one in enumerate(chart.series):
        points = [
            None if value is None else (AXIS + (place + 0.5) * step, head + HEIGHT * (1 - value / most))
            for place, value in enumerate(one.values)
        ]
        for is_there, run in groupby(points, key=lambda point: point is not None):
            if is_there:
                parts += _line(chart, number, [point for point in run if point is not None])
    return _sheet(chart, head + HEIGHT + FOOT, parts)


def _sheet(chart: Chart, height: float, parts: Sequence[Markup]) -> Markup:
    named = f"{chart.key}-title {chart.key}-words"
    return Markup(
        '<svg class="chart" viewBox="0 0 {width} {height}" role="img" aria-labelledby="{named}">'
        '<title id="{key}-title">{title}</title><desc id="{key}-words">{words}</desc>{textures}{parts}</svg>'
    ).format(
        width=WIDTH,
        height=_plain(height),
        named=named,
        key=chart.key,
        title=chart.title,
        words=chart.description,
        textures=_textures(chart),
        parts=NOTHING.join(parts),
    )


def _textures(chart: Chart) -> Markup:
    """Beside plain colour: stripes, dots, and bars across, each in the colour of its series."""
    found = NOTHING.join(
        Markup(
            '<pattern id="{key}-texture-{number}" class="chart-texture chart-series-{number}" width="6" height="6" '
            'patternUnits="userSpaceOnUse" patternTransform="rotate({turn})">{drawn}</pattern>'
        ).format(key=chart.key, number=number, turn=45 if number == 1 else 0, drawn=TEXTURES[number])
        for number in range(1, len(chart.series))
    )
    return Markup("<defs>{}</defs>").format(found) if found else NOTHING


def _legend_height(chart: Chart) -> int:
    return LEGEND * len(chart.series) + 6 if len(chart.series) > 1 else 0


def _legend(chart: Chart) -> Iterator[Markup]:
    if len(chart.series) < 2:
        return
    for number, one in enumerate(chart.series):
        yield _mark(chart, number, 0, number * LEGEND + 3, 18, 12)
        yield _text(chart, 26, number * LEGEND + 14, _cut(one.name, int((WIDTH - 26) / LETTER)), "start")


def _frame(chart: Chart, head: float, most: float) -> Iterator[Markup]:
    """Three lines with their values, and as many labels below as have room."""
    for share in (0.0, 0.5, 1.0):
        height = head + HEIGHT * (1 - share)
        yield Markup('<path class="chart-rule" d="M{} {}H{}"/>').format(
            *map(_plain, (_side(chart, AXIS), height, _side(chart, WIDTH)))
        )
        yield _text(chart, AXIS - 6, height + 4, chart.say(most * share), "end", "chart-scale")
    step = (WIDTH - AXIS) / max(1, len(chart.labels))
    every = ceil(len(chart.labels) / MOST_TICKS)
    for place in range(0, len(chart.labels), every):
        at, anchor = AXIS + (place + 0.5) * step, "middle"
        if place == 0 and step < 60:
            at, anchor = AXIS + place * step, "start"
        elif place == len(chart.labels) - 1:
            at, anchor = float(WIDTH), "end"
        yield _text(chart, at, head + HEIGHT + 18, chart.labels[place], anchor, "chart-scale")


def _line(chart: Chart, number: int, points: Sequence[tuple[float, float]]) -> Iterator[Markup]:
    through = "L".join(f"{_plain(_side(chart, x))} {_plain(y)}" for x, y in points)
    dash = Markup(' stroke-dasharray="{}"').format(DASHES[number]) if DASHES[number] else NOTHING
    yield Markup('<path class="chart-line chart-series-{}" d="M{}"{}/>').format(number, through, dash)
    for x, y in points:
        yield Markup('<path class="chart-point chart-series-{}" d="{}"/>').format(
            number, _marker(number, _side(chart, x), y)
        )


def _marker(number: int, x: float, y: float) -> str:
    """A circle, a square, a diamond, a triangle."""
    at = f"M{_plain(x)} {_plain(y)}"
    shapes = (
        "m-3.5 0a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0-7 0z",
        "m-3.2-3.2h6.4v6.4h-6.4z",
        "m0-4.6l4.6 4.6l-4.6 4.6l-4.6-4.6z",
        "m0-4.4l4.4 7.8h-8.8z",
    )
    return at + shapes[number]


def _mark(chart: Chart, number: int, x: float, y: float, width: float, height: float) -> Markup:
    fill = Markup(' fill="url(#{}-texture-{})"').format(chart.key, number) if number else NOTHING
    return _block(chart, x, y, width, height, f"chart-mark chart-series-{number}", fill)


def _block(
    chart: Chart, x: float, y: float, width: float, height: float, name: str, more: Markup = NOTHING
) -> Markup:
    at = WIDTH - x - width if chart.is_mirrored else x
    return Markup('<rect class="{}" x="{}" y="{}" width="{}" height="{}"{}/>').format(
        name, *map(_plain, (at, y, width, height)), more
    )


def _text(chart: Chart, x: float, y: float, words: str, anchor: str, name: str = "chart-label") -> Markup:
    """Anchors follow the direction of the script, so a mirrored place is all it takes."""
    return Markup('<text class="{}" x="{}" y="{}" text-anchor="{}">{}</text>').format(
        name, _plain(_side(chart, x)), _plain(y), anchor, escape(words)
    )


def _side(chart: Chart, x: float) -> float:
    return WIDTH - x if chart.is_mirrored else x


def _cut(words: str, most: int) -> str:
    return words if len(words) <= most else words[: max(1, most - 1)].rstrip() + "…"


def _ceiling(values: Sequence[float]) -> float:
    """The top of the scale: round, never zero; of whole numbers its half is one too."""
    most = max(values, default=0)
    if most <= 0:
        return 2
    unit = 10.0 ** floor(log10(most))
    are_whole = all(value == int(value) for value in values)
    found = (step * unit for step in STEPS if not are_whole or step * unit % 2 == 0)
    return next(top for top in (*found, 20 * unit) if most <= top * (1 + 1e-9))


def _plain(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")
