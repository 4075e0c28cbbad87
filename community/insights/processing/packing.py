"""The numbers of a text's terms as a few bytes: four each, the least significant first, whatever machine wrote them."""

import struct
from collections.abc import Collection


def packed(numbers: Collection[int]) -> bytes:
    """Raises struct.error for a number above 4,294,967,295."""
    return struct.pack(f"<{len(numbers)}I", *numbers)


def unpacked(octets: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(octets) // 4}I", octets)
