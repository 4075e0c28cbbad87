"""The light of an hour and a weather: where it comes from, and what colour the air is."""

from dataclasses import dataclass
from functools import cache

import numpy as np

from community.cli.painting.noise import Plane


@cache
def rgb(code: str) -> Plane:
    """A colour as web pages write it, in linear light."""
    parts = [int(code[start : start + 2], 16) / 255 for start in (0, 2, 4)]
    return np.array(parts, np.float32) ** np.float32(2.2)


@dataclass(frozen=True)
class Light:
    """Colours of the sky, of what lights and shades, and of the air: away from the sun and towards it.

    ``side`` and ``height`` place the sun or the moon, in widths and heights of the picture from the middle of the
    horizon. Of what is a kilometre away, haze of a ``density`` of 1 leaves a good third.
    """

    zenith: str
    horizon: str
    sun: str
    shade: str
    haze: str
    glow: str
    strength: float
    ambient: float
    side: float
    height: float
    density: float
    clouds: float
    is_behind: bool = False
    exposure: float = 1.0
    stars: float = 0.0


LIGHTS = {
    "dawn": Light(
        "4f6d9c", "f2bd97", "ffb482", "8f97b4", "b3a8b8", "ffc797", 1.5, 0.62, -0.22, 0.07, 0.5, 0.45
    ),
    "morning": Light(
        "3f78bd", "cfdfe8", "ffe2b0", "8fb0d6", "b3c6d8", "ffe9c8", 2.3, 0.5, -0.75, 0.5, 0.22, 0.45
    ),
    "noon": Light(
        "2f6fc0", "bcd6ea", "fff0d8", "8fb4dd", "b0c8de", "e8eef2", 2.6, 0.5, 0.9, 0.9, 0.13, 0.4, True
    ),
    "late": Light(
        "4d7ab0", "ecd3ae", "ffbf74", "8fa3c6", "bfb5ae", "ffd9a6", 2.5, 0.5, -0.9, 0.22, 0.25, 0.45, True
    ),
    "gold": Light(
        "4b78ad", "f4cd98", "ffb765", "8d9cbc", "c9b5a4", "ffcb8c", 2.4, 0.5, 0.3, 0.13, 0.4, 0.4
    ),
    "dusk": Light(
        "35477a", "ef9f7c", "ffaa80", "8794b8", "8a829c", "ffab80", 1.0, 0.6, -0.15, 0.03, 0.45, 0.5
    ),
    "blue": Light(
        "1c2e58", "8495ba", "9fb2e0", "6f86bd", "4e6089", "c9b3ae", 0.2, 0.6, 0.2, -0.03, 0.45, 0.35,
        exposure=1.15, stars=0.15,
    ),
    "night": Light(
        "0a1230", "33487c", "a9bdea", "5468a4", "1c2a4e", "38497a", 0.34, 0.3, -0.24, 0.3, 0.25, 0.1,
        exposure=1.6, stars=1.0,
    ),
    "mist": Light(
        "b9c3c9", "d5dbdc", "efe8da", "c9d2d8", "cdd4d6", "ece6d8", 0.6, 0.8, 0.2, 0.3, 2.2, 0.0
    ),
    "overcast": Light(
        "8996a4", "cdd5d9", "e6e8ea", "bac4cd", "b5c0c8", "d5dadb", 0.45, 0.9, 0.3, 0.6, 0.45, 0.95, True
    ),
    "rain": Light(
        "65717d", "a7b1b6", "c9d0d6", "98a4ae", "8b979e", "a9b2b6", 0.25, 0.85, 0.3, 0.6, 1.3, 1.0, True
    ),
    "snow": Light(
        "8592a6", "d6d4d6", "ffe4cc", "aab8d0", "c2cad5", "eedccd", 0.7, 0.8, -0.35, 0.12, 0.8, 0.6
    ),
}  # fmt: skip
