"""Colour profiles made of their numbers: a matrix and a curve, as cameras and phones embed them (ICC.1:2001-04)."""

import struct
from typing import NamedTuple


class Colours(NamedTuple):
    """Where red, green and blue lie (CIE XYZ under D50), and the exponent of the curve."""

    red: tuple[float, float, float]
    green: tuple[float, float, float]
    blue: tuple[float, float, float]
    gamma: float


DISPLAY_P3 = Colours(
    (0.51512, 0.24120, -0.00105), (0.29198, 0.69225, 0.04189), (0.15710, 0.06657, 0.78407), 2.2
)
ADOBE_RGB = Colours(
    (0.60974, 0.31111, 0.01947), (0.20528, 0.62567, 0.06087), (0.14919, 0.06322, 0.74457), 2.19921875
)
D50 = (0.9642, 1.0, 0.8249)


def profile(colours: Colours, description: bytes = b"made", copyright_: bytes = b"nobody's") -> bytes:
    curve = b"curv" + bytes(4) + struct.pack(">IHxx", 1, round(colours.gamma * 256))
    told = b"desc" + bytes(4) + struct.pack(">I", len(description) + 1) + description + bytes(79)
    tags = {
        b"desc": told,
        b"cprt": b"text" + bytes(4) + copyright_ + b"\0",
        b"wtpt": _xyz(D50),
        b"rXYZ": _xyz(colours.red),
        b"gXYZ": _xyz(colours.green),
        b"bXYZ": _xyz(colours.blue),
        b"rTRC": curve,
        b"gTRC": curve,
        b"bTRC": curve,
    }
    table, content, start = b"", b"", 128 + 4 + 12 * len(tags)
    for name, value in tags.items():
        table += name + struct.pack(">II", start + len(content), len(value))
        content += value + bytes(-len(value) % 4)
    size = start + len(content)
    head = struct.pack(">I4sI4s4s4s12x4s", size, b"\0\0\0\0", 0x02400000, b"mntr", b"RGB ", b"XYZ ", b"acsp")
    head = head.ljust(68, b"\0") + _fixed(D50)
    return head.ljust(128, b"\0") + struct.pack(">I", len(tags)) + table + content


def _xyz(values: tuple[float, float, float]) -> bytes:
    return b"XYZ " + bytes(4) + _fixed(values)


def _fixed(values: tuple[float, float, float]) -> bytes:
    return b"".join(struct.pack(">i", round(value * 65536)) for value in values)
