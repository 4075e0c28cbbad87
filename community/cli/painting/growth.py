"""What stands on land one by one: trees and other things of some kinds, each drawn a few times for every size."""

import math
from collections.abc import Callable
from functools import cache
from random import Random
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFilter

SIDE = 300
VARIANTS = 4
Point = tuple[float, float]
"""In shares of the drawing: right of its middle, and up from the ground."""


class Sprite(NamedTuple):
    """Square, standing in the middle of its lower edge: what is covered, and how bright that is."""

    cover: Image.Image
    shade: Image.Image


class _Pen:
    """Draws on both at once."""

    def __init__(self, name: str) -> None:
        self.chance = Random(name)  # noqa: S311 - repeatable on purpose
        self.layers = Image.new("L", (SIDE, SIDE)), Image.new("L", (SIDE, SIDE))
        self._cover, self._shade = (ImageDraw.Draw(layer) for layer in self.layers)

    def dab(self, x: float, y: float, size: float, bright: float) -> None:
        column, row, half = SIDE / 2 + x * SIDE, SIDE - y * SIDE, size * SIDE
        box = (column - half * 1.25, row - half * 0.8, column + half * 1.25, row + half * 0.8)
        self._cover.ellipse(box, 255)
        self._shade.ellipse(box, int(255 * min(1.0, max(0.0, bright))))

    def limb(self, points: list[Point], thick: float, bright: float = 0.22) -> None:
        places = [(SIDE / 2 + x * SIDE, SIDE - y * SIDE) for x, y in points]
        wide = max(1, round(thick * SIDE))
        self._cover.line(places, 255, wide, joint="curve")
        self._shade.line(places, int(255 * bright), wide, joint="curve")

    def crown(self, middle: Point, size: Point, dabs: int, grain: float) -> None:
        """A ball of leaves, lit from above on the left; the dark ones first."""
        found = []
        for _ in range(dabs):
            turn, far = self.chance.uniform(0, 2 * math.pi), math.sqrt(self.chance.random())
            x, y = math.cos(turn) * far, math.sin(turn) * far
            found.append((0.42 + 0.3 * y - 0.16 * x + self.chance.uniform(-0.2, 0.2), x, y))
        for bright, x, y in sorted(found):
            half = grain * self.chance.uniform(0.7, 1.4)
            self.dab(middle[0] + x * size[0], middle[1] + y * size[1], half, bright)


@cache
def sprite(kind: str, variant: int) -> Sprite:
    pen = _Pen(f"{kind} {variant}")
    _KINDS[kind](pen, pen.chance)
    return Sprite(*(layer.filter(ImageFilter.GaussianBlur(0.7)) for layer in pen.layers))


def _spruce(pen: _Pen, chance: Random) -> None:
    pen.limb([(0, 0), (0, 0.9)], 0.02, 0.15)
    for step in range(46):
        share = step / 46
        half = (1 - share) ** 0.9 * 0.17 + 0.004
        for side in (-1, 1):
            reach = half * chance.uniform(0.5, 1.2)
            for part in (0.25, 0.55, 0.85, 1.0):
                bright = 0.3 + 0.35 * part - side * 0.12 + chance.uniform(-0.12, 0.12)
                high = 0.06 + share * 0.93 - part * half * 0.42
                pen.dab(side * reach * part, high, 0.013 + 0.006 * (1 - share), bright)


def _broadleaf(pen: _Pen, chance: Random) -> None:
    pen.limb([(0, 0), (chance.uniform(-0.02, 0.02), 0.2), (chance.uniform(-0.05, 0.05), 0.5)], 0.032)
    for side in (-1, 1):
        pen.limb([(0, 0.2), (side * 0.14, 0.45)], 0.02)
    places = [(chance.gauss(0, 0.16), 0.3 + 0.5 * chance.random()) for _ in range(13)]
    for x, y in sorted(places, key=lambda place: abs(place[0]) - place[1]):
        part = 1.25 - abs(y - 0.5) * 1.3
        pen.crown((x * part, y), (0.11 * part, 0.085 * part), 150, 0.011)


def _poplar(pen: _Pen, chance: Random) -> None:
    pen.limb([(0, 0), (0, 0.5)], 0.02)
    for step in range(8):
        middle = (chance.uniform(-0.015, 0.015), 0.16 + step * 0.105)
        pen.crown(middle, (0.075 * (1.15 - step / 9), 0.09), 90, 0.01)


def _acacia(pen: _Pen, chance: Random) -> None:
    for lean in (-0.26, -0.1, 0.08, 0.24):
        pen.limb([(0, 0), (lean * 0.12, 0.2), (lean, 0.62)], 0.02)
    for _ in range(9):
        pen.crown((chance.uniform(-0.33, 0.33), chance.uniform(0.62, 0.72)), (0.13, 0.035), 130, 0.009)


def _baobab(pen: _Pen, chance: Random) -> None:
    for side in (-1, 1):
        pen.limb([(side * 0.045, 0), (side * 0.035, 0.5)], 0.1, 0.34 - side * 0.1)
        for reach in (0.12, 0.24, 0.33):
            top = 0.62 + chance.uniform(0.02, 0.2)
            branch = [(side * 0.04, 0.46), (side * reach * 0.6, 0.58), (side * reach, top)]
            pen.limb(branch, 0.028 - reach * 0.04, 0.3)
            for _ in range(3):
                middle = (side * reach + chance.uniform(-0.06, 0.06), top + chance.uniform(-0.02, 0.06))
                pen.crown(middle, (0.06, 0.035), 60, 0.008)


def _palm(pen: _Pen, chance: Random) -> None:
    lean = chance.uniform(-0.14, 0.14)
    pen.limb([(lean * share**2, share * 0.72) for share in (0, 0.2, 0.4, 0.6, 0.8, 1)], 0.02, 0.3)
    for number in range(13):
        turn = math.pi * (number / 12 * 1.3 - 0.15) + chance.uniform(-0.1, 0.1)
        reach = chance.uniform(0.2, 0.27)
        bright = 0.45 - 0.12 * math.cos(turn) + chance.uniform(-0.1, 0.1)
        for step in range(1, 14):
            share = step / 13
            x = lean + math.cos(turn) * reach * share
            y = 0.72 + math.sin(turn) * reach * share * 0.8 - share**2 * 0.15
            hang = 0.055 * math.sin(share * math.pi * 0.9 + 0.25)
            pen.limb([(x, y), (x - math.cos(turn) * 0.012, y - hang)], 0.007, bright)
            pen.limb([(x, y), (x + math.cos(turn) * 0.02, y - hang * 0.4)], 0.006, bright + 0.1)


def _banana(pen: _Pen, chance: Random) -> None:
    pen.limb([(0, 0), (0, 0.42)], 0.06, 0.4)
    for number in range(9):
        turn = math.pi * (number / 8 * 0.96 + 0.02) + chance.uniform(-0.08, 0.08)
        reach, bright = chance.uniform(0.34, 0.48), chance.uniform(0.35, 0.7)
        for step in range(24):
            share = step / 23
            high = 0.4 + math.sin(turn) * reach * share * 1.15 - share**2 * 0.16
            size = 0.012 + 0.035 * math.sin(share * math.pi) ** 0.6
            pen.dab(math.cos(turn) * reach * share, high, size, bright + 0.05 * math.sin(step))


def _cactus(pen: _Pen, chance: Random) -> None:
    pen.limb([(0, 0), (0, 0.9)], 0.06, 0.42)
    pen.limb([(-0.014, 0), (-0.014, 0.9)], 0.02, 0.62)
    for side in (-1, 1):
        root, reach = chance.uniform(0.3, 0.5), chance.uniform(0.1, 0.16)
        top = root + chance.uniform(0.25, 0.4)
        pen.limb([(0, root), (side * reach, root + 0.06), (side * reach, top)], 0.045, 0.45 - side * 0.1)


def _bush(pen: _Pen, chance: Random) -> None:
    for _ in range(6):
        pen.crown((chance.uniform(-0.28, 0.28), chance.uniform(0.1, 0.3)), (0.17, 0.15), 200, 0.014)


def _sheep(pen: _Pen, chance: Random) -> None:
    way = chance.choice((-1, 1))
    for leg in (-0.16, -0.1, 0.1, 0.16):
        pen.limb([(leg, 0), (leg, 0.2)], 0.035, 0.1)
    pen.dab(way * 0.28, 0.4 + chance.uniform(-0.2, 0.06), 0.07, 0.12)
    for bright, height in ((0.5, 0.3), (0.75, 0.36), (0.95, 0.42)):
        for _ in range(40):
            place = chance.gauss(0, 0.1), height + chance.gauss(0, 0.035)
            pen.dab(*place, 0.045, bright + chance.uniform(-0.08, 0.05))


def _pole(pen: _Pen, _chance: Random) -> None:
    pen.limb([(0, 0), (0, 0.99)], 0.016, 0.3)
    pen.limb([(-0.1, 0.93), (0.1, 0.93)], 0.01, 0.3)


def _post(pen: _Pen, _chance: Random) -> None:
    pen.limb([(0, 0), (0, 0.95)], 0.1, 0.5)


def _windpump(pen: _Pen, chance: Random) -> None:
    for foot in (-0.12, 0.12):
        pen.limb([(foot, 0), (foot * 0.15, 0.82)], 0.008, 0.25)
    for step in range(1, 6):
        half = 0.12 * (1 - step / 6 * 0.85)
        pen.limb([(-half, step * 0.135), (half, step * 0.135)], 0.005, 0.25)
    turn = chance.random()
    for blade in range(14):
        way = (blade / 14 + turn) * 2 * math.pi
        for far in (0.06, 0.1, 0.14):
            tip = (math.cos(way) * far * 0.85, 0.84 + math.sin(way) * far)
            pen.limb([(0, 0.84), tip], 0.004 + far * 0.09, 0.35)
    pen.limb([(0, 0.84), (0.2, 0.85)], 0.01, 0.25)
    pen.limb([(0.17, 0.86), (0.25, 0.88), (0.25, 0.82), (0.17, 0.84)], 0.02, 0.3)


_KINDS: dict[str, Callable[[_Pen, Random], None]] = {
    "spruce": _spruce,
    "broadleaf": _broadleaf,
    "poplar": _poplar,
    "acacia": _acacia,
    "baobab": _baobab,
    "palm": _palm,
    "banana": _banana,
    "cactus": _cactus,
    "bush": _bush,
    "sheep": _sheep,
    "pole": _pole,
    "post": _post,
    "windpump": _windpump,
}
