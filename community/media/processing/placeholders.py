"""What stands in a photo's place until it is there: a picture of a few pixels, in the page itself, and one colour."""

import base64
import binascii
import struct
import zlib
from functools import lru_cache

from community.media.processing import thumbhash

LONGEST_SIDE = 16
"""Pixels; a browser draws them softly. So even one that cannot be compressed stays below 1.2 kB."""
SIGNATURE = b"\x89PNG\r\n\x1a\n"


@lru_cache(maxsize=4096)
def uri(hashed: str) -> str:
    """A ``data:`` address for a ThumbHash in base64; empty for what is none."""
    try:
        width, height, pixels = thumbhash.decode(base64.b64decode(hashed, validate=True), LONGEST_SIDE)
    except ValueError:
        return ""
    rows = [pixels[start : start + width] for start in range(0, width * height, width)]
    # Each row begins with the number of its filter: none (PNG, third edition, section 9.2).
    raw = b"".join(b"\0" + bytes(value for pixel in row for value in pixel) for row in rows)
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    png = SIGNATURE + _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(raw, 9)) + _chunk(b"IEND", b"")
    return f"data:image/png;base64,{base64.b64encode(png).decode('ascii')}"


@lru_cache(maxsize=4096)
def colour(hashed: str) -> str:
    """The average as ``#rrggbb``; empty for what is no ThumbHash."""
    try:
        return "#{:02x}{:02x}{:02x}".format(*thumbhash.average(base64.b64decode(hashed, validate=True)))
    except ValueError:
        return ""


def _chunk(name: bytes, content: bytes) -> bytes:
    return (
        struct.pack(">I", len(content)) + name + content + struct.pack(">I", binascii.crc32(name + content))
    )
