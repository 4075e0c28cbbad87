"""The privacy brush: what its owner covered is painted over, solid, before anything else is made of a photo.

Not blurred: letters of a plate come back out of a blur.
"""

from collections.abc import Iterator, Sequence

from PIL import Image, ImageStat

from community.media.processing.areas import WHOLE, Area

Box = tuple[int, int, int, int]
RIM = 16
"""Pixels around an area that its colour is taken from."""
NOTHING_LEFT = 128


def cover(image: Image.Image, areas: Sequence[Area]) -> None:
    """Paint over the areas, in place. They lie as the image does: see ``upright.stored``."""
    boxes = [box for area in areas if (box := _box(area, image.size))]
    for box in boxes:
        image.paste(_colour(image, box, boxes), box)


def _box(area: Area, size: tuple[int, int]) -> Box | None:
    """In pixels, outwards to whole ones; None where nothing of the photo is in it."""
    left, right = _pixels(area.x, area.width, size[0])
    top, bottom = _pixels(area.y, area.height, size[1])
    return (left, top, right, bottom) if left < right and top < bottom else None


def _pixels(start: int, length: int, pixels: int) -> tuple[int, int]:
    first, last = start * pixels // WHOLE, -(-(start + length) * pixels // WHOLE)
    return max(0, first), min(pixels, last)


def _colour(image: Image.Image, box: Box, boxes: Sequence[Box]) -> int | tuple[int, ...]:
    """The average of what lies around it and is not covered itself; never transparent."""
    sums, count = [0.0] * len(image.getbands()), 0
    for strip in _around(box):
        seen = Image.new("L", (strip[2] - strip[0], strip[3] - strip[1]))
        seen.paste(255, _within((0, 0, *image.size), strip))
        for other in boxes:
            seen.paste(0, _within(other, strip))
        if seen.getbbox():
            found = ImageStat.Stat(image.crop(strip), seen)
            sums = [total + more for total, more in zip(sums, found.sum, strict=True)]
            count += found.count[0]
    colour = [round(total / count) if count else NOTHING_LEFT for total in sums]
    if image.mode in ("LA", "RGBA"):
        colour[-1] = 255
    return colour[0] if len(colour) == 1 else tuple(colour)


def _around(box: Box) -> Iterator[Box]:
    left, top, right, bottom = box
    yield left - RIM, top - RIM, right + RIM, top
    yield left - RIM, bottom, right + RIM, bottom + RIM
    yield left - RIM, top, left, bottom
    yield right, top, right + RIM, bottom


def _within(box: Box, strip: Box) -> Box:
    """A box as seen from a strip's corner."""
    left, top = strip[:2]
    return box[0] - left, box[1] - top, box[2] - left, box[3] - top
