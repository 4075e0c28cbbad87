"""The scenes by their names, and how a picture of one is taken."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from PIL import Image

from community.cli.painting import ground, lamps, lane, lens, skyline, standing, traffic, weather
from community.cli.painting.country import COUNTRIES, Country
from community.cli.painting.lane import Lane
from community.cli.painting.light import LIGHTS, Light, rgb
from community.cli.painting.noise import Plane
from community.cli.painting.place import Place
from community.cli.painting.skyline import Town

Size = tuple[int, int]


@dataclass(frozen=True)
class Sight:
    """What is taken: a scene in a light, with or without the teller's car; ``side`` is where one drives, 1 the right.

    ``from_cabin`` one looks through the windscreen.
    """

    scene: str
    light: str
    size: Size
    seed: int
    body: str = "car"
    paint: str = "e8e6e0"
    side: int = 1
    has_car: bool = True
    from_cabin: bool = False


def taken(sight: Sight) -> Image.Image:
    light, blur = LIGHTS[sight.light], None
    chance = np.random.default_rng(sight.seed)
    if sight.scene in COUNTRIES:
        picture, blur = _in_the_country(COUNTRIES[sight.scene], sight, light)
    else:
        picture = TOWNS[sight.scene](sight, light)
    if sight.scene == "windscreen":
        weather.drops(picture, chance)
    elif sight.light == "rain":
        weather.rain(picture, chance)
    elif sight.light == "snow":
        weather.snowfall(picture, chance)
    if sight.from_cabin:
        weather.cabin(picture, sight.side)
    return lens.developed(lens.glowing(picture), chance, exposure=light.exposure, blur=blur)


def _in_the_country(country: Country, sight: Sight, light: Light) -> tuple[Plane, Plane]:
    """The picture, and what of it is out of focus."""
    place = Place(country.scene, light, sight.size, sight.seed)
    ground.cover(place)
    for stand in country.stands:
        standing.plant(place, stand)
    if light.stars:
        standing.shine(place, country.windows, 300, 1600)
    if sight.has_car and not sight.from_cabin:
        off = 1.65 if country.scene.road.half > 3 else 0.0
        on = {"mist": 0.5, "rain": 0.5, "snow": 0.4, "dawn": 0.3, "dusk": 0.6, "blue": 1.0, "night": 1.2}
        traffic.drive(place, sight.body, sight.paint, country.car, off * sight.side, on.get(sight.light, 0.0))
    if country.scene.is_grassy and not sight.from_cabin and not country.scene.snow:
        blades = rgb(country.scene.soils[1]) * (
            light.ambient * rgb(light.shade) + 0.2 * light.strength * rgb(light.sun)
        )
        weather.grass(place.picture, place.chance, blades)
    blur = np.zeros(place.picture.shape[:2], np.float32)
    blur[place.seen.top :] = np.clip((9 - place.seen.depth) / 5, 0, 1) * ~place.seen.sky
    return place.picture, blur


def _lane(it: Lane, sight: Sight, light: Light) -> Plane:
    return lane.draw(sight.size, light, it, sight.seed)


def _skyline(town: Town, sight: Sight, light: Light) -> Plane:
    return skyline.draw(sight.size, light, town, sight.seed)


def _lamps(blur: float, sight: Sight, light: Light) -> Plane:
    if sight.scene == "windscreen":
        light = replace(light, clouds=0.0, is_behind=True, stars=0.0)  # it rains: neither moon nor stars
    return lamps.draw(sight.size, light, sight.seed, blur=blur, side=sight.side)


OLD = Lane(walls=("b59a63", "8fa08a", "b98b6a", "a9a39a"), lamps=13)
PINK = Lane(
    half=2.5, walls=("c98a74", "cf9d88", "b97a66", "d0ab92"), lamps=17, bright=2.2, wet=0.0, floor="8a7560"
)
FLOODED = Lane(half=3.6, walls=("9aa89a", "b3a58c", "8d9aa0"), lamps=0, lit=0.12, wet=1.0, floor="5d5a4c")
TUNNEL = Lane(half=2.7, lamps=26, bright=2.4, wet=0.15, glow="ffcf90")
TOWNS: dict[str, Callable[[Sight, Light], Plane]] = {
    "old-lane": partial(_lane, OLD),
    "pink-lane": partial(_lane, PINK),
    "flooded-lane": partial(_lane, FLOODED),
    "tunnel": partial(_lane, TUNNEL),
    "river-town": partial(_skyline, Town(0.16, 0.25, "minarets")),
    "harbour": partial(_skyline, Town(0.05, 0.3, "cranes")),
    "bridge": partial(_skyline, Town(0.03, 0.1, "bridge")),
    "roofs": partial(_skyline, Town(0.32, 0.2, by_water=False)),
    "towers": partial(_skyline, Town(0.34, 0.2)),
    "dark-houses": partial(_skyline, Town(0.13, 0.02, by_water=False)),
    "windscreen": partial(_lamps, 2.0),
    "queue": partial(_lamps, 0.15),
}
