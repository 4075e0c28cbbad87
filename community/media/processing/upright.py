"""How a photo lies in its file, and how it is turned to stand upright: the eight orientations of EXIF.

CIPA DC-008, section 4.6.5 numbers them. Its areas are drawn on the upright photo, and painted before it is turned.
"""

from typing import NamedTuple

from PIL import Image
from PIL.Image import Transpose

from community.media.processing.areas import WHOLE, Area


class _Lying(NamedTuple):
    """``turn`` brings it upright. From an upright place to the stored one: swap the sides, then mirror."""

    turn: Transpose | None = None
    swapped: bool = False
    sideways: bool = False
    upside_down: bool = False


_LYING = {
    1: _Lying(),
    2: _Lying(Transpose.FLIP_LEFT_RIGHT, sideways=True),
    3: _Lying(Transpose.ROTATE_180, sideways=True, upside_down=True),
    4: _Lying(Transpose.FLIP_TOP_BOTTOM, upside_down=True),
    5: _Lying(Transpose.TRANSPOSE, swapped=True),
    6: _Lying(Transpose.ROTATE_270, swapped=True, upside_down=True),
    7: _Lying(Transpose.TRANSVERSE, swapped=True, sideways=True, upside_down=True),
    8: _Lying(Transpose.ROTATE_90, swapped=True, sideways=True),
}


def turned(image: Image.Image, orientation: int) -> Image.Image:
    turn = _LYING[orientation].turn
    return image if turn is None else image.transpose(turn)


def size(stored: tuple[int, int], orientation: int) -> tuple[int, int]:
    """Width and height of the upright photo."""
    width, height = stored
    return (height, width) if _LYING[orientation].swapped else (width, height)


def stored(area: Area, orientation: int) -> Area:
    """Where an area of the upright photo is in the one that is stored."""
    lying = _LYING[orientation]
    x, y, width, height = (area.y, area.x, area.height, area.width) if lying.swapped else area
    return Area(
        WHOLE - x - width if lying.sideways else x,
        WHOLE - y - height if lying.upside_down else y,
        width,
        height,
    )
