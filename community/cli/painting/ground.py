"""What covers the land of a place: soil, snow, forest, fields, its road and the sea."""

import numpy as np

from community.cli.painting import land, noise, relief, sky
from community.cli.painting.light import rgb
from community.cli.painting.noise import Plane, mix, smooth
from community.cli.painting.place import Place

SURFACES = {
    "asphalt": "56575b",
    "gravel": "b5a48c",
    "red": "93593c",
    "white": "d5cbb8",
    "mud": "75503a",
    "snow": "cdd6e4",
}
CROPS = ("66783c", "84924f", "b8a266", "536a38", "9c8a5a", "717f45")


def cover(place: Place) -> None:
    """Lit, and with the air before it."""
    view, seen, light = place.view, place.seen, place.light
    sun = (light.side * 2.2, max(0.14, light.height * 1.4), -0.8 if light.is_behind else 0.9)
    direct, level = land.shone_on(view, place.heights, sun)
    tint = _tint(place)
    colour = _paved(place, _soil(place, level, tint), tint)
    clouds = noise.near(noise.cloudy(relief.SOFT, 3.2), seen.x * 0.12 + place.spot[0], seen.depth * 0.12)
    lit = seen.of(direct) * (1 - 0.6 * light.clouds * smooth(clouds * 1.6 + 0.2)) * light.strength
    colour *= lit[..., None] * rgb(light.sun) + light.ambient * 1.15 * rgb(light.shade)
    if place.scene.is_coast:
        colour = _sea(place, colour)
    up = (view.horizon - seen.rows) * seen.depth / view.focus
    colour = place.aired(colour, seen.depth, seen.columns, up)
    np.copyto(place.picture[seen.top :], colour, where=~seen.sky[..., None])


def _tint(place: Place) -> Plane:
    """How the ground differs from spot to spot, about -1 to 1; near by down to blades of grass."""
    seen, view = place.seen, place.view
    patches = noise.at(noise.cloudy(relief.ROUGH, 1.6), seen.x[:, ::2] * 1.3, seen.depth[:, ::2] * 1.3)
    tint = np.repeat(patches, 2, axis=1)[:, : view.width]
    # A row of pixels goes farther than the fine noise is wide, but for the nearest ones.
    step = seen.depth**2 / (view.focus * max(2.0, view.eye - relief.OVER_THE_SEA * place.scene.is_coast))
    fine = noise.near(noise.cloudy(10, 1.2), seen.x * 14, seen.depth * 14) * np.clip(1.4 - step * 14, 0, 1)
    tint = tint + fine * 0.8
    if place.scene.is_grassy:
        leaning = seen.columns * 0.7 + seen.rows * 0.21
        blades = noise.near(noise.cloudy(11, 1.5), leaning, seen.rows * 0.3 + 0 * seen.columns)
        tint += blades * 0.8 * np.clip(1.2 - seen.depth / 90, 0, 1)
    return tint


def _soil(place: Place, level: Plane, tint: Plane) -> Plane:
    scene, seen, view = place.scene, place.seen, place.view
    low, dry, rock = (rgb(code) for code in scene.soils)
    is_sand = scene.relief == "sands"
    colour = mix(low, dry, smooth(0.5 + tint * (0.2 if is_sand else 0.55))[..., None])
    if scene.has_fields:
        colour = _fields(place, colour)
    if not is_sand:
        colour = mix(colour, rock, seen.of(np.clip((0.84 - level) * 6, 0, 1))[..., None])
    if scene.snow:
        patches = noise.at(noise.cloudy(relief.SOFT), view.x * 0.5, view.z * 0.5)
        high = place.heights / 300 + 0.25 * patches + scene.snow * 2.6 - 1.8
        lying = seen.of(smooth(high * 2) * smooth((level - 0.55) * 5))
        colour = mix(colour, rgb("e9eef6"), np.clip(lying + tint * 0.1 * scene.snow, 0, 1)[..., None])
    colour *= (1 + (0.06 if is_sand else 0.28) * (1 - 0.75 * min(1, scene.snow)) * tint)[..., None]
    if scene.forest:
        trees = seen.of(place.trees)
        crowns = rgb(scene.woods) * (0.45 + 1.05 * np.clip(trees / 15 + tint * 0.35, 0, 1))[..., None]
        colour = mix(colour, crowns, smooth((trees - 0.8) / 2.5)[..., None])
    return colour


def _fields(place: Place, colour: Plane) -> Plane:
    """Patches, each with its own crop, and hedges between them."""
    seen = place.seen
    across, along = seen.x * 0.94 + seen.depth * 0.34, seen.depth * 0.94 - seen.x * 0.34
    patch = np.floor(across / 95) * 7 + np.floor(along / 160) * 13 + place.spot[0]
    kind = (np.mod(np.sin(patch) * 43758.5, 1) * len(CROPS)).astype(np.int32)
    furrows = 1 + 0.1 * np.sin(across * 2.4) * np.clip(120 / seen.depth, 0, 1)
    edge = np.minimum(np.mod(across, 95), np.mod(along, 160))
    grown = np.stack([rgb(code) for code in CROPS])[kind]
    grown *= (furrows * (0.45 + 0.55 * smooth((edge - 1) / 3)))[..., None]
    return mix(colour, grown, (0.85 * smooth((seen.depth - 40) / 60))[..., None])


def _paved(place: Place, colour: Plane, tint: Plane) -> Plane:
    road, seen = place.scene.road, place.seen
    pixel = np.maximum(seen.depth / place.view.focus, 0.004)
    off = np.abs(place.beside(seen.x, seen.depth))

    def band(distance: Plane, half: float) -> Plane:
        return np.clip((half - distance) / pixel + 0.5, 0, 1)

    if road.kind == "track":
        wheels = np.exp(-(((off - 0.8) / 0.28) ** 2)) * np.clip(1 - pixel * 2, 0.2, 1)
        return colour * (1 - 0.38 * wheels)[..., None]
    surface = rgb(SURFACES[road.kind])
    if road.kind != "asphalt":
        ruts = 1 + 0.16 * tint - 0.2 * np.exp(-(((off - 0.9) / 0.4) ** 2)) + 0.1 * np.exp(-((off / 0.5) ** 2))
        ragged = smooth((road.half - off + tint * 0.7) / (0.5 + pixel) + 0.5)
        return mix(colour, surface * ruts[..., None], ragged[..., None])
    verge = smooth((road.half + 0.8 - off + tint * 0.35) / (0.35 + pixel) + 0.5) * 0.75
    colour = mix(colour, rgb("857a6a") * (1 + 0.3 * tint)[..., None], verge[..., None])
    worn = 1 + 0.14 * tint - 0.1 * np.exp(-(((off - 1.5) / 0.35) ** 2))
    colour = mix(colour, surface * worn[..., None], band(off, road.half)[..., None])
    dashes = band(off, 0.065) * np.clip(np.sin(seen.depth * 0.7) * 6 + 1, 0, 1)
    lines = np.maximum(band(np.abs(off - road.half + 0.35), 0.07), dashes) * 0.8
    return mix(colour, rgb("d9d6cb"), lines[..., None])


def _sea(place: Place, colour: Plane) -> Plane:
    """Mirrors the sky, the more the flatter one looks, glitters below the sun and breaks white on the shore."""
    view, seen, light = place.view, place.seen, place.light
    bottom = seen.of(place.heights)
    small = noise.near(noise.cloudy(7, 1.4), seen.x * 9, seen.depth * 4) * np.clip(400 / seen.depth, 0.2, 1)
    waves = noise.near(noise.cloudy(6), seen.x * 2.5, seen.depth * 1.1) + small
    above = np.clip(2 * view.horizon - seen.rows - 2 - np.abs(waves) * 14, 0, view.horizon - 1).astype(
        np.int32
    )
    mirrored = place.picture[above, seen.columns.astype(np.int32)]
    deep = rgb("12424f") * (0.35 + light.ambient * 0.7) * (1 + 0.25 * waves)[..., None]
    flat = np.exp(-view.eye / seen.depth * 7)
    water = mix(deep, mirrored * 0.92, (0.12 + 0.8 * flat)[..., None])
    if not light.is_behind:
        sun, _ = sky.sun_at(light, view.width, view.height, view.horizon)
        path = np.exp(-(((seen.columns - sun) / (view.width * 0.09)) ** 2)) * smooth(waves * 1.4 - 0.25)
        water += path[..., None] * (rgb(light.sun) * light.strength * 1.1)
    foam = smooth(1 - np.abs(bottom + 1.2 - waves * 1.3) / 1.1) * (seen.depth < 2500) * 0.75
    water = mix(water, rgb("e6ecec") * (light.ambient + light.strength * 0.25), foam[..., None])
    return mix(colour, water, smooth((0.4 - bottom) / 1.2)[..., None])
