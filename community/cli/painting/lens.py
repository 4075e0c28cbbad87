"""From light to a photo: what a lens and a film add."""

from functools import cache

import numpy as np
from PIL import Image, ImageFilter

from community.cli.painting.noise import Plane

BRIGHTEST = 6.0
GRAINS = 1600
"""Pixels of a side; no photo is longer."""
PAPER = np.array([0.022, 0.026, 0.036], np.float32)
"""A print's black is not quite black, and a little blue."""


def glowing(picture: Plane) -> Plane:
    """What is bright spills over."""
    height, width = picture.shape[:2]
    bright = np.clip((picture[::4, ::4] - 0.9) / BRIGHTEST, 0, 1)
    small = Image.fromarray((bright * 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(5))
    spilt = np.asarray(small.resize((width, height), Image.Resampling.BILINEAR), np.float32)
    return picture + spilt * np.float32(BRIGHTEST / 255 * 0.5)


def developed(
    picture: Plane, chance: np.random.Generator, *, exposure: float, blur: Plane | None
) -> Image.Image:
    """``blur`` is how far out of focus each place is, 0 to 1."""
    height, width = picture.shape[:2]
    light = picture * np.float32(exposure * 0.82)
    # The curve of film as K. Narkowicz fitted it for ACES (2016); the root comes close to sRGB's.
    curve = light * (light * np.float32(2.51) + np.float32(0.03))
    curve /= light * (light * np.float32(2.43) + np.float32(0.59)) + np.float32(0.14)
    curve = np.sqrt(np.clip(curve, 0, 1))
    down = np.linspace(-1, 1, height, dtype=np.float32)[:, None] ** 2
    across = np.linspace(-1, 1, width, dtype=np.float32)[None, :] ** 2
    curve *= (1 - 0.22 * ((down + across) / 2) ** 1.3)[..., None]
    curve = (PAPER + curve * (1 - PAPER)) * 255 + 0.5
    image = Image.fromarray(curve.astype(np.uint8)).filter(ImageFilter.GaussianBlur(0.45))
    if blur is not None and blur.any():
        top = int(np.flatnonzero(blur.any(axis=1))[0])
        mask = Image.fromarray((np.clip(blur[top:], 0, 1) * 255).astype(np.uint8))
        near = image.crop((0, top, width, height))
        image.paste(near.filter(ImageFilter.GaussianBlur(width / 420)), (0, top), mask)
    down_by, right_by = chance.integers(0, GRAINS, 2)
    grain = np.roll(_grain(), (int(down_by), int(right_by)), axis=(0, 1))[:height, :width, None]
    return Image.fromarray(np.clip(np.asarray(image, np.int16) + grain, 0, 255).astype(np.uint8))


@cache
def _grain() -> Plane:
    speckle = np.random.default_rng(0).integers(0, 256, (GRAINS, GRAINS), dtype=np.uint8)
    soft = Image.fromarray(speckle).filter(ImageFilter.GaussianBlur(0.6))
    return (np.asarray(soft, np.int16) - 128) * 10 >> 8
