"""Cars ahead on the road, seen from behind."""

from functools import cache
from typing import NamedTuple

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from community.cli.painting import standing
from community.cli.painting.light import rgb
from community.cli.painting.place import Place

SIDE = 560
"""Pixels across of a drawing, which is scaled to its place; the car takes five sixths of them."""
GLASS, TRIM, PAINT = 0, 120, 255
"""What a part is made of: how much of the car's colour it has."""


class Body(NamedTuple):
    """How wide, how high, where its waist is, and how much narrower the roof is than that on each side."""

    wide: float
    high: float
    waist: float
    inward: float


BODIES = {
    "small": Body(1.68, 1.54, 0.92, 0.2),
    "car": Body(1.8, 1.48, 0.9, 0.24),
    "tall": Body(1.84, 1.76, 1.0, 0.16),
    "pickup": Body(1.9, 1.84, 1.12, 0.18),
    "van": Body(1.98, 2.3, 1.2, 0.1),
}


Points = list[tuple[float, float]]


class _Drawing:
    """What is covered; what is paint (red) and how bright it is (green); and the lamps. Lengths are metres."""

    def __init__(self, body: Body) -> None:
        self._metre = SIDE / (body.wide * 1.2)
        self.size = (SIDE, round((body.high + 0.15) * self._metre))
        self.layers = Image.new("L", self.size), Image.new("RGB", self.size), Image.new("L", self.size)
        self._cover, self._paint, self._lamps = (ImageDraw.Draw(layer) for layer in self.layers)

    def shape(self, points: Points, paint: int, bright: int) -> None:
        places = [self._at(*point) for point in points]
        self._cover.polygon(places, 255)
        self._paint.polygon(places, (paint, bright, 0))

    def block(self, low: tuple[float, float], high: tuple[float, float], paint: int, bright: int) -> None:
        box = self._box(low, high)
        self._cover.rounded_rectangle(box, 0.08 * self._metre, 255)
        self._paint.rounded_rectangle(box, 0.08 * self._metre, (paint, bright, 0))

    def lamp(self, low: tuple[float, float], high: tuple[float, float]) -> None:
        self._lamps.rounded_rectangle(self._box(low, high), 0.03 * self._metre, 255)

    def _at(self, x: float, y: float) -> tuple[float, float]:
        return SIDE / 2 + x * self._metre, self.size[1] - y * self._metre

    def _box(self, low: tuple[float, float], high: tuple[float, float]) -> tuple[float, float, float, float]:
        return (*self._at(low[0], high[1]), *self._at(high[0], low[1]))


@cache
def behind(kind: str) -> tuple[Image.Image, ...]:
    """The layers of a drawing."""
    body = BODIES[kind]
    half, waist, high = body.wide / 2, body.waist, body.high
    roof, gleam = half - body.inward, waist + (high - waist) * 0.45
    top = [(-roof - 0.02, high - 0.12), (-roof + 0.12, high), (roof - 0.12, high), (roof + 0.02, high - 0.12)]
    edge = [(-roof + 0.1, high - 0.18), (roof - 0.1, high - 0.18)]
    drawing = _Drawing(body)
    for side in (-1, 1):
        middle = side * (half - 0.165)
        drawing.block((middle - 0.115, 0), (middle + 0.115, 0.6), GLASS, 26)
    drawing.block((-half, 0.3), (half, waist + 0.1), PAINT, 150)
    drawing.shape([(-half + 0.03, waist), *top, (half - 0.03, waist)], PAINT, 175)
    drawing.shape([(-half + 0.17, waist + 0.06), *edge, (half - 0.17, waist + 0.06)], GLASS, 60)
    drawing.shape([(-half + 0.2, gleam), *edge, (half - 0.2, gleam + 0.05)], GLASS, 110)
    drawing.block((-half + 0.02, 0.5), (half - 0.02, 0.57), PAINT, 95)
    drawing.block((-half + 0.01, 0.3), (half - 0.01, 0.5), TRIM, 60)
    drawing.block((-0.26, 0.6), (0.26, 0.72), GLASS, 205)
    for side in (-1, 1):
        middle = side * (half - 0.185)
        drawing.lamp((middle - 0.135, waist - 0.2), (middle + 0.135, waist - 0.02))
    return tuple(layer.filter(ImageFilter.GaussianBlur(SIDE / 260)) for layer in drawing.layers)


def drive(place: Place, kind: str, colour: str, z: float, beside: float, lamps: float) -> None:
    """So far ahead and right of the road's middle; ``lamps`` is how bright they are, from 0."""
    body, light = BODIES[kind], place.light
    x = place.road_at(z) + beside
    column, row, scale = place.view.place(x, place.view.level(place.heights, x, z) or 0.0, z)
    drawings = behind(kind)
    wide = max(4, round(body.wide * 1.2 * scale))
    high = max(4, round(wide * drawings[0].height / drawings[0].width))
    _shadow(place, column, row, wide)
    cut = standing.within(place.picture, round(column - wide / 2), round(row - high), (high, wide))
    if not cut:
        return
    cover, paint, shine = (
        np.asarray(one.resize((wide, high), Image.Resampling.LANCZOS), np.float32)[cut.part] / 255
        for one in drawings
    )
    # Darker below and towards its sides, which turn away.
    down = np.linspace(1.2, 0.6, high, dtype=np.float32)[cut.part[0], None]
    across = 1 - np.linspace(-1.12, 1.12, wide, dtype=np.float32)[None, cut.part[1]] ** 4 * 0.3
    tone = (paint[..., 1] * down * across * 1.25)[..., None]
    lit = (
        rgb(light.sun) * light.strength * (0.55 if light.is_behind else 0.16)
        + rgb(light.shade) * light.ambient
    )
    air = (rgb(light.horizon) + rgb(light.zenith)) * (0.17 + 0.17 * light.ambient)
    shown = np.where(paint[..., :1] > 0.3, rgb(colour) * lit * tone, air * tone**2)
    columns = np.arange(cut.spot[1].start, cut.spot[1].stop, dtype=np.float32)[None, :]
    spot = place.picture[cut.spot]
    spot += (place.aired(shown, z, columns) - spot) * cover[..., None]
    spot += (rgb("ff2a12") * (0.35 + lamps * 3.2) - spot) * (shine * 0.9)[..., None]


def _shadow(place: Place, column: float, row: float, wide: int) -> None:
    high = max(2, round(wide * 0.14))
    y, x = np.mgrid[-high : high + 1, -wide : wide + 1].astype(np.float32)
    dark = np.clip(1.25 - np.hypot(x / (wide * 0.5), y / (high * 0.75)), 0, 1) * min(
        0.85, 0.5 + 0.15 * place.light.strength
    )
    standing.darken(place.picture, round(column) - wide, round(row) - high, dark)
