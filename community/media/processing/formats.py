"""Which files are photos: by what they hold, whatever they are called, and judged before a pixel is read."""

import importlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from PIL import AvifImagePlugin, Image, ImageFile

from community.media.processing.outcomes import (
    LONGEST_SIDE,
    MOST_BYTES,
    MOST_PIXELS,
    SHORTEST_SIDE,
    Refusal,
    Refused,
)

MOST_SCANS = 500
"""Of a JPEG: a progressive one has about ten. Each takes as long as the whole photo, however few bytes it has."""
HEAD = 64
"""Bytes: enough for the first brands of a HEIF or AVIF file (ISO/IEC 14496-12, section 4.3)."""
AVIF_BRANDS = frozenset({b"avif", b"avis"})
HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"mif1"})
SEQUENCE_BRANDS = frozenset({b"hevc", b"hevx", b"hevm", b"hevs", b"msf1"})
"""HEIF files made to be played (ISO/IEC 23008-12, annex B): their decoder would take any still among them."""

# Pillow itself refuses what has more than twice this, and does so before it makes room for a WebP.
Image.MAX_IMAGE_PIXELS = MOST_PIXELS // 2
# Each thread would have memory of its own, and the limit is for all together.
AvifImagePlugin.DEFAULT_MAX_THREADS = 1


def opened(file: BinaryIO) -> ImageFile.ImageFile:
    """The photo, not decoded yet. Raises Refused."""
    if os.fstat(file.fileno()).st_size > MOST_BYTES:
        raise Refused(Refusal.BYTES)
    name = _named(file.read(HEAD))
    file.seek(0)
    # Within a scan no marker can occur, so this counts too many at most by those of small pictures before the photo.
    if name == "JPEG" and file.read().count(b"\xff\xda") > MOST_SCANS:
        raise Refused(Refusal.TIME)
    if name == "HEIF":
        # Takes 50 ms and 60 MB of addresses, which other photos need not pay for.
        importlib.import_module("pillow_heif").register_heif_opener(
            decode_threads=1, thumbnails=False, depth_images=False, aux_images=False
        )
    file.seek(0)
    with refusing():
        image = Image.open(file, formats=[name])
        # Several pictures in a JPEG or HEIF are a phone's: depth, or more light, beside the first. They do not move.
        if name in ("PNG", "WEBP", "AVIF") and getattr(image, "is_animated", False):
            raise Refused(Refusal.ANIMATED)
        measured(image)
    return image


def measured(image: Image.Image) -> None:
    """Raises Refused for a size that is not taken."""
    if max(image.size) > LONGEST_SIDE or image.width * image.height > MOST_PIXELS:
        raise Refused(Refusal.PIXELS)
    if min(image.size) < SHORTEST_SIDE:
        raise Refused(Refusal.SMALL)


@contextmanager
def refusing() -> Iterator[None]:
    """Whatever the decoders find wrong within is a refusal; what the machine lacks (a full disk) stays an OSError."""
    try:
        yield
    except Refused:
        raise
    except MemoryError:
        raise Refused(Refusal.MEMORY) from None
    except Image.DecompressionBombError:
        raise Refused(Refusal.PIXELS) from None
    except Exception as error:
        if isinstance(error, OSError) and error.errno:
            raise
        # libavif, libheif and LittleCMS have no exception of their own for it.
        lacking = "memory" in str(error).lower()
        raise Refused(Refusal.MEMORY if lacking else Refusal.BROKEN) from error


def _named(head: bytes) -> str:
    """Pillow's name of the format."""
    if not head:
        raise Refused(Refusal.BROKEN)
    if head.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "WEBP"
    if head[4:8] == b"ftyp":
        return _branded(head)
    raise Refused(Refusal.FORMAT)


def _branded(head: bytes) -> str:
    end = min(int.from_bytes(head[:4], "big"), len(head))
    # The major brand, and after its version those it goes with.
    brands = {head[8:12], *(head[start : start + 4] for start in range(16, end, 4))}
    if brands & AVIF_BRANDS:
        return "AVIF"
    if head[8:12] in SEQUENCE_BRANDS:
        raise Refused(Refusal.ANIMATED)
    if brands & HEIC_BRANDS:
        return "HEIF"
    raise Refused(Refusal.FORMAT)
