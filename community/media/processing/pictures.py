"""What is kept of a photo: pixels only, upright, in sRGB, in the sizes a page asks for. Run in ``sandbox``'s child.

``python -m community.media.processing.pictures SOURCE FOLDER AREAS`` leaves the files in FOLDER and, last of all,
``OUTCOME`` with the facts or the refusal. It exits with 0 for both; with another number the machine failed and not the
photo.

The qualities were measured on generated 12-megapixel photos of 3 MB, at 1,600 x 1,200, by one core of 2026:

============== ======== ======= ==========
               seconds  kB      PSNR
============== ======== ======= ==========
AVIF 58 fast 6   0.89     163     34.2 dB
AVIF 58 fast 8   0.24     168     34.1 dB
AVIF 58 fast 9   0.09     195     33.9 dB
WebP 78 slow 2   0.07     233     34.0 dB
WebP 78 slow 4   0.16     219     34.2 dB
============== ======== ======= ==========

AVIF at speed 8 costs a quarter of speed 6 and 3 % in bytes; at 9 it loses most of its lead over WebP. Pillow brings one
encoder (aom), so there was no other to choose. WebP's quality is the one that looks the same, for browsers before 2023.
"""

import base64
import json
import sys
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image
from PIL.Image import Resampling

from community.media.processing import brush, colours, confinement, formats, thumbhash, traces, upright
from community.media.processing.areas import Area
from community.media.processing.outcomes import OUTCOME, Facts, File, Receipt, Refused

MASTER = "master.jpg"
MASTER_SIDE = 3000
MASTER_QUALITY = 90
WIDTHS = (1600, 800, 320)
"""The widest first: each is made of the one before, with an eighth of the work."""
HASHED_SIDE = 48
SAVING: dict[str, dict[str, Any]] = {
    "avif": {"format": "AVIF", "quality": 58, "speed": 8, "max_threads": 1},
    "webp": {"format": "WEBP", "quality": 78, "method": 4},
}


@dataclass(frozen=True)
class Photo:
    """``image`` is at most MASTER_SIDE long and nothing but pixels. The sizes are those of what was sent, upright."""

    image: Image.Image
    width: int
    height: int
    receipt: Receipt


def main(source: str, folder: str, areas: str) -> None:
    confinement.confine()
    warnings.simplefilter("ignore")
    covered = [Area(*one) for one in json.loads(areas)]
    try:
        written = prepare(Path(source), covered, Path(folder)).as_json()
    except Refused as refusal:
        written = json.dumps({"refused": refusal.reason})
    (Path(folder) / OUTCOME).write_text(written, "utf-8")


def prepare(source: Path, areas: Sequence[Area], folder: Path) -> Facts:
    """Raises Refused, and OSError for a disk that is full."""
    with formats.refusing():
        photo = read(source, areas)
        files = [_master(photo.image, folder), *_sizes(photo.image, folder)]
        return Facts(photo.width, photo.height, _hashed(photo.image), tuple(files), photo.receipt)


def read(source: Path, areas: Sequence[Area]) -> Photo:
    """Covered before anything else is made of it. Raises Refused, and OSError for a file that is not there."""
    with source.open("rb") as file, formats.refusing():
        image = formats.opened(file)
        sent = image.size
        # Half of its pixels or fewer, if they are enough. They are mixed of neighbours: not for one to be covered.
        drafted = not areas and image.draft(None, _at_most(sent, MASTER_SIDE))
        image.load()
        if not drafted:
            sent = image.size
            formats.measured(image)  # again: a HEIC file may say one size and hold another
        lies, told = traces.orientation(image), traces.found(image)
        profile = image.info.get("icc_profile")
        pixels = colours.plain(image)
        brush.cover(pixels, [upright.stored(area, lies) for area in areas])
    pixels = pixels.resize(_at_most(pixels.size, MASTER_SIDE), Resampling.LANCZOS, reducing_gap=2.0)
    pixels = upright.turned(colours.as_srgb(pixels, profile), lies)
    # What it said about itself has come along with the pixels, and a writer might write it.
    pixels.info = {}
    width, height = upright.size(sent, lies)
    receipt = Receipt(place=told.place, camera=told.camera, time=told.time, areas=len(areas))
    return Photo(pixels, width, height, receipt)


def _master(image: Image.Image, folder: Path) -> File:
    return _saved(image, folder / MASTER, format="JPEG", quality=MASTER_QUALITY)


def _sizes(image: Image.Image, folder: Path) -> Iterator[File]:
    """In WIDTHS, as far as it is that wide; a narrower one in its own width instead of the next."""
    widest = min(image.width, WIDTHS[0])
    for width in (widest, *(one for one in WIDTHS if one < widest)):
        height = max(1, round(image.height * width / image.width))
        image = image.resize((width, height), Resampling.LANCZOS, reducing_gap=2.0)
        for ending, how in SAVING.items():
            yield _saved(image, folder / f"{width}.{ending}", **how)


def _saved(image: Image.Image, path: Path, **how: Any) -> File:
    image.save(path, **how)
    return File(path.name, image.width, image.height, path.stat().st_size)


def _hashed(image: Image.Image) -> str:
    small = image.resize(_at_most(image.size, HASHED_SIDE), Resampling.BOX, reducing_gap=2.0)
    return base64.b64encode(thumbhash.encode(small.width, small.height, small.tobytes())).decode("ascii")


def _at_most(size: tuple[int, int], longest: int) -> tuple[int, int]:
    """The size, or a smaller one of the same shape."""
    part = min(1.0, longest / max(size))
    return max(1, round(size[0] * part)), max(1, round(size[1] * part))


if __name__ == "__main__":
    main(*sys.argv[1:])
