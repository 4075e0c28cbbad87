"""Shapes of land, as heights over a view's fan. All keep off the road."""

from collections.abc import Callable

import numpy as np

from community.cli.painting import noise
from community.cli.painting.land import View
from community.cli.painting.noise import Plane, smooth

Spot = tuple[int, int]
Relief = Callable[[View, Plane, Spot, float], Plane]
"""Of a view, how far right of the road its points are, where in the noise to look, and how tall."""
SOFT, ROUGH = 9, 8
OVER_THE_SEA = 34.0
"""Where the road begins on a coast."""


def _plain(view: View, beside: Plane, spot: Spot, tall: float) -> Plane:
    far = smooth((view.z - 2500) / 4000) * (_soft(view, spot, 0.03) + 0.5) * 140 * tall
    return _roll(view, spot, 4) + _bumps(view, beside, spot, 0.5) + far


def _hills(view: View, beside: Plane, spot: Spot, tall: float) -> Plane:
    keep = smooth((np.abs(beside) - 8) / (120 + view.z * 0.05)) * smooth(view.z / 700)
    high = noise.at(noise.cloudy(SOFT, 3.4), view.x * 0.1 + spot[1], view.z * 0.1 + spot[0])
    return _roll(view, spot, 12) + _bumps(view, beside, spot, 0.8) + keep * (high + 0.6) * 105 * tall


def _mountains(view: View, beside: Plane, spot: Spot, tall: float) -> Plane:
    """A valley, with crests on both sides that grow with distance."""
    keep = smooth((np.abs(beside) - 14) / (420 + view.z * 0.12)) * smooth((view.z - 40) / 1500)
    high = (_crests(view, spot, 0.09) + 0.75) * 430 * tall * np.minimum(1.7, view.z / 2600)
    foot = smooth((np.abs(beside) - 6) / (90 + view.z * 0.05)) * (_soft(view, spot, 0.2) + 0.9) * 14
    return _roll(view, spot, 9) + _bumps(view, beside, spot, 1.0) + foot * smooth(view.z / 120) + keep * high


def _slope(view: View, beside: Plane, spot: Spot, tall: float) -> Plane:
    """A road cut into a mountain's side: up on the left, down on the right, and other mountains across the valley."""
    up = smooth((-beside - 6) / 160) * (130 + 30 * _soft(view, spot, 0.25)) * tall
    down = smooth((beside - 9) / 320) * 190
    across = smooth((beside - 500) / 1500) * (_crests(view, spot, 0.1) + 0.8) * 560
    behind = smooth((view.z - 1200) / 4500) * (_crests(view, spot[::-1], 0.07) + 0.75) * 620 * tall
    beyond = across + behind * smooth(np.abs(beside) / 900)
    return view.z * 0.028 + _roll(view, spot, 7) + _bumps(view, beside, spot, 1.5) + up - down + beyond


def _sands(view: View, _beside: Plane, spot: Spot, tall: float) -> Plane:
    waves = noise.at(noise.dunes(4), view.x * 0.8 + spot[0], view.z * 0.9 + spot[1])
    small = noise.at(noise.dunes(4), view.x * 2.1 + spot[1], view.z * 2.3 + spot[0])
    high = (waves + 0.3) * 24 * tall * smooth((view.z - 10) / 130) * (1 + view.z / 4000)
    return high + small * 0.9 * smooth(view.z / 60)


def _coast(view: View, beside: Plane, spot: Spot, tall: float) -> Plane:
    """The sea, at height nought, is on the right; the road stays some 30 m above it."""
    shore = 85 + 60 * np.sin(view.z / 420 + spot[0]) * smooth(view.z / 600) + 22 * _soft(view, spot, 0.22)
    shore += 1100 * smooth((view.z - 1500) / 2500) * smooth(np.sin(view.z / 1100 + spot[1]) * 1.5)
    inland = (shore - beside) / 75
    cliff = smooth(inland) * 42 - 8
    hill = (
        smooth((-beside - 10) / 700)
        * (_soft(view, spot, 0.14) + 0.75)
        * 190
        * tall
        * smooth((view.z - 30) / 700)
    )
    small = _bumps(view, beside, spot, 1.2) + _roll(view, spot, 5)
    return cliff + hill * (cliff > 0) + small * smooth(inland)


def _volcano(view: View, beside: Plane, spot: Spot, tall: float) -> Plane:
    """Alone over the plain."""
    far = np.hypot(view.x - (spot[0] / noise.SIDE - 0.5) * 2600, view.z - 7600) / 4300
    gullies = 1 + 0.07 * noise.at(noise.ridged(3), view.x * 0.1, view.z * 0.1)
    cone = np.clip(1 - far, 0, 1) ** 2.3 * 2500 * gullies
    crater = 2050 + 90 * _soft(view, spot, 0.6)
    return _hills(view, beside, spot, 0.35) + np.minimum(cone, crater) * tall


def _terraces(view: View, beside: Plane, spot: Spot, tall: float) -> Plane:
    """Fields in steps, as rice has them."""
    high = _hills(view, beside, spot, 0.7 * tall) + smooth((np.abs(beside) - 8) / 160) * view.z * 0.09
    step = 3.2
    stepped = (np.floor(high / step) + smooth((np.mod(high / step, 1) - 0.8) / 0.2)) * step
    far = smooth((view.z - 1800) / 2500) * (_crests(view, spot, 0.09) + 0.7) * 500
    return high + (stepped - high) * smooth((np.abs(beside) - 7) / 14) + far


def _roll(view: View, spot: Spot, much: float) -> Plane:
    """Long waves, the road's too; none at the camera's feet."""
    tile = noise.cloudy(SOFT, 3.2)
    waves = noise.at(tile, view.x * 0.16 + spot[0], view.z * 0.16 + spot[1])
    return waves * much * smooth(view.z / 260)


def _bumps(view: View, beside: Plane, spot: Spot, much: float) -> Plane:
    wild = noise.at(noise.cloudy(SOFT), view.x * 0.9 + spot[0], view.z * 0.9 + spot[1])
    return (wild * 2.2 + 0.6) * much * smooth((np.abs(beside) - 5) / (26 + view.z * 0.05))


def _soft(view: View, spot: Spot, often: float) -> Plane:
    return noise.at(noise.cloudy(SOFT, 2.6), view.x * often + spot[1], view.z * often + spot[0])


def _crests(view: View, spot: Spot, often: float) -> Plane:
    return noise.at(noise.ridged(3), view.x * often + spot[0], view.z * often + spot[1])


RELIEFS: dict[str, Relief] = {
    "plain": _plain,
    "hills": _hills,
    "mountains": _mountains,
    "slope": _slope,
    "sands": _sands,
    "coast": _coast,
    "volcano": _volcano,
    "terraces": _terraces,
}
