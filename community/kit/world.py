"""The world as a map: shapes of countries, and where each one's oval goes. The file beside says what it was made of.

Shapes follow Natural Earth and show who holds what; they say nothing about whose anything is. Islands that nobody lives
on and the Antarctic have no place.
"""

from pathlib import Path
from typing import NamedTuple

WIDTH, HEIGHT = 1000, 433
_NO_CODE = "--"


class Place(NamedTuple):
    """``shape`` is an SVG path, empty where a country is too small for one; its oval's centre is ``x``, ``y``."""

    x: int
    y: int
    shape: str


def _read() -> dict[str, Place]:
    lines = Path(__file__).with_name("world.txt").read_text("utf-8").splitlines()
    parts = [line.split(" ", 3) for line in lines if not line.startswith("#")]
    return {code: Place(int(x), int(y), "".join(shape)) for code, x, y, *shape in parts}


PLACES: dict[str, Place] = _read()
NOBODYS: str = PLACES.pop(_NO_CODE).shape
"""Land that has no code."""
