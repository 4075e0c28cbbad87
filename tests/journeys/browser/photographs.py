"""Photographs for the journeys: a car and its plate, and grain, so that they weigh something."""

import io

from PIL import Image, ImageDraw
from playwright.sync_api import FilePayload

GRAIN = 40
File = FilePayload


def photograph(name: str, *, width: int = 1200, height: int = 900, colour: str = "#aa3322") -> File:
    """As a browser's file field takes it; the ending of its name says the format."""
    image = Image.effect_noise((width, height), GRAIN).convert("RGB")
    draw = ImageDraw.Draw(image)
    draw.rectangle((width * 0.3, height * 0.5, width * 0.7, height * 0.9), fill=colour)
    draw.rectangle((width * 0.4, height * 0.75, width * 0.6, height * 0.82), fill="white")
    buffer = io.BytesIO()
    kind = name.rpartition(".")[2].replace("jpg", "jpeg")
    image.save(buffer, kind, **({"quality": 92} if kind == "jpeg" else {}))
    return {"name": name, "mimeType": f"image/{kind}", "buffer": buffer.getvalue()}
