"""What is in the air, on the windscreen, and close before the lens."""

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from community.cli.painting.noise import Plane, smooth


def rain(picture: Plane, chance: np.random.Generator) -> None:
    height, width = picture.shape[:2]
    layer = Image.new("L", (width, height))
    pen = ImageDraw.Draw(layer)
    for x, y, near in chance.random((900, 3)):
        long = 10 + 46 * near**3
        line = [(x * width, y * height), (x * width - long * 0.14, y * height + long)]
        pen.line(line, int(26 + 60 * near**2), 2 if near > 0.9 else 1)
    picture += _share(layer, 0.8) * np.clip(picture.mean(axis=(0, 1)) * 1.3, 0.1, 1)


def snowfall(picture: Plane, chance: np.random.Generator) -> None:
    """Few flakes are near and out of focus, many far."""
    height, width = picture.shape[:2]
    total = np.zeros((height, width, 1), np.float32)
    for size, number in ((1.2, 1400), (2.4, 350), (7, 46), (15, 12)):
        layer = Image.new("L", (width, height))
        pen = ImageDraw.Draw(layer)
        for x, y, much in chance.random((number, 3)):
            half = size * (0.6 + 0.6 * much)
            box = (x * width - half, y * height - half, x * width + half, y * height + half)
            pen.ellipse(box, int(235 / (1 + size * 0.16)))
        total = np.maximum(total, _share(layer, size * 0.35))
    white = np.clip(picture.max() * 0.12 + picture.mean() * 1.2, 0.25, 1.0)
    picture += (white - picture) * (total * np.float32(0.8))


def drops(picture: Plane, chance: np.random.Generator) -> None:
    """Rain on the windscreen: each drop is a lens that shows what is behind it upside down."""
    height, width = picture.shape[:2]
    behind = picture.copy()
    sizes = chance.pareto(2.2, 420).clip(0, 7) * width * 0.0036 + width * 0.0022
    for wide in sorted(sizes, reverse=True):
        column, row = chance.random(2) * (width, height)
        tall = wide * chance.uniform(1.0, 1.35)
        rows = slice(max(0, int(row - tall)), min(height, int(row + tall) + 1))
        columns = slice(max(0, int(column - wide)), min(width, int(column + wide) + 1))
        if rows.start >= rows.stop or columns.start >= columns.stop:
            continue
        y, x = np.mgrid[rows, columns].astype(np.float32)
        across, down = (x - column) / wide, (y - row) / tall
        far = np.hypot(across, down)
        bend = wide * 9 * (0.4 + far**2)
        from_row = np.clip(row - down * bend, 0, height - 1).astype(np.int32)
        from_column = np.clip(column - across * bend, 0, width - 1).astype(np.int32)
        rim = 0.95 - 0.4 * smooth((far - 0.7) * 3.3) * (down < 0.4)
        share = (smooth((1 - far) * wide / 3) * rim)[..., None].astype(np.float32)
        spot = picture[rows, columns]
        spot += (behind[from_row, from_column] * np.float32(1.05) + np.float32(0.006) - spot) * share


def cabin(picture: Plane, side: int) -> None:
    """From the driver's seat, dark and out of focus; with traffic on the right (1) the wheel is on the left."""
    height, width = picture.shape[:2]
    layer = Image.new("L", (width, height))
    pen = ImageDraw.Draw(layer)

    def at(x: float, y: float) -> tuple[float, float]:
        return width * (0.5 + side * (x - 0.5)), height * y

    board = [(-0.1, 0.91), (0.2, 0.87), (0.5, 0.86), (0.8, 0.87), (1.1, 0.9), (1.1, 1.1), (-0.1, 1.1)]
    pillar = [(-0.1, -0.1), (0.035, -0.1), (0.0, 0.4), (-0.06, 0.9), (-0.1, 0.9)]
    for shape in (board, pillar):
        pen.polygon([at(*place) for place in shape], 255)
    pen.rectangle((0, 0, width, height * 0.035), fill=255)
    (x, y), half = at(0.25, 1.0), width * 0.19
    pen.arc((x - half, y - half, x + half, y + half), 180, 360, 255, max(6, width // 44))
    left, right = sorted((at(0.52, 0)[0], at(0.72, 0)[0]))
    pen.rounded_rectangle((left, height * 0.06, right, height * 0.145), height * 0.03, 255)
    pen.rectangle(
        ((left + right) / 2 - width * 0.006, 0, (left + right) / 2 + width * 0.006, height * 0.08), 255
    )
    up = np.linspace(1, 0, height, dtype=np.float32)[:, None, None]
    shade = picture.mean(axis=(0, 1)) * (0.05 + 0.06 * up) + np.float32(0.004)
    picture += (shade - picture) * _share(layer, width / 190)


def grass(picture: Plane, chance: np.random.Generator, colour: Plane) -> None:
    """Along the lower edge, most of it in the corners."""
    height, width = picture.shape[:2]
    layers = Image.new("L", (width, height)), Image.new("L", (width, height))
    pens = [ImageDraw.Draw(layer) for layer in layers]
    for _ in range(150):
        foot = width * (0.5 + chance.choice((-1, 1)) * (0.5 - abs(chance.normal(0, 0.12))))
        tall = height * chance.uniform(0.06, 0.26) * (0.35 + 1.3 * abs(foot / width - 0.5))
        lean = chance.normal(0, 0.35) * tall
        blade = [(foot, height + 9), (foot + lean * 0.35, height - tall * 0.6), (foot + lean, height - tall)]
        thick = max(2, round(width * chance.uniform(0.002, 0.006)))
        for pen, ink in zip(pens, (235, int(chance.uniform(60, 255))), strict=True):
            pen.line(blade, ink, thick, joint="curve")
    cover, bright = (_share(layer, width / 260) for layer in layers)
    picture += (colour * (0.25 + 1.1 * bright) - picture) * np.clip(cover * 1.15, 0, 0.95)


def _share(layer: Image.Image, blur: float) -> Plane:
    return np.asarray(layer.filter(ImageFilter.GaussianBlur(blur)), np.float32)[..., None] / 255
