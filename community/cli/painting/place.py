"""A place in the country: its land, its road, its light and its air, and the picture of it that is being made."""

from dataclasses import dataclass

import numpy as np

from community.cli.painting import land, noise, relief, sky
from community.cli.painting.light import Light, rgb
from community.cli.painting.noise import Plane, mix, smooth

THIN_AIR = 450
"""Up there a third of the haze is left."""


@dataclass(frozen=True)
class Road:
    """``half`` of its width; ``bends`` are how far it swings to the sides, near and far."""

    kind: str = "asphalt"
    half: float = 3.3
    bends: tuple[float, float] = (14, 70)


@dataclass(frozen=True)
class Scene:
    """``soils`` are the colours of low ground, of its dry patches and of rock; ``woods`` that of the forest.

    ``forest`` and ``snow`` are how much of the land they cover, snow from the heights down. ``tall`` multiplies the
    heights.
    """

    relief: str
    soils: tuple[str, str, str]
    eye: float = 6.0
    horizon: float = 0.42
    tall: float = 1.0
    road: Road = Road()
    forest: float = 0.0
    woods: str = "33441f"
    snow: float = 0.0
    has_fields: bool = False

    @property
    def is_grassy(self) -> bool:
        return self.relief != "sands" and self.snow < 1

    @property
    def is_coast(self) -> bool:
        return self.relief == "coast"


class Place:
    """``picture`` begins as the sky alone. ``spot`` is where in the noise this place lies."""

    def __init__(self, scene: Scene, light: Light, size: tuple[int, int], seed: int) -> None:
        self.scene, self.light = scene, light
        self.chance = np.random.default_rng(seed)
        self.spot = (int(self.chance.integers(noise.SIDE)), int(self.chance.integers(noise.SIDE)))
        self._turn = float(self.chance.uniform(0, 6.3))
        eye, far = scene.eye + relief.OVER_THE_SEA * scene.is_coast, 60_000.0 if scene.is_coast else 9_000.0
        self.view = land.View(size, eye=eye, horizon=scene.horizon, far=far)
        beside = self.beside(self.view.x, self.view.z)
        self.heights = relief.RELIEFS[scene.relief](self.view, beside, self.spot, scene.tall)
        self.trees = self._grown(beside)
        self.seen = land.Seen(self.view, self.heights + self.trees)
        self.picture = sky.draw(*size, self.view.horizon, light, seed)

    def road_at(self, z: float) -> float:
        """How far right the middle of the road is."""
        return float(self._middle(np.float32(z)))

    def beside(self, x: Plane, z: Plane) -> Plane:
        """How far right of the middle of the road."""
        near, far = self.scene.road.bends
        lean = near / 85 * np.cos(z / 85 + self._turn) + far / 430 * np.cos(z / 430 + self._turn * 2)
        return (x - self._middle(z)) / np.sqrt(1 + lean**2)

    def aired(self, colour: Plane, depth: Plane | float, columns: Plane, up: Plane | float = 0.0) -> Plane:
        """A colour with the air before it, which thins ``up`` from the eye."""
        thin = np.maximum(np.float32(1) * up, 1) / THIN_AIR
        share = 1 - np.exp(-self.light.density * 0.0009 * depth * (1 - np.exp(-thin)) / thin)
        return mix(colour, self._air(columns), share[..., None])

    def _air(self, columns: Plane) -> Plane:
        if self.light.is_behind:
            return rgb(self.light.haze)
        sun, _ = sky.sun_at(self.light, self.view.width, self.view.height, self.view.horizon)
        toward = np.exp(-np.abs(columns - sun) / self.view.width * 2.2) * 0.8
        return mix(rgb(self.light.haze), rgb(self.light.glow), toward[..., None])

    def _middle(self, z: Plane | np.float32) -> Plane:
        near, far = self.scene.road.bends
        close = near * np.sin(z / 85 + self._turn) * np.minimum(1, z / 110)
        return close + far * np.sin(z / 430 + self._turn * 2) * np.minimum(1, z / 500)

    def _grown(self, beside: Plane) -> Plane:
        """How tall the forest is: each slice of the view has its own row of trees."""
        view = self.view
        if not self.scene.forest:
            return np.zeros_like(view.x)
        where = noise.cloudy(relief.SOFT, 2.6)
        wood = noise.at(where, view.x * 0.35 + self.spot[0], view.z * 0.35 + self.spot[1])
        wood = smooth((wood + self.scene.forest * 2 - 1) * 3) * smooth((np.abs(beside) - 9) / 16)
        rows = np.arange(land.SLICES, dtype=np.float32)[:, None]
        crowns = noise.near(
            noise.cloudy(relief.ROUGH, 1.4), view.x * 0.55 + rows * 137, rows * 61 + 0 * view.x
        )
        wood = wood * smooth((view.z - 110) / 160) * np.clip(8 + 7 * crowns, 1, 20)
        return np.where(self.heights > 1, wood, 0) if self.scene.is_coast else wood
