"""Land as a camera sees it: heights on a fan of lines of sight, and for each pixel the place it shows.

The fan has a slice for each distance, farther apart the farther away, and a column for every second pixel. A pixel
shows the first slice that reaches up to it, so that what stands in front hides what is behind.
"""

import numpy as np

from community.cli.painting.noise import Plane

SLICES = 380
NEAREST = 3.0


class View:
    """From ``eye`` above nought, level, along z; x is to the right. ``horizon`` is a share of the picture's height."""

    def __init__(self, size: tuple[int, int], *, eye: float, horizon: float, far: float) -> None:
        self.width, self.height = size
        self.eye, self.horizon, self.focus = eye, horizon * self.height, 0.95 * max(size)
        self.growth = float(np.log(far / NEAREST)) / (SLICES - 1)
        distances = NEAREST * np.exp(np.arange(SLICES, dtype=np.float32) * self.growth)
        columns = np.arange(0, self.width + 2, 2, dtype=np.float32) - self.width / 2
        self.z = np.repeat(distances[:, None], len(columns), axis=1)
        self.x = columns[None, :] * self.z / self.focus

    def place(self, x: float, y: float, z: float) -> tuple[float, float, float]:
        """Column and row of a point, and how many pixels a metre has there."""
        scale = self.focus / z
        return self.width / 2 + x * scale, self.horizon - (y - self.eye) * scale, scale

    def level(self, heights: Plane, x: float, z: float) -> float | None:
        """How high the ground is at a place; None where it cannot be seen."""
        row = int(np.clip(np.log(z / NEAREST) / self.growth, 1, SLICES - 1))
        column = int((x * self.focus / z + self.width / 2) / 2)
        if not 0 <= column < heights.shape[1]:
            return None
        rise = (heights[: row + 1, column] - self.eye) / self.z[: row + 1, column]
        return float(heights[row, column]) if rise[row] >= rise[:row].max() - 0.004 else None


class Seen:
    """Which place each pixel shows, from the row ``top`` down; ``sky`` where it shows none."""

    def __init__(self, view: View, heights: Plane) -> None:
        self._columns = heights.shape[1]
        reach = np.maximum.accumulate(view.focus * (heights - view.eye) / view.z, axis=0)
        self.top = int(np.clip(view.horizon - reach[-1].max() - 1, 0, view.height - 2))
        rows = view.horizon - np.arange(self.top, view.height) - 0.5
        across = np.empty((view.width, SLICES), np.float32)
        across[0::2], across[1::2] = reach.T[:-1], (reach.T[:-1] + reach.T[1:]) / 2
        steps = np.arange(SLICES)
        found = np.empty((view.width, len(rows)), np.float32)
        for column in range(view.width):
            found[column] = np.interp(rows, across[column], steps, right=SLICES)
        found = np.ascontiguousarray(found.T)
        self.sky = found >= SLICES - 1
        found = np.minimum(found, SLICES - 1.001)
        first = found.astype(np.int32)
        self._between = found - first
        self._at = first * self._columns + (np.arange(view.width, dtype=np.int32) // 2)
        self.rows = np.arange(self.top, view.height, dtype=np.float32)[:, None]
        self.columns = np.arange(view.width, dtype=np.float32)[None, :]
        self.depth = NEAREST * np.exp(found * np.float32(view.growth))
        self.x = (self.columns - view.width / 2) * self.depth / view.focus

    def of(self, grid: Plane) -> Plane:
        """What the fan's grid holds where each pixel is."""
        points = np.ascontiguousarray(grid, np.float32).ravel()
        found, following = points[self._at], points[self._at + self._columns]
        return found + (following - found) * self._between


def shone_on(view: View, heights: Plane, toward: tuple[float, float, float]) -> tuple[Plane, Plane]:
    """How directly light from there meets the ground, and how level that is: both 0 to 1."""
    across = np.gradient(heights, axis=1) / np.gradient(view.x, axis=1)
    away = np.gradient(heights, axis=0) / np.gradient(view.z[:, 0])[:, None]
    away = away - across * (view.x / view.z)  # a column runs outwards with distance
    level = 1 / np.sqrt(1 + across**2 + away**2)
    direct = (toward[1] - across * toward[0] - away * toward[2]) * level
    return np.clip(direct / float(np.linalg.norm(toward)), 0, 1), level
