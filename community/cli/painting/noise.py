"""Noise in tiles that repeat, each made once: clouds, crests and dunes are looked up in them by place."""

from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

Plane = npt.NDArray[Any]
"""Numbers of 32 bits in rows and columns; with a third dimension, the colours of a picture."""
SIDE = 1024
_LAST = SIDE - 1


@cache
def cloudy(seed: int, slope: float = 2.2, least: float = 1, most: float = SIDE / 2) -> Plane:
    """About -1 to 1. The steeper the ``slope`` of its spectrum the softer; from ``least`` to ``most`` waves a side."""
    chance = np.random.default_rng(seed)
    waves = np.fft.rfft2(chance.standard_normal((SIDE, SIDE), dtype=np.float32))
    down = np.fft.fftfreq(SIDE).astype(np.float32)[:, None] * SIDE
    across = np.fft.rfftfreq(SIDE).astype(np.float32)[None, :] * SIDE
    often = np.hypot(down, across)
    waves *= np.where((often < least) | (often > most), 0, np.maximum(often, 1) ** (-slope / 2))
    return _even(np.fft.irfft2(waves, s=(SIDE, SIDE)))


@cache
def ridged(seed: int) -> Plane:
    """Crests that branch: each octave only where the one before stands high."""
    total, weight = np.zeros((SIDE, SIDE), np.float32), np.ones((SIDE, SIDE), np.float32)
    for octave in range(5):
        waves = 2.0 ** (octave + 1)
        crest = np.clip(1 - np.abs(cloudy(seed * 31 + octave, 2.0, waves, waves * 2.5)) * 1.1, 0, 1) ** 2
        total += crest * weight * 0.48**octave
        weight = np.clip(crest * 1.6, 0, 1)
    return _even(total)


@cache
def dunes(seed: int) -> Plane:
    """Waves of sand: a long slope to windward, a short one in the lee."""
    rows = np.linspace(0, 1, SIDE, endpoint=False, dtype=np.float32)[:, None]
    bend, swell = cloudy(seed, 3.4, 1, 20), cloudy(seed + 1, 3.0, 1, 40)
    phase = np.mod(rows * 6 + bend * 1.1 + swell * 0.1, 1)
    wave = smooth(np.where(phase < 0.7, phase / 0.7, (1 - phase) / 0.3))
    return _even(wave * np.clip(0.55 + 0.45 * swell, 0.1, 1.4) + 0.5 * bend)


def at(tile: Plane, x: Plane, y: Plane) -> Plane:
    """Smoothly between the tile's points, which are 1 apart."""
    column, row = np.floor(x), np.floor(y)
    right, down = (x - column).astype(np.float32), (y - row).astype(np.float32)
    column, row = column.astype(np.int32), row.astype(np.int32)
    first, second = (row & _LAST) * SIDE, ((row + 1) & _LAST) * SIDE
    column, following = column & _LAST, (column + 1) & _LAST
    points = tile.ravel()
    above, below = points[first + column], points[second + column]
    above += (points[first + following] - above) * right
    below += (points[second + following] - below) * right
    return mix(above, below, down)


def near(tile: Plane, x: Plane, y: Plane) -> Plane:
    """The tile's nearest points: rougher than ``at``, and ten times as quick."""
    return tile.ravel()[(y.astype(np.int32) & _LAST) * SIDE + (x.astype(np.int32) & _LAST)]


def mix(first: Any, second: Any, share: Any) -> Any:
    """From ``first``, where the share is 0, to ``second``."""
    found = (second - first) * share
    found += first
    return found


def smooth(share: Any) -> Any:
    """From 0 to 1 without corners; what lies beyond is cut off."""
    share = np.clip(share, 0, 1)
    return share * share * (3 - 2 * share)


def _even(plane: Plane) -> Plane:
    plane = (plane - plane.mean()).astype(np.float32)
    return plane / (plane.std() * np.float32(2.2))
