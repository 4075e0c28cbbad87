"""A town against the sky, over water or without: houses in rows, and what stands among them."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw

from community.cli.painting import noise, sky
from community.cli.painting.light import Light, rgb
from community.cli.painting.noise import Plane, mix

Pen = ImageDraw.ImageDraw
ROWS = ((0.72, 0.55), (0.45, 0.8), (0.2, 1.1))
"""From the farthest: how pale it is, and how bright its windows are."""


@dataclass(frozen=True)
class Town:
    """``high`` are the tallest houses, as a share of the picture; ``lit`` is how many windows are, of 1.

    ``mark`` is one of MARKS, or none.
    """

    high: float
    lit: float
    mark: str = ""
    by_water: bool = True


def draw(size: tuple[int, int], light: Light, town: Town, seed: int) -> Plane:
    width, height = size
    chance = np.random.default_rng(seed)
    shore = round(height * (0.62 if town.by_water else 0.84))
    picture = sky.draw(width, height, shore, light, seed)
    sun, _ = sky.sun_at(light, width, height, shore)
    toward = np.exp(-np.abs(np.arange(width, dtype=np.float32) - sun) / width * 2.2) * (
        0.0 if light.is_behind else 0.8
    )
    air = mix(rgb(light.haze), rgb(light.glow), toward[None, :, None])
    for number, (pale, shine) in enumerate(ROWS):
        cover, panes = _row(size, shore, town.high * height * (1 - 0.22 * number), number, chance)
        dark = rgb("3d3a3c") * light.ambient * rgb(light.shade) * np.float32(1.6)
        picture += (mix(dark, air, pale * min(1.0, 0.55 + light.density)) - picture) * cover[..., None]
        on = chance.random((height // 5 + 1, width // 5 + 1)) < town.lit
        on = on.repeat(5, axis=0)[:height].repeat(5, axis=1)[:, :width]
        picture += (
            (panes * on)[..., None] * rgb("ffc985") * np.float32(shine * max(0.15, 1 - light.strength * 0.5))
        )
        if number == 1 and town.mark:
            stands = _drawn(size, lambda pen: MARKS[town.mark](pen, width * 2, height * 2, shore * 2, chance))
            far = np.linspace(0.2, 0.62, width, dtype=np.float32)[None, :, None]
            picture += (mix(dark * 0.8, air, far) - picture) * stands[..., None]
    if town.by_water:
        _water(picture, shore, light)
    return picture


def _row(
    size: tuple[int, int], shore: int, high: float, number: int, chance: np.random.Generator
) -> tuple[Plane, Plane]:
    """What the houses cover, and their windows."""
    width, height = size
    layers = Image.new("L", size), Image.new("L", size)
    houses, panes = (ImageDraw.Draw(layer) for layer in layers)
    step = max(4, round(width / 260)) * (1 if number == 0 else 2)
    houses.rectangle((0, shore, width, height), 255)
    x = -20.0
    while x < width:
        wide = float(chance.uniform(0.018, 0.055)) * width * (0.8 + number * 0.25)
        hill = 0.55 + 0.45 * math.sin(x / width * 4 + number * 2)
        top = shore - high * hill * float(chance.uniform(0.35, 1.0)) ** 1.2
        houses.rectangle((x, top, x + wide, height), 255)
        if chance.random() < 0.3:
            houses.rectangle((x + wide * 0.3, top - high * 0.1, x + wide * 0.6, height), 255)
        for y in np.arange(top + step, height, step * 1.7):
            for u in np.arange(x + step * 0.7, x + wide - step * 0.7, step * 1.5):
                panes.rectangle((u, y, u + step * 0.35, y + step * 0.5), 200)
        x += wide + float(chance.uniform(0, 0.006)) * width
    cover, shine = (np.asarray(layer, np.float32) / 255 for layer in layers)
    return cover, shine


def _drawn(size: tuple[int, int], draws: Callable[[Pen], None]) -> Plane:
    """At twice the size, or slanting lines would be stairs."""
    layer = Image.new("L", (size[0] * 2, size[1] * 2))
    draws(ImageDraw.Draw(layer))
    return np.asarray(layer.resize(size, Image.Resampling.BOX), np.float32) / 255


def _minarets(pen: Pen, width: int, height: int, shore: int, chance: np.random.Generator) -> None:
    high = height * 0.24
    slim = high * 0.045
    for x in (float(place) * width for place in chance.uniform(0.1, 0.85, 3)):
        pen.rectangle((x - slim, shore - high * 0.8, x + slim, shore), 255)
        pen.rectangle((x - slim * 1.8, shore - high * 0.62, x + slim * 1.8, shore - high * 0.58), 255)
        pen.polygon([(x - slim, shore - high * 0.8), (x, shore - high), (x + slim, shore - high * 0.8)], 255)
        pen.pieslice(
            (x + high * 0.12, shore - high * 0.38, x + high * 0.48, shore - high * 0.08), 180, 360, 255
        )
        pen.rectangle((x + high * 0.08, shore - high * 0.23, x + high * 0.52, shore), 255)


def _cranes(pen: Pen, width: int, height: int, shore: int, chance: np.random.Generator) -> None:
    for place in (0.14, 0.36, 0.62, 0.82):
        x, high = (
            (place + float(chance.uniform(-0.04, 0.04))) * width,
            height * float(chance.uniform(0.36, 0.5)),
        )
        way, slim = (-1 if chance.random() < 0.5 else 1), max(3, round(high * 0.016))
        leg, top, head = high * 0.14, shore - high * 0.55, (x + high * 0.03, shore - high * 0.86)
        pen.line(
            [(x - leg, shore), (x - leg * 0.75, top), head, (x + leg * 0.75, top), (x + leg, shore)],
            255,
            slim,
        )
        pen.line([(x - leg, shore - high * 0.2), (x + leg, shore - high * 0.2)], 255, slim)
        pen.line([(x - way * high * 0.35, top), (x + way * high * 0.72, top)], 255, slim + 2)
        for end in (-0.33, 0.35, 0.7):
            pen.line([head, (x + way * high * end, top)], 255, max(2, slim // 2))
    pen.rectangle((0, shore - height * 0.012, width, shore), 255)


def _bridge(pen: Pen, width: int, height: int, shore: int, _chance: np.random.Generator) -> None:
    """Hung between two towers, running away to the right."""

    def point(along: float, up: float) -> tuple[float, float]:
        near = 1 / (0.6 + along * 0.9)
        return width * (1.12 - 0.75 * near), shore - up * near * height * 0.34

    pen.line([point(step / 40 * 3.2 - 0.25, 0.2) for step in range(41)], 255, 12)
    for tower in (0.12, 1.3):
        pen.line([point(tower, 0), point(tower, 1)], 255, round(16 / (0.6 + tower)))
    for start, stop in ((-0.7, 0.12), (0.12, 1.3), (1.3, 2.5)):
        cable = []
        for step in range(25):
            share = step / 24
            hang = (2 * share - 1) ** 2 if start == 0.12 else share**2 if start < 0 else (1 - share) ** 2
            cable.append(point(start + (stop - start) * share, 0.24 + 0.76 * hang))
            pen.line([point(start + (stop - start) * share, 0.2), cable[-1]], 120, 1)
        pen.line(cable, 255, 4)


def _water(picture: Plane, shore: int, light: Light) -> None:
    height, width = picture.shape[:2]
    rows = np.arange(height - shore, dtype=np.float32)[:, None]
    columns = np.arange(width, dtype=np.float32)[None, :]
    depth = 260 / (rows + 3)
    ripple = noise.near(noise.cloudy(7, 1.4), (columns - width / 2) * depth * 0.12, depth * 26 + 0 * columns)
    ripple = ripple + 0.6 * noise.near(noise.cloudy(6), columns * 0.5 + 0 * rows, rows * 2.5 + 0 * columns)
    above = np.clip(shore - 1 - rows * 0.92 + ripple * (2 + rows * 0.06), 0, shore - 1).astype(np.int32)
    across = np.clip(columns + ripple * (1 + rows * 0.015), 0, width - 1).astype(np.int32)
    deep = np.clip(rows / (height - shore) * 0.55 + ripple * 0.08, 0, 1)
    picture[shore:] = mix(
        picture[above, across] * np.float32(0.82), rgb(light.zenith) * 0.25, deep[..., None]
    )


MARKS: dict[str, Callable[[Pen, int, int, int, np.random.Generator], None]] = {
    "minarets": _minarets,
    "cranes": _cranes,
    "bridge": _bridge,
}
