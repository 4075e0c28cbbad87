"""Charts: their geometry says what the numbers say, in both directions, and nothing in them can break a page."""

import re
from math import cos, radians, sin
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.config import ROOT
from community.kit import charts
from community.kit.charts import Chart, Series

NAMES = "{http://www.w3.org/2000/svg}"
DRAWINGS = [charts.bars, charts.columns, charts.lines]
numbers = st.floats(0, 1e12, allow_nan=False) | st.integers(0, 10**9) | st.none()


def chart(*series: list[float | None], **changes: Any) -> Chart:
    given: dict[str, Any] = {
        "key": "a-chart",
        "title": "Decisions",
        "description": "Most in May.",
        "labels": [f"place {number}" for number in range(len(series[0]))],
        "series": [Series(f"part {number}", values) for number, values in enumerate(series)],
        "say": lambda value: f"{value:g}",
    }
    return Chart(**{**given, **changes})


def drawn(svg: str) -> ET.Element:
    return ET.fromstring(str(svg).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))


def marks(svg: str, kind: str = "chart-mark") -> list[dict[str, float]]:
    return [
        {name: float(one.attrib[name]) for name in ("x", "y", "width", "height")}
        for one in drawn(svg).iter(f"{NAMES}rect")
        if kind in one.attrib["class"].split()
    ]


def texts(svg: str) -> list[str]:
    return [one.text or "" for one in drawn(svg).iter(f"{NAMES}text")]


def test_bars_are_as_long_as_their_numbers() -> None:
    widths = [mark["width"] for mark in marks(charts.bars(chart([100, 50, 25, 0])))]
    assert widths == [360, 180, 90]


def test_parts_of_a_bar_follow_each_other_without_a_gap() -> None:
    _one, _two, _three, *bars = marks(charts.bars(chart([30.0], [60.0], [10.0])))
    assert [(mark["x"], mark["width"]) for mark in bars] == [(0, 108), (108, 216), (324, 36)]


def test_columns_stand_on_one_line_and_reach_as_high_as_their_numbers() -> None:
    high, half = marks(charts.columns(chart([100, 50])))
    assert high["y"] + high["height"] == half["y"] + half["height"]
    assert high["height"] == 2 * half["height"] == charts.HEIGHT


def test_a_line_is_broken_where_there_is_no_number() -> None:
    paths = [one.attrib for one in drawn(charts.lines(chart([1, 2, None, 3]))).iter(f"{NAMES}path")]
    assert len([one for one in paths if "chart-line" in one.get("class", "")]) == 2
    assert len([one for one in paths if "chart-point" in one.get("class", "")]) == 3


@pytest.mark.parametrize("draw", [charts.bars, charts.columns])
def test_right_to_left_is_the_mirror_image(draw: Any) -> None:
    there, back = marks(draw(chart([5, 3], [2, 2]))), marks(draw(chart([5, 3], [2, 2], is_mirrored=True)))
    assert [mark["x"] for mark in back] == pytest.approx(
        [charts.WIDTH - mark["x"] - mark["width"] for mark in there], abs=0.11
    )


@pytest.mark.parametrize("draw", DRAWINGS)
def test_a_chart_is_one_image_with_a_title_and_a_description(draw: Any) -> None:
    root = drawn(draw(chart([1, 2])))
    assert root.attrib["role"] == "img"
    words = {one.attrib["id"]: one.text for one in root if "id" in one.attrib}
    assert [words[one] for one in root.attrib["aria-labelledby"].split()] == ["Decisions", "Most in May."]


@pytest.mark.parametrize("draw", DRAWINGS)
def test_words_cannot_become_markup(draw: Any) -> None:
    bad = '<script>alert("1")</script>&'
    svg = draw(chart([1], [2], title=bad, description=bad, labels=[bad], say=lambda value: bad))
    assert "<script" not in svg
    assert not re.search(r"\sstyle=|\son\w+=", svg)


@given(
    values=st.lists(st.lists(numbers, min_size=1, max_size=30), min_size=1, max_size=4),
    is_mirrored=st.booleans(),
    draw=st.sampled_from(DRAWINGS),
)
def test_everything_stays_on_the_sheet(
    values: list[list[float | None]], is_mirrored: bool, draw: Any
) -> None:
    length = min(map(len, values))
    svg = draw(chart(*[one[:length] for one in values], is_mirrored=is_mirrored))
    root = drawn(svg)
    width, height = map(float, root.attrib["viewBox"].split()[2:])
    for mark in marks(svg):
        assert mark["width"] >= 0
        assert mark["height"] >= 0
        assert -0.2 <= mark["x"] <= mark["x"] + mark["width"] <= width + 0.2
        assert -0.2 <= mark["y"] <= mark["y"] + mark["height"] <= height + 0.2
    assert "nan" not in svg


@pytest.mark.parametrize(
    ("values", "top"),
    [
        ([0], "2"),
        ([1], "2"),
        ([2], "2"),
        ([3], "4"),
        ([7], "8"),
        ([11], "20"),
        ([247], "300"),
        ([999], "1000"),
    ],
)
def test_scales_end_at_round_numbers_whose_half_is_whole(values: list[float | None], top: str) -> None:
    said = texts(charts.columns(chart(values)))
    assert said[:3] == ["0", f"{int(top) // 2}", top]


def test_a_scale_of_fractions_fits_them() -> None:
    assert texts(charts.lines(chart([0.35, 0.2])))[:3] == ["0", "0.2", "0.4"]


def test_long_labels_are_cut_and_leave_room_for_the_number() -> None:
    label, said = texts(charts.bars(chart([12_345], labels=["Data protection and privacy " * 4])))
    assert said == "12345"
    assert label.endswith("…")
    assert len(label) < 50


def test_only_what_is_more_than_nothing_is_drawn() -> None:
    assert chart([0, None]).is_empty
    assert not chart([0, None, 0.1]).is_empty


def test_series_are_told_apart_without_colours() -> None:
    fills = [
        one.attrib.get("fill")
        for one in drawn(charts.bars(chart([1], [1], [1], [1]))).iter(f"{NAMES}rect")
        if "chart-mark" in one.get("class", "")
    ]
    assert len(set(fills)) == 4
    dashes = [
        one.attrib.get("stroke-dasharray")
        for one in drawn(charts.lines(chart([1, 2], [2, 3], [3, 4], [4, 5]))).iter(f"{NAMES}path")
        if "chart-line" in one.get("class", "")
    ]
    assert len(set(dashes)) == 4


def luminance(lightness: float, chroma: float, hue: float) -> float:
    """Of a colour in oklch, by the matrices of CSS Color 4; relative luminance as WCAG 2.2 has it."""
    a, b = chroma * cos(radians(hue)), chroma * sin(radians(hue))
    l, m, s = (  # noqa: E741
        (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3,
        (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3,
        (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3,
    )
    red = 4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s
    green = -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s
    blue = -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_every_series_keeps_three_to_one_to_paper_and_sheet_in_both_schemes() -> None:
    tokens = (ROOT / "static/css/tokens.css").read_text("utf-8")
    css = (ROOT / "static/css/components/chart.css").read_text("utf-8")
    pair = r"--(\w[\w-]*): light-dark\(oklch\(([\d. ]+)\), oklch\(([\d. ]+)\)\)"
    colours = {
        name: [luminance(*map(float, one.split())) for one in both]
        for name, *both in re.findall(pair, tokens)
    }
    series = re.findall(r"chart-series-\d \{ --series: var\(--([\w-]+)\)", css)
    assert len(series) == 4
    for name in series:
        for ground in ("paper", "sheet"):
            for one, other in zip(colours[name], colours[ground], strict=True):
                assert (max(one, other) + 0.05) / (min(one, other) + 0.05) >= 3, (name, ground)
