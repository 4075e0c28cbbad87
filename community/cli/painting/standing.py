"""Puts things upright onto the land of a place: at their size, in its light, with the air before them."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from PIL import Image

from community.cli.painting import growth
from community.cli.painting.light import rgb
from community.cli.painting.noise import Plane, mix, smooth
from community.cli.painting.place import Place


@dataclass(frozen=True)
class Stand:
    """``number`` of a kind, ``tall``, from ``near`` to ``far`` away and at least ``keep`` off the middle of the road.

    ``side`` is -1 for the left of the road, 1 for the right. With ``every`` they stand in a row, so far apart.
    """

    kind: str
    number: int
    tall: float
    colour: str
    near: float = 30
    far: float = 400
    keep: float = 9
    wide: float = 120
    side: int = 0
    every: float = 0


class Cut(NamedTuple):
    """The part of something that is in the picture: where there, and which part of the thing."""

    spot: tuple[slice, slice]
    part: tuple[slice, slice]


def plant(place: Place, stand: Stand) -> None:
    """The farthest first."""
    for x, z in sorted(_places(place, stand), key=lambda found: -found[1]):
        level = place.view.level(place.heights, x, z)
        if level is None or (place.scene.is_coast and level < 2):
            continue
        tall = stand.tall * (1.0 if stand.every else float(place.chance.uniform(0.7, 1.2)))
        kind = growth.sprite(stand.kind, int(place.chance.integers(growth.VARIANTS)))
        _stamp(place, kind, (x, level, z), tall, stand.colour)
    if stand.kind == "pole":
        _wires(place, stand)


def shine(place: Place, number: int, near: float, far: float) -> None:
    """Windows of houses one cannot make out any more."""
    for _ in range(number):
        z = near * (far / near) ** float(place.chance.random())
        x = place.road_at(z) + float(place.chance.normal(0, 0.16)) * z
        level = place.view.level(place.heights, x, z)
        if level is not None:
            column, row, scale = place.view.place(x, level + 3, z)
            spill(
                place.picture,
                column,
                row,
                max(1.2, 0.8 * scale),
                rgb("ffbf6b") * float(place.chance.uniform(0.7, 2.4)),
            )


def spill(picture: Plane, column: float, row: float, size: float, colour: Plane) -> None:
    """A disc of light, a little brighter at its edge, as a lens shows a lamp."""
    half = int(size + 2)
    cut = within(picture, round(column) - half, round(row) - half, (2 * half + 1, 2 * half + 1))
    if cut:
        y, x = np.mgrid[cut.spot].astype(np.float32)
        far = np.hypot(x - column, y - row) / size
        picture[cut.spot] += (smooth((1 - far) * size / 2) * (0.75 + 0.35 * far**2))[..., None] * colour


def darken(picture: Plane, left: int, top: int, dark: Plane) -> None:
    cut = within(picture, left, top, dark.shape)
    if cut:
        picture[cut.spot] *= 1 - dark[cut.part][..., None]


def within(picture: Plane, left: int, top: int, shape: Sequence[int]) -> Cut | None:
    """None for what is outside of the picture."""
    rows = slice(max(0, -top), min(shape[0], picture.shape[0] - top))
    columns = slice(max(0, -left), min(shape[1], picture.shape[1] - left))
    if rows.start >= rows.stop or columns.start >= columns.stop:
        return None
    spot = slice(top + rows.start, top + rows.stop), slice(left + columns.start, left + columns.stop)
    return Cut(spot, (rows, columns))


def _places(place: Place, stand: Stand) -> list[tuple[float, float]]:
    chance = place.chance
    if stand.every:
        sides = (stand.side,) if stand.side else (-1, 1)
        return [(place.road_at(z) + side * stand.keep, z) for z in _row(stand) for side in sides]
    found = []
    for _ in range(stand.number):
        # As many in each doubling of the distance, so that the picture is filled evenly.
        z = stand.near * (stand.far / stand.near) ** float(chance.random())
        side = stand.side or (1 if chance.random() < 0.5 else -1)
        off = stand.keep + float(chance.random()) ** 1.5 * min(stand.wide, z * 0.75)
        found.append((place.road_at(z) + side * off, z))
    return found


def _row(stand: Stand) -> list[float]:
    steps = (stand.near + stand.every * step for step in range(stand.number))
    return [z for z in steps if z < stand.far]


def _stamp(
    place: Place, kind: growth.Sprite, at: tuple[float, float, float], tall: float, colour: str
) -> None:
    column, row, scale = place.view.place(*at)
    side = max(2, round(tall * scale))
    cut = within(place.picture, round(column - side / 2), round(row - side), (side, side))
    if not cut:
        return
    how = Image.Resampling.BOX if side < growth.SIDE else Image.Resampling.BILINEAR
    cover, shade = (np.asarray(one.resize((side, side), how), np.float32)[cut.part] / 255 for one in kind)
    light, shade = place.light, shade[..., None]
    _shade(place, column, row, side)
    lit = (0.1 + shade * 0.9) * (rgb(light.sun) * light.strength * (0.6 if light.is_behind else 0.35))
    shown = rgb(colour) * (lit + rgb(light.shade) * light.ambient * (0.5 + 0.8 * shade))
    if place.scene.snow >= 1:
        white = rgb("e6ecf5") * (
            light.ambient * 1.1 * rgb(light.shade) + 0.3 * light.strength * rgb(light.sun)
        )
        shown = mix(shown, white, np.clip(shade * 2.4 - 0.9, 0, 0.85))
    columns = np.arange(cut.spot[1].start, cut.spot[1].stop, dtype=np.float32)[None, :]
    spot = place.picture[cut.spot]
    spot += (place.aired(shown, at[2], columns) - spot) * cover[..., None]


def _shade(place: Place, column: float, row: float, side: int) -> None:
    """On the ground, to the side the sun does not come from."""
    wide, high = max(1, round(side * 0.42)), max(1, round(side * 0.05))
    lean = -0.3 * wide * (1 if place.light.side > 0 else -1)
    y, x = np.mgrid[-high : high + 1, -wide : wide + 1].astype(np.float32)
    much = min(0.6, 0.3 + 0.12 * place.light.strength) * math.exp(-place.light.density * 0.5)
    dark = np.clip(1.1 - np.hypot((x - lean) / wide, y / high), 0, 1) * much
    darken(place.picture, round(column) - wide, round(row) - high, dark)


def _wires(place: Place, stand: Stand) -> None:
    """Between the heads of poles in a row."""
    heads = []
    for z in _row(stand):
        x = place.road_at(z) + stand.side * stand.keep
        heads.append((x, (place.view.level(place.heights, x, z) or 0) + stand.tall * 0.93, z))
    for one, following in pairwise(heads):
        for arm in (-0.09 * stand.tall, 0.09 * stand.tall):
            for share in np.linspace(0, 1, max(8, int(20_000 / one[2]))):
                x, y, z = (a + (b - a) * float(share) for a, b in zip(one, following, strict=True))
                column, row, _ = place.view.place(x + arm, y - 0.9 * math.sin(share * math.pi), z)
                darken(place.picture, int(column), int(row), np.full((1, 1), 0.45, np.float32))
