"""Files that members might send, the good and the bad, each with its verdict; made here, so that none is kept."""

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import pillow_heif
from PIL import Image, ImageDraw, PngImagePlugin
from PIL.Image import Transpose

from community.media.processing.outcomes import MOST_BYTES, Refusal
from tests.media import marks, profiles

pillow_heif.register_heif_opener()
SIZE = (96, 64)
RED, GREEN, BLUE, YELLOW, MIDDLE = (
    (220, 30, 30),
    (30, 180, 40),
    (30, 60, 200),
    (230, 210, 40),
    (150, 140, 130),
)
HTML = b"<html><script>alert(document.cookie)</script></html>"
# What a camera stores of an upright photo, so that the orientation beside it is true.
STORED = {
    1: None,
    2: Transpose.FLIP_LEFT_RIGHT,
    3: Transpose.ROTATE_180,
    4: Transpose.FLIP_TOP_BOTTOM,
    5: Transpose.TRANSPOSE,
    6: Transpose.ROTATE_90,
    7: Transpose.TRANSVERSE,
    8: Transpose.ROTATE_270,
}
Make = Callable[[], bytes]


def picture(size: tuple[int, int] = SIZE) -> Image.Image:
    """Upright: red above left, green above right, blue below left, yellow below right."""
    width, height = size
    image = Image.new("RGB", size, MIDDLE)
    draw = ImageDraw.Draw(image)
    for left, top, colour in ((0, 0, RED), (1, 0, GREEN), (0, 1, BLUE), (1, 1, YELLOW)):
        x, y = left * (width - width // 3), top * (height - height // 3)
        draw.rectangle((x, y, x + width // 3 - 1, y + height // 3 - 1), fill=colour)
    return image


def saved(image: Image.Image, kind: str, **how: Any) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **how)
    return file.getvalue()


def oriented(orientation: int) -> bytes:
    """A portrait, as a camera that was held in one of eight ways stores it."""
    upright, turn = picture(SIZE[::-1]), STORED[orientation]
    stored = upright if turn is None else upright.transpose(turn)
    return saved(stored, "JPEG", quality=95, exif=marks.exif(orientation, marked=False))


def marked_jpeg() -> bytes:
    """All forty marks, and a second picture behind the first as phones put it there."""
    small = saved(picture((32, 24)), "JPEG", comment=marks.THUMBNAIL)
    plain = saved(picture(), "JPEG", quality=95)
    told = (
        _segment(0xE0, b"JFXX\0\x10" + small)
        + _segment(0xE1, marks.exif(small_picture=small))
        + _segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + marks.xmp())
        + _segment(0xE1, b"http://ns.adobe.com/xmp/extension/\0" + marks.PRIVATE)
        + _segment(0xE2, b"ICC_PROFILE\0\x01\x01" + _marked_profile())
        + _segment(0xEC, b"Ducky" + marks.PRIVATE)
        + _segment(0xED, marks.iptc())
        + _segment(0xFE, marks.COMMENT)
    )
    return plain[:2] + told + plain[2:] + small + marks.AFTER


def marked_png() -> bytes:
    told = PngImagePlugin.PngInfo()
    told.add_text("Comment", marks.COMMENT.decode())
    told.add_itxt("XML:com.adobe.xmp", marks.xmp().decode())
    told.add(b"prVt", marks.PRIVATE, after_idat=True)
    exif = marks.exif(small_picture=saved(picture((32, 24)), "JPEG", comment=marks.THUMBNAIL))
    return saved(picture(), "PNG", pnginfo=told, exif=exif, icc_profile=_marked_profile()) + marks.AFTER


def marked(kind: str) -> bytes:
    """WebP, AVIF and HEIC: what their writers can write, and something behind the end."""
    exif = marks.exif(small_picture=saved(picture((32, 24)), "JPEG", comment=marks.THUMBNAIL))
    profile = _marked_profile()
    return saved(picture(), kind, quality=90, exif=exif, xmp=marks.xmp(), icc_profile=profile) + marks.AFTER


def bomb() -> bytes:
    """121 megapixels of nothing, in 15 kB."""
    side = 11_000
    return _png(side, side, bits=1, colour=0, rows=bytes((side // 8 + 1) * side))


def scans() -> bytes:
    """A JPEG that refines its last detail six hundred times: small, and of no use but to keep somebody busy."""
    plain = saved(picture(), "JPEG", progressive=True)
    start, end = plain.rindex(b"\xff\xda"), plain.rindex(b"\xff\xd9")
    return plain[:end] + plain[start:end] * 600 + plain[end:]


def sheet() -> bytes:
    """A WebP of one small picture on a sheet of 39 megapixels, of which its decoder makes three."""
    inner = saved(picture(), "WEBP", lossless=True)[12:]
    side = 6_250 - 1
    head = b"\x02\0\0\0" + struct.pack("<I", side)[:3] * 2
    frame = (
        bytes(6) + struct.pack("<I", SIZE[0] - 1)[:3] + struct.pack("<I", SIZE[1] - 1)[:3] + bytes(4) + inner
    )
    chunks = b"".join(
        name + struct.pack("<I", len(content)) + content + bytes(len(content) % 2)
        for name, content in ((b"VP8X", head), (b"ANIM", bytes(6)), (b"ANMF", frame))
    )
    return b"RIFF" + struct.pack("<I", len(chunks) + 4) + b"WEBP" + chunks


def moving(kind: str, **how: Any) -> bytes:
    following = picture().transpose(Transpose.ROTATE_180)
    return saved(picture(), kind, save_all=True, append_images=[following], duration=100, **how)


def archive() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        made.writestr("photo.jpg", saved(picture(), "JPEG"))
    return file.getvalue()


def grey_16() -> bytes:
    """A ramp from black to white; what takes the upper or the lower half of each pair alone for the value shows."""
    image = Image.new("I;16", SIZE)
    image.putdata([x * 65535 // (SIZE[0] - 1) for _y in range(SIZE[1]) for x in range(SIZE[0])])
    return saved(image, "PNG")


def with_alpha() -> Image.Image:
    """Without its upper left third, which is red underneath."""
    image = picture().convert("RGBA")
    image.paste((*RED, 0), (0, 0, SIZE[0] // 3, SIZE[1] // 3))
    return image


def palette() -> bytes:
    image = picture().quantize(16)
    return saved(image, "PNG", transparency=image.getpixel((2, 2)))


GOOD: dict[str, Make] = {
    "photo.jpg": lambda: saved(picture(), "JPEG", quality=95),
    "progressive.jpg": lambda: saved(picture(), "JPEG", quality=95, progressive=True),
    "photo.png": lambda: saved(picture(), "PNG"),
    "photo.webp": lambda: saved(picture(), "WEBP", quality=95),
    "lossless.webp": lambda: saved(picture(), "WEBP", lossless=True),
    "photo.avif": lambda: saved(picture(), "AVIF", quality=95),
    "photo.heic": lambda: saved(picture(), "HEIF", quality=95),
    "called.txt": lambda: saved(picture(), "JPEG", quality=95),
    "p3.jpg": lambda: saved(
        picture(), "JPEG", quality=95, subsampling=0, icc_profile=profiles.profile(profiles.DISPLAY_P3)
    ),
    "adobe.png": lambda: saved(picture(), "PNG", icc_profile=profiles.profile(profiles.ADOBE_RGB)),
    "profile-cut-off.png": lambda: saved(
        picture(), "PNG", icc_profile=profiles.profile(profiles.ADOBE_RGB)[:200]
    ),
    "cmyk.jpg": lambda: saved(picture().convert("CMYK"), "JPEG", quality=95),
    "grey.jpg": lambda: saved(picture().convert("L"), "JPEG", quality=95),
    "grey-with-profile.jpg": lambda: saved(
        picture().convert("L"), "JPEG", icc_profile=profiles.profile(profiles.DISPLAY_P3)
    ),
    "grey-16.png": grey_16,
    "black-and-white.png": lambda: saved(picture().convert("1"), "PNG"),
    "palette.png": palette,
    "opaque-palette.png": lambda: saved(picture().quantize(16), "PNG"),
    "alpha.png": lambda: saved(with_alpha(), "PNG"),
    "alpha.webp": lambda: saved(with_alpha(), "WEBP", lossless=True),
    "alpha.avif": lambda: saved(with_alpha(), "AVIF", quality=95),
    "grey-alpha.png": lambda: saved(with_alpha().convert("LA"), "PNG"),
    "burst.heic": lambda: saved(
        picture(), "HEIF", quality=95, save_all=True, append_images=[picture().rotate(180)]
    ),
    "polyglot.jpg": lambda: saved(picture(), "JPEG", quality=95, comment=HTML) + HTML,
    "exif-of-noise.jpg": lambda: saved(
        picture(), "JPEG", quality=95, exif=b"Exif\0\0II*\0\x08\0\0\0\xff\xff" + b"\x69\x87" * 200
    ),
    "marked.jpg": marked_jpeg,
    "marked.png": marked_png,
    "marked.webp": lambda: marked("WEBP"),
    "marked.avif": lambda: marked("AVIF"),
    "marked.heic": lambda: marked("HEIF"),
    **{f"held-{n}.jpg": lambda n=n: oriented(n) for n in STORED},  # type: ignore[misc]
}
BAD: dict[str, tuple[Refusal, Make]] = {
    "bomb.png": (Refusal.PIXELS, bomb),
    "bomb.jpg": (Refusal.PIXELS, lambda: _resized(saved(picture(), "JPEG"), b"\xff\xc0\x00\x11\x08", ">HH")),
    "bomb.webp": (
        Refusal.PIXELS,
        lambda: sheet().replace(struct.pack("<I", 6_249)[:3] * 2, b"\xff\x3f\0" * 2),
    ),
    "bomb.avif": (Refusal.PIXELS, lambda: _resized(saved(picture(), "AVIF"), b"ispe\0\0\0\0", ">II")),
    "bomb.heic": (Refusal.PIXELS, lambda: _resized(saved(picture(), "HEIF"), b"ispe\0\0\0\0", ">II")),
    "endless.png": (Refusal.PIXELS, lambda: _png(20_001, 32, bits=1, colour=0, rows=bytes(2502 * 32))),
    "scans.jpg": (Refusal.TIME, scans),
    "sheet.webp": (Refusal.MEMORY, sheet),
    "heavy.jpg": (Refusal.BYTES, lambda: saved(picture(), "JPEG") + bytes(MOST_BYTES)),
    "tiny.png": (Refusal.SMALL, lambda: saved(picture((31, 400)), "PNG")),
    "moving.gif": (Refusal.FORMAT, lambda: moving("GIF")),
    "still.gif": (Refusal.FORMAT, lambda: saved(picture(), "GIF")),
    "moving.png": (Refusal.ANIMATED, lambda: moving("PNG")),
    "moving.webp": (Refusal.ANIMATED, lambda: moving("WEBP")),
    "moving.avif": (Refusal.ANIMATED, lambda: moving("AVIF")),
    "moving.heic": (Refusal.ANIMATED, lambda: _branded(saved(picture(), "HEIF"), b"hevc")),
    "photo.tiff": (Refusal.FORMAT, lambda: saved(picture(), "TIFF")),
    "photo.bmp": (Refusal.FORMAT, lambda: saved(picture(), "BMP")),
    "photo.jp2": (Refusal.FORMAT, lambda: saved(picture(), "JPEG2000")),
    "photo.pdf": (Refusal.FORMAT, lambda: saved(picture(), "PDF")),
    "film.mp4": (Refusal.FORMAT, lambda: _branded(saved(picture(), "HEIF"), b"isom", b"mp42")),
    "drawing.jpg": (
        Refusal.FORMAT,
        lambda: b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    ),
    "page.jpg": (Refusal.FORMAT, lambda: HTML),
    "words.txt": (Refusal.FORMAT, lambda: b"We left before the heat did.\n" * 9),
    "archive.zip": (Refusal.FORMAT, archive),
    "nothing.jpg": (Refusal.BROKEN, lambda: b""),
    "one-byte.jpg": (Refusal.FORMAT, lambda: b"\xff"),
    "wrong-sum.png": (Refusal.BROKEN, lambda: saved(picture(), "PNG").replace(b"IDAT", b"IDAT\x79", 1)),
    **{
        f"{word}.{ending}": (Refusal.BROKEN, lambda kind=kind, part=part: _cut(saved(picture(), kind), part))  # type: ignore[misc]
        for kind, ending in (
            ("JPEG", "jpg"),
            ("PNG", "png"),
            ("WEBP", "webp"),
            ("AVIF", "avif"),
            ("HEIF", "heic"),
        )
        for word, part in (("begun", 0.3), ("truncated", 0.9))
    },
}
NAMES = (*GOOD, *BAD)


@cache
def sample(name: str) -> bytes:
    return GOOD[name]() if name in GOOD else BAD[name][1]()


def verdict(name: str) -> Refusal | None:
    return BAD[name][0] if name in BAD else None


def seeds() -> list[bytes]:
    """Small files of every format, with all that decoders look at: what mutations are made of."""
    names = (
        "progressive.jpg",
        "lossless.webp",
        "alpha.webp",
        "alpha.avif",
        "palette.png",
        "grey-16.png",
        "cmyk.jpg",
    )
    return [
        *(sample(f"photo.{ending}") for ending in ("jpg", "png", "webp", "avif", "heic")),
        *(sample(f"marked.{ending}") for ending in ("jpg", "png", "webp", "avif", "heic")),
        *(sample(name) for name in (*names, "sheet.webp", "moving.png", "burst.heic")),
    ]


def mutations(bases: list[bytes], seed: int, count: int) -> Iterator[bytes]:
    """The same for the same seed. Each is one of the bases, changed in one to eight places."""
    for number in range(count):
        dice = random.Random(f"{seed}:{number}")
        data = bytearray(dice.choice(bases))
        for _ in range(dice.randint(1, 8)):
            dice.choice(_CHANGES)(data, dice, bases)
        yield bytes(data)


def _flip(data: bytearray, dice: random.Random, _bases: list[bytes]) -> None:
    if data:
        data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)


def _extreme(data: bytearray, dice: random.Random, _bases: list[bytes]) -> None:
    """Of one, two or four bytes: the numbers that somebody forgot."""
    if data:
        value = dice.choice(
            (
                b"\0",
                b"\xff",
                b"\x7f",
                b"\x80",
                b"\0\0",
                b"\xff\xff",
                bytes(4),
                b"\xff" * 4,
                b"\x7f\xff\xff\xff",
            )
        )
        at = dice.randrange(len(data))
        data[at : at + len(value)] = value


def _take_out(data: bytearray, dice: random.Random, _bases: list[bytes]) -> None:
    at = dice.randrange(len(data) + 1)
    del data[at : at + dice.choice((1, 2, 7, 64, 500))]


def _repeat(data: bytearray, dice: random.Random, _bases: list[bytes]) -> None:
    at = dice.randrange(len(data) + 1)
    data[at:at] = data[at : at + dice.choice((1, 4, 64, 500))]


def _noise(data: bytearray, dice: random.Random, _bases: list[bytes]) -> None:
    at = dice.randrange(len(data) + 1)
    noise = dice.randbytes(dice.choice((1, 2, 4, 32)))
    data[at : at + len(noise)] = noise


def _end_early(data: bytearray, dice: random.Random, _bases: list[bytes]) -> None:
    if dice.random() < 0.3:
        del data[dice.randrange(len(data) + 1) :]


def _splice(data: bytearray, dice: random.Random, bases: list[bytes]) -> None:
    other = dice.choice(bases)
    start = dice.randrange(len(other))
    at = dice.randrange(len(data) + 1)
    data[at : at + 64] = other[start : start + dice.choice((4, 64, 300))]


# Small changes more often than large ones: they get farther into a decoder.
_CHANGES = (_flip, _flip, _flip, _extreme, _extreme, _noise, _take_out, _repeat, _end_early, _splice)


def _marked_profile() -> bytes:
    return profiles.profile(profiles.DISPLAY_P3, description=marks.PROFILE, copyright_=marks.PROFILE)


def _segment(kind: int, content: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, kind, len(content) + 2) + content


def _png(width: int, height: int, *, bits: int, colour: int, rows: bytes) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
        for name, content in chunks
    )


def _resized(data: bytes, before: bytes, written: str) -> bytes:
    """It says it was 15,000 by 15,000."""
    at = data.index(before) + len(before)
    claimed = struct.pack(written, 15_000, 15_000)
    return data[:at] + claimed + data[at + len(claimed) :]


def _branded(data: bytes, *brands: bytes) -> bytes:
    """Another ftyp box in front of the same boxes."""
    end = int.from_bytes(data[:4], "big")
    return struct.pack(">I4s4s4x", 16 + 4 * len(brands), b"ftyp", brands[0]) + b"".join(brands) + data[end:]


def _cut(data: bytes, part: float) -> bytes:
    return data[: int(len(data) * part)]
