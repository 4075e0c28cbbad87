"""What one photo costs: a 12-megapixel JPEG, made here to be like a photo, to all the sizes that are kept.

``row()`` is the figure of the table. ``python -m bench.pictures`` prints more: other formats, 40 megapixels, memory.
"""

import random
import resource
import statistics
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pillow_heif
from PIL import Image, ImageDraw
from PIL.Image import Resampling

from community.config import ROOT
from community.media.processing import sandbox

ROUNDS = 3
TWELVE, FORTY = (4_000, 3_000), (7_300, 5_470)
FORMATS = (("JPEG", 90), ("WEBP", 80), ("AVIF", 60), ("HEIF", 50))
# How fine the noise is, in cells across (0 is each pixel), and its share: outdoors, the finer a detail the fainter.
# With these, 12 megapixels have some 3 MB at quality 90, as a phone's have in daylight.
GRAIN = ((4, 1.0), (11, 0.3), (37, 0.25), (130, 0.18), (460, 0.13), (1_500, 0.11), (0, 0.06))


class Cost(NamedTuple):
    """Of one core, the start of the child included; and the most memory that was resident."""

    seconds: float
    megabytes: int


def row(rounds: int = ROUNDS) -> float:
    """Seconds of one core for one photo: the median of ``rounds``."""
    with TemporaryDirectory() as folder:
        source = Path(folder) / "source"
        photo(*TWELVE).save(source, "JPEG", quality=90)
        return statistics.median(_cost(source).seconds for _ in range(rounds))


def photo(width: int, height: int, seed: int = 1) -> Image.Image:
    """Noise of many sizes, and hard edges before it; the same for the same seed."""
    dice = random.Random(seed)  # noqa: S311 - a picture, and no secret
    grey, *shades = (_noise(dice, width, height) for _ in range(4))
    # Outdoors, brightness changes more than colour.
    image = Image.blend(Image.merge("RGB", shades), Image.merge("RGB", [grey] * 3), 0.6)
    draw = ImageDraw.Draw(image)
    for _ in range(40):
        x, y, size = dice.randrange(width), dice.randrange(height), dice.randrange(20, width // 8)
        draw.rectangle((x, y, x + size, y + size // 2), fill=tuple(dice.randbytes(3)))
        draw.line((x, y, dice.randrange(width), dice.randrange(height)), (20, 20, 25), max(1, width // 400))
    return image


def main(source: str = "") -> None:
    if source:
        print(*_worked(Path(source)))
        return
    pillow_heif.register_heif_opener()
    print(f"12-megapixel JPEG, median of {ROUNDS}: {row():.2f} s of one core")
    with TemporaryDirectory() as folder:
        for size in (TWELVE, TWELVE[::-1], FORTY):
            image = photo(*size)
            for kind, quality in FORMATS:
                path = Path(folder) / "source"
                image.save(path, kind, quality=quality)
                megabytes = path.stat().st_size / 1e6
                seconds, resident = _cost(path)
                said = f"{seconds:.2f} s, {resident} MB resident"
                print(f"{size[0]} x {size[1]} {kind} of {megabytes:.1f} MB: {said}")


def _cost(source: Path) -> Cost:
    """Asked of a process that has no other child."""
    words = [sys.executable, "-m", "bench.pictures", str(source)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True)
    seconds, megabytes = done.stdout.split()
    return Cost(float(seconds), int(megabytes))


def _worked(source: Path) -> Cost:
    with TemporaryDirectory() as folder:
        try:
            sandbox.work(source, [], Path(folder))
        except sandbox.Refused as refusal:
            print(f"refused: {refusal.reason}", file=sys.stderr)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Cost(used.ru_utime + used.ru_stime, used.ru_maxrss // 1024)


def _noise(dice: random.Random, width: int, height: int) -> Image.Image:
    made = Image.new("L", (width, height))
    for cells, share in GRAIN:
        size = (cells, max(2, cells * height // width)) if cells else (width, height)
        layer = Image.frombytes("L", size, dice.randbytes(size[0] * size[1]))
        made = Image.blend(made, layer.resize((width, height), Resampling.BICUBIC), share)
    return made


if __name__ == "__main__":
    main(*sys.argv[1:])
