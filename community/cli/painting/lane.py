"""A narrow lane between houses, or a tunnel through rock: how far each line of sight goes until it meets a wall."""

from dataclasses import dataclass

import numpy as np

from community.cli.painting import noise, sky
from community.cli.painting.light import Light, rgb
from community.cli.painting.noise import Plane, mix, smooth
from community.cli.painting.standing import spill

EYE = 1.7
HOUSE, STOREY, WINDOW = 5.2, 3.0, 2.6
LAMPS = 9


@dataclass(frozen=True)
class Lane:
    """``half`` its width. ``walls`` are the colours of its houses; none for a tunnel. ``lamps`` hang so far apart.

    ``lit`` is how many windows are, ``wet`` how much of the ground mirrors: both 0 to 1.
    """

    half: float = 2.3
    walls: tuple[str, ...] = ()
    lamps: float = 14
    glow: str = "ffb866"
    bright: float = 3.0
    lit: float = 0.25
    wet: float = 0.5
    floor: str = "6b665f"


@dataclass(frozen=True)
class _Rays:
    """For each pixel: how far right and down it looks, how far that is, and whether it ends on the ground."""

    across: Plane
    down: Plane
    depth: Plane
    is_floor: Plane
    focus: float
    horizon: float

    @property
    def x(self) -> Plane:
        return self.across * self.depth

    @property
    def up(self) -> Plane:
        return EYE - self.down * self.depth


def draw(size: tuple[int, int], light: Light, lane: Lane, seed: int) -> Plane:
    chance = np.random.default_rng(seed)
    rays = _rays(size, lane, float(chance.uniform(-0.06, 0.06)))
    sky_behind = sky.draw(*size, rays.horizon, light, seed)
    colour, windows, is_wall = _houses(lane, rays, chance) if lane.walls else _rock(rays)
    along = np.where(rays.is_floor, rays.x, rays.up)
    rough = noise.near(noise.cloudy(8, 1.6), rays.depth * 18, along * 22)
    fine = noise.near(noise.cloudy(9), rays.x * 9, rays.depth * 9)
    ground = rgb(lane.floor) * (1 + 0.35 * rough + 0.15 * fine)[..., None]
    colour = np.where(rays.is_floor[..., None], ground, colour * (1 + 0.22 * rough)[..., None])
    day = light.ambient * rgb(light.shade) * (0.6 + 0.4 * np.exp(-rays.depth / 60))[..., None]
    shown = colour * (day + _lamplight(lane, rays)) + windows[..., None] * rgb("ffc477") * np.float32(1.6)
    air = mix(rgb(light.haze), rgb(lane.glow), 0.25 if lane.lamps else 0.0) * (0.5 + 0.5 * light.ambient)
    shown = mix(shown, air, (1 - np.exp(-rays.depth * light.density / 90))[..., None])
    picture = np.where((rays.is_floor | is_wall)[..., None], shown, sky_behind).astype(np.float32)
    for x, up, z in _hung(lane):
        column = (x / z + float(-rays.across[0, 0])) * rays.focus
        bright = rgb(lane.glow) * (lane.bright * 2.2)
        spill(
            picture,
            column,
            rays.horizon - (up - EYE) * rays.focus / z,
            max(1.5, 0.13 * rays.focus / z),
            bright,
        )
    if lane.wet:
        _mirror(picture, rays, lane.wet)
    return picture


def _rays(size: tuple[int, int], lane: Lane, aside: float) -> _Rays:
    width, height = size
    horizon, focus = height * 0.52, 0.9 * max(size)
    across = (np.arange(width, dtype=np.float32)[None, :] - width * (0.5 + aside)) / focus
    down = (np.arange(height, dtype=np.float32)[:, None] - horizon) / focus
    ground = EYE / np.maximum(down, 1e-4)
    from_axis = np.abs(across) + 0 * down if lane.walls else np.hypot(across, down)
    wall = lane.half / np.maximum(from_axis, 1e-4)
    depth = np.minimum(np.minimum(ground, wall), 400).astype(np.float32)
    return _Rays(across, down, depth, ground <= wall, focus, horizon)


def _houses(lane: Lane, rays: _Rays, chance: np.random.Generator) -> tuple[Plane, Plane, Plane]:
    """Colours of the walls, how brightly windows shine, and where houses are at all."""
    dice = chance.random((4, 512), dtype=np.float32)
    number = np.floor(rays.depth / HOUSE).astype(np.int32) + np.where(rays.across < 0, 0, 71)
    up = rays.up
    # Far away there are too many of them for a picture, and their roofs would be spires.
    storeys = np.where(rays.depth > 60, 3, 2 + np.floor(dice[1][number % 512] * 3))
    along, storey, above = np.mod(rays.depth, HOUSE), np.floor(np.maximum(up, 0) / STOREY), np.mod(up, STOREY)
    beside = np.abs(np.mod(along, WINDOW) - WINDOW / 2)
    pane = (beside < 0.5) & (np.abs(above - 1.6) < 0.72) & (storey >= 1)
    frame = (beside < 0.62) & (np.abs(above - 1.6) < 0.85) & (storey >= 1)
    door = (np.abs(along - HOUSE / 2) < 1.5) & (up < 2.5) & (dice[2][number % 512] > 0.3)
    which = (number * 17 + np.floor(along / WINDOW) * 5 + storey * 31).astype(np.int32)
    lit = pane & (dice[3][which % 512] < lane.lit)
    bars = 0.55 + 0.45 * (np.abs(np.mod(along * WINDOW, 1) - 0.5) > 0.08)
    paints = np.stack([rgb(code) for code in lane.walls])
    colour = paints[(dice[0][number % 512] * len(paints)).astype(np.int32)]
    colour *= (1 - 0.45 * np.exp(-np.maximum(up, 0) / 0.7) - 0.25 * (above < 0.12))[..., None]
    colour[frame] *= 0.7
    colour[pane] = rgb("3a3f44") * 0.6
    colour[door] *= np.stack([rgb("6b4a34"), rgb("3d5a52"), rgb("4a5670")])[number[door] % 3]
    return colour, np.where(lit, bars, 0).astype(np.float32), up < storeys * STOREY


def _rock(rays: _Rays) -> tuple[Plane, Plane, Plane]:
    turn = np.arctan2(rays.down, rays.across)
    lumps = noise.at(noise.cloudy(9), turn * 160, rays.depth * 16)
    lumps = lumps + noise.near(noise.ridged(3), turn * 260, rays.depth * 22)
    return rgb("8a7762") * (0.75 + 0.4 * lumps)[..., None], np.zeros_like(rays.depth), rays.depth < 180


def _hung(lane: Lane) -> list[tuple[float, float, float]]:
    """Where the lamps are; nowhere by day."""
    if not lane.lamps:
        return []
    aside, up = (lane.half * 0.8, 4.4) if lane.walls else (0.0, lane.half + EYE - 0.6)
    places = [9 + number * lane.lamps for number in range(LAMPS)]
    return [(aside * (1 if number % 2 else -1), up, z) for number, z in enumerate(places) if z < 150]


def _lamplight(lane: Lane, rays: _Rays) -> Plane:
    glow = np.zeros_like(rays.depth)
    x, up = rays.x, rays.up
    for lamp in _hung(lane):
        glow += 1 / ((x - lamp[0]) ** 2 + (up - lamp[1]) ** 2 + (rays.depth - lamp[2]) ** 2 + 1.5)
    return (glow * np.float32(lane.bright * 2.6))[..., None] * rgb(lane.glow)


def _mirror(picture: Plane, rays: _Rays, wet: float) -> None:
    height, width = picture.shape[:2]
    rows, columns = np.arange(height, dtype=np.float32)[:, None], np.arange(width)[None, :]
    ripple = noise.near(noise.cloudy(7, 1.4), columns * 0.7 + 0 * rows, rays.depth * 9)
    above = np.clip(2 * rays.horizon - rows + ripple * 7, 0, height - 1).astype(np.int32)
    pools = noise.near(noise.cloudy(9, 2.6), rays.depth * 9, columns / width * 90 + 0 * rows)
    share = rays.is_floor * wet * (0.15 + 0.75 * smooth(pools * 1.6 + 0.3 + wet))
    picture += (picture[above, columns] * np.float32(0.85) - picture) * np.clip(share, 0, 0.9)[..., None]
