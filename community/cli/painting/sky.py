"""The sky: its gradient, the sun or the moon, a layer of clouds, and stars."""

import numpy as np

from community.cli.painting import noise
from community.cli.painting.light import Light, rgb
from community.cli.painting.noise import Plane, mix, smooth


def sun_at(light: Light, width: int, height: int, horizon: float) -> tuple[float, float]:
    """Column and row."""
    return width * (0.5 + light.side), horizon - light.height * height


def draw(width: int, height: int, horizon: float, light: Light, seed: int) -> Plane:
    """A whole picture of it: below the horizon it goes on in the horizon's colour. Soft, so half the size will do."""
    rows = np.arange(0, height, 2, dtype=np.float32)[:, None]
    columns = np.arange(0, width, 2, dtype=np.float32)[None, :]
    rise = np.clip((horizon - rows) / height, 0, 1)
    sky = mix(rgb(light.horizon), rgb(light.zenith), (1 - np.exp(-rise * 3.4))[..., None])
    sky = np.repeat(sky, columns.size, axis=1)
    sun = sun_at(light, width, height, horizon)
    if not light.is_behind:
        _shine(sky, light, (columns - sun[0]) / width, (rows - sun[1]) / width)
    if light.clouds:
        last = min(len(rows), int(horizon / 2) + 2)
        _clouds(sky[:last], rise[:last], columns / width - 0.5, light, sun[0] / width - 0.5, seed)
    whole = sky.repeat(2, axis=0)[:height].repeat(2, axis=1)[:, :width]
    whole[:, 1:-1] = (whole[:, :-2] + whole[:, 1:-1] + whole[:, 2:]) / 3
    if light.stars:
        _stars(whole[: int(horizon)], light.stars, seed)
    return whole


def _shine(sky: Plane, light: Light, across: Plane, down: Plane) -> None:
    far = np.sqrt(across**2 + down**2)
    halo = np.exp(-np.sqrt(across**2 * 0.7 + down**2 * 1.6) * 5.5)
    sky += halo[..., None] * (rgb(light.glow) * (light.strength * 0.42))
    if light.height > 0:
        disc = np.exp(-(far**2) * 2600) + smooth(1.6 - far * 90) * 0.6
        sky += disc[..., None] * (rgb(light.sun) * (light.strength * 3 + 0.8))


def _clouds(sky: Plane, rise: Plane, across: Plane, light: Light, sun: float, seed: int) -> None:
    """A layer overhead, looked up where the line of sight meets it."""
    depth = 1 / (rise + 0.045)
    x = across * depth * 130 + seed * 97 % 1024
    y = depth * 150 + seed * 57 % 1024 + 0 * across
    soft = noise.cloudy(5, 2.9)
    thick = noise.at(soft, x, y)
    lit = thick - noise.at(soft, x + (7 if sun > 0 else -7), y - 9)
    thick = thick + 0.28 * noise.near(noise.cloudy(6), x * 4, y * 4)
    least = 1.0 - 2.0 * light.clouds
    cover = smooth((thick - least) / 0.75) * (np.clip(rise * 14, 0, 1) * 0.5 + 0.5) * 0.93
    bright = np.clip(0.62 + lit * 0.5 - np.clip((thick - least) / 1.6, 0, 1) * 0.38, 0.05, 1.3)
    bright *= 0.85 if light.is_behind else 0.65 + 0.5 * np.exp(-((across - sun) ** 2) * 7)
    horizon = rgb(light.horizon)
    dark = mix(horizon, rgb(light.zenith), 0.45) * 0.8
    white = rgb(light.sun) * (0.45 + 0.36 * light.strength) + horizon * 0.25
    colour = mix(dark, white, bright[..., None])
    colour = mix(colour, horizon, np.exp(-rise * 9)[..., None] * 0.6)
    sky += (colour - sky) * cover[..., None]


def _stars(sky: Plane, much: float, seed: int) -> None:
    """Few bright and many faint ones, and the Milky Way across."""
    height, width = sky.shape[:2]
    chance = np.random.default_rng(seed)
    number = int(width * height / 900 * much)
    rows, columns = chance.integers(0, height, number), chance.integers(0, width, number)
    bright = (chance.pareto(1.7, number).clip(0, 12) * 0.2 + 0.05) * much * (1 - rows / height * 0.75)
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    across = (x - width * 0.62 + (y - height * 0.5) * 0.75) / width
    veil = np.clip(0.55 + noise.near(noise.cloudy(5, 2.9), x * 0.7, y * 0.7), 0, 2)
    sky += (np.exp(-((across * 5.5) ** 2)) * veil * (1 - y / height) * 0.05 * much)[..., None] * rgb("cfd4ff")
    shown = (bright[:, None] * chance.uniform(0.8, 1.15, (number, 3))).astype(np.float32)
    np.add.at(sky, (rows, columns), shown)
    # A pixel is too small for the bright ones.
    np.add.at(sky, (np.minimum(rows + 1, height - 1), columns), shown * 0.6)
    np.add.at(sky, (rows, np.minimum(columns + 1, width - 1)), shown * 0.6)
