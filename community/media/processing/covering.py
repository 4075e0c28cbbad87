"""Areas as forms and uploads carry them."""

import json
from collections.abc import Iterable
from typing import Any

from community.media.processing.areas import MOST_AREAS, WHOLE, Area

SMALLEST = 20
"""Ten-thousandths; a slip of the finger is no area."""
LONGEST_TEXT = 2_000


def read(text: str) -> list[Area]:
    """``[[x,y,width,height],…]``, as far as it lies inside the picture; empty is none.

    Raises ValueError for what is none, or for more than MOST_AREAS.
    """
    if len(text) > LONGEST_TEXT:
        raise ValueError("too long")
    try:
        given = json.loads(text or "[]")
        areas = list(_inside(given))
    except (TypeError, OverflowError, RecursionError) as error:
        raise ValueError("no areas") from error
    if len(areas) > MOST_AREAS:
        raise ValueError("too many areas")
    return areas


def between(first: tuple[int, int], second: tuple[int, int]) -> list[Area]:
    """The area with these two opposite corners, or none."""
    (x, y), (to_x, to_y) = first, second
    return list(_inside([[min(x, to_x), min(y, to_y), abs(x - to_x), abs(y - to_y)]]))


def _inside(given: Iterable[Any]) -> Iterable[Area]:
    for one in given:
        x, y, width, height = (int(number) for number in one)
        from_x, from_y = max(0, min(x, WHOLE)), max(0, min(y, WHOLE))
        to_x, to_y = max(0, min(x + width, WHOLE)), max(0, min(y + height, WHOLE))
        if to_x - from_x >= SMALLEST and to_y - from_y >= SMALLEST:
            yield Area(from_x, from_y, to_x - from_x, to_y - from_y)
