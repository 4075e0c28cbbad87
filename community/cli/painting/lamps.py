"""A road by night as its lamps alone: red ahead, white towards us, amber above, and what the wet makes of them."""

from typing import NamedTuple

import numpy as np

from community.cli.painting import noise, sky
from community.cli.painting.light import Light, rgb
from community.cli.painting.noise import Plane, mix, smooth
from community.cli.painting.standing import spill, within

EYE = 1.5
TOWN = ("ffd9a0", "ffc070", "bfe0ff", "ff8a5a", "9fe8c8")


class Lamp(NamedTuple):
    x: float
    up: float
    z: float
    colour: str
    bright: float


def draw(size: tuple[int, int], light: Light, seed: int, *, blur: float, side: int) -> Plane:
    """``blur`` is how far out of focus it all is; traffic goes on the ``side``, 1 for the right."""
    width, height = size
    horizon, focus = height * 0.5, 0.9 * max(size)
    picture = sky.draw(width, height, horizon, light, seed)
    rows = np.arange(height, dtype=np.float32)[:, None]
    road = rgb("1d2027") * np.float32(0.35 + 0.8 * light.ambient)
    below = smooth((rows - horizon) / (height - horizon) * 3)[..., None]
    trees = noise.cloudy(9, 1.8)[seed % noise.SIDE, np.arange(width) % noise.SIDE] * 0.5 + 0.9
    ground = mix(rgb(light.haze) * np.float32(0.3), road, below)
    np.copyto(picture, ground, where=(rows > horizon - trees[None, :] * height * 0.035)[..., None])
    for lamp in sorted(_lamps(np.random.default_rng(seed), side), key=lambda lamp: -lamp.z):
        column, row = width / 2 + lamp.x * focus / lamp.z, horizon - (lamp.up - EYE) * focus / lamp.z
        size_of = max(1.3, 0.11 * focus / lamp.z) + blur * width * 0.011 * (0.5 + 8 / lamp.z)
        colour = rgb(lamp.colour) * np.float32(lamp.bright / max(1, (size_of / 5) ** 1.15))
        spill(picture, column, row, size_of, colour)
        ground = horizon + EYE * focus / lamp.z
        if row < ground:
            _streak(picture, column, ground + (ground - row) * 0.5, size_of, colour * np.float32(0.22))
    return picture


def _lamps(chance: np.random.Generator, side: int) -> list[Lamp]:
    found = []
    for step in range(26):
        z = 14 * 1.16**step
        for lane in (0.1, 3.7):
            if chance.random() < 0.85:
                x, far = lane + float(chance.normal(0, 0.2)), z * float(chance.uniform(0.95, 1.05))
                found += [Lamp(side * (x + lamp), 0.8, far, "ff2614", 1.5) for lamp in (-0.65, 0.65)]
        if chance.random() < 0.6:
            x = -7.5 - 3.4 * float(chance.integers(2))
            found += [Lamp(side * (x + lamp), 0.7, z, "fff0d6", 2.4) for lamp in (-0.65, 0.65)]
    for step in range(12):
        found += [Lamp(side * x, 8.5, 22.0 + 30 * step, "ffad55", 2.0) for x in (-14, 9.5)]
    for _ in range(120):
        x = float(chance.choice((-1, 1)) * chance.uniform(16, 90))
        up, z = float(chance.uniform(1, 26)), float(chance.uniform(90, 400))
        found.append(Lamp(x, up, z, str(chance.choice(TOWN)), 0.7))
    return found


def _streak(picture: Plane, column: float, row: float, size: float, colour: Plane) -> None:
    cut = within(picture, int(column - size), int(row - size * 5), (int(size * 10) + 1, int(size * 2) + 1))
    if cut:
        y, x = np.mgrid[cut.spot].astype(np.float32)
        share = smooth(1 - np.abs(x - column) / size) * smooth(1 - np.abs(y - row) / (size * 5))
        picture[cut.spot] += share[..., None] * colour
