"""The areas of a photo that its owner covers. ``brush`` paints over them, where pictures are read."""

from typing import NamedTuple

MOST_AREAS = 30
WHOLE = 10_000
"""An area's numbers are parts of this: one that begins at 5,000 begins in the middle, whatever the photo's size."""


class Area(NamedTuple):
    """In ten-thousandths of the photo as people see it, upright, from its upper left corner."""

    x: int
    y: int
    width: int
    height: int
