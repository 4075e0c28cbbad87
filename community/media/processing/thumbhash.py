"""ThumbHash: some twenty bytes that hold a photo's colours and shapes, to stand in its place until it is there.

The format is Evan Wallace's (https://evanw.github.io/thumbhash/), here for photos without transparency: brightness and
two differences of colour, each as an average and the strengths of a few waves across. No package does it for us: one
decodes wrongly, one keeps Pillow below version 11, and one is compiled code in its first release.
"""

import math
import operator
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

MOST_WAVES = 7
"""Along the longer side, of brightness; COLOUR_WAVES along both of colour."""
COLOUR_WAVES = 3
MORE_COLOUR = 1.25
"""The format's own boost of what averages have made pale."""
HEAD = 5

Pixel = tuple[int, int, int]
Waves = list[list[float]]


class Wrong(ValueError):
    """It is no ThumbHash, or one with transparency."""


class _Channel(NamedTuple):
    """``waves`` run from 0 to 1, in units of ``scale`` about the ``mean``."""

    mean: float
    scale: float
    waves: list[float]


def encode(width: int, height: int, rgb: bytes) -> bytes:
    """Of at most 100 pixels a side: more costs time and changes nothing. Three bytes a pixel, row by row."""
    longest, is_landscape = max(width, height), width > height
    across, down = (max(1, _round(MOST_WAVES * side / longest)) for side in (width, height))
    parts = [part / 255 for part in rgb]
    colours = list(zip(parts[::3], parts[1::3], parts[2::3], strict=True))
    light, yellow, red = (
        _analysed([channel(*colour) for colour in colours], width, height, max(3, nx), max(3, ny))
        for channel, nx, ny in (
            (lambda r, g, b: (r + g + b) / 3, across, down),
            (lambda r, g, b: (r + g) / 2 - b, COLOUR_WAVES, COLOUR_WAVES),
            (lambda r, g, b: r - g, COLOUR_WAVES, COLOUR_WAVES),
        )
    )
    head = (
        _round(63 * light.mean)
        | _round(31.5 + 31.5 * yellow.mean) << 6
        | _round(31.5 + 31.5 * red.mean) << 12
        | _round(31 * light.scale) << 18
        | (down if is_landscape else across) << 24
        | _round(63 * yellow.scale) << 27
        | _round(63 * red.scale) << 33
        | is_landscape << 39
    )
    halves = [_round(15 * wave) for channel in (light, yellow, red) for wave in channel.waves]
    halves += [0] * (len(halves) % 2)
    pairs = zip(halves[::2], halves[1::2], strict=True)
    return head.to_bytes(HEAD, "little") + bytes(low | high << 4 for low, high in pairs)


def decode(hashed: bytes, longest: int) -> tuple[int, int, list[Pixel]]:
    """(width, height, pixels), the longer side ``longest`` pixels. Raises Wrong."""
    head = _head(hashed)
    is_landscape, fewer = bool(head >> 39 & 1), max(1, head >> 24 & 7)
    across, down = (MOST_WAVES, fewer) if is_landscape else (fewer, MOST_WAVES)
    width, height = (max(1, _round(longest * side / MOST_WAVES)) for side in (across, down))
    halves = (half / 7.5 - 1 for byte in hashed[HEAD:] for half in (byte & 15, byte >> 4))
    light, yellow, red = (
        _drawn(mean, _table(halves, scale, nx, ny), width, height)
        for mean, scale, nx, ny in (
            ((head & 63) / 63, (head >> 18 & 31) / 31, max(3, across), max(3, down)),
            ((head >> 6 & 63) / 31.5 - 1, MORE_COLOUR * (head >> 27 & 63) / 63, COLOUR_WAVES, COLOUR_WAVES),
            ((head >> 12 & 63) / 31.5 - 1, MORE_COLOUR * (head >> 33 & 63) / 63, COLOUR_WAVES, COLOUR_WAVES),
        )
    )
    return width, height, [_pixel(*three) for three in zip(light, yellow, red, strict=True)]


def average(hashed: bytes) -> Pixel:
    """Raises Wrong."""
    head = _head(hashed)
    return _pixel((head & 63) / 63, (head >> 6 & 63) / 31.5 - 1, (head >> 12 & 63) / 31.5 - 1)


def _head(hashed: bytes) -> int:
    head = int.from_bytes(hashed[:HEAD], "little")
    if len(hashed) < HEAD or head >> 23 & 1:
        raise Wrong
    return head


def _analysed(values: Sequence[float], width: int, height: int, nx: int, ny: int) -> _Channel:
    """First each row on its own, then down the columns of what came out: a twentieth of the work."""
    along, down = _cosines(width, nx), _cosines(height, ny)
    rows = [values[start : start + width] for start in range(0, width * height, width)]
    narrow = [[_product(row, wave) for wave in along] for row in rows]
    columns = list(zip(*narrow, strict=True))
    found = [_product(columns[cx], down[cy]) / (width * height) for cy, cx in _places(nx, ny, with_mean=True)]
    mean, *waves = found
    scale = max(map(abs, waves))
    return _Channel(mean, scale, [0.5 + 0.5 * wave / scale if scale else 0.0 for wave in waves])


def _table(halves: Iterator[float], scale: float, nx: int, ny: int) -> Waves:
    waves = [[0.0] * nx for _ in range(ny)]
    for cy, cx in _places(nx, ny, with_mean=False):
        half = next(halves, None)
        if half is None:
            raise Wrong
        waves[cy][cx] = 2 * half * scale
    return waves


def _drawn(mean: float, waves: Waves, width: int, height: int) -> Iterator[float]:
    nx, ny = len(waves[0]), len(waves)
    along = list(zip(*_cosines(width, nx), strict=True))
    for down in zip(*_cosines(height, ny), strict=True):
        row = [sum(waves[cy][cx] * down[cy] for cy in range(ny)) for cx in range(nx)]
        for here in along:
            yield mean + _product(row, here)


def _places(nx: int, ny: int, *, with_mean: bool) -> Iterator[tuple[int, int]]:
    """(down, across): a triangle, for the quickest waves across are not quick down as well."""
    for cy in range(ny):
        for cx in range(nx):
            if cx * ny < nx * (ny - cy) and (with_mean or cx or cy):
                yield cy, cx


def _cosines(length: int, count: int) -> list[list[float]]:
    return [[math.cos(math.pi / length * n * (at + 0.5)) for at in range(length)] for n in range(count)]


def _product(some: Iterable[float], others: Iterable[float]) -> float:
    return math.fsum(map(operator.mul, some, others))


def _pixel(light: float, yellow: float, red: float) -> Pixel:
    b = light - 2 / 3 * yellow
    r = (3 * light - b + red) / 2
    red_, green, blue = (min(255, max(0, _round(255 * one))) for one in (r, r - red, b))
    return red_, green, blue


def _round(number: float) -> int:
    """Halves upwards, as the format's first implementation does."""
    return math.floor(number + 0.5)
