"""Draws photos and makes of each what is kept of one: ``python -m community.cli.painting FOLDER < sights.json``.

Leaves for each a folder named by its key, with the files and the outcome, as ``media.processing.pictures`` does in its
sandbox. These photos are our own: they need none.
"""

import json
import sys
from pathlib import Path

from PIL import Image
from PIL.ExifTags import GPS, IFD, Base

from community.cli.painting import scenes
from community.cli.painting.scenes import Sight
from community.media.processing import pictures
from community.media.processing.areas import Area
from community.media.processing.outcomes import OUTCOME

SOURCE = "source.jpg"
QUALITY = 93


def main(folder: Path) -> None:
    for row in json.load(sys.stdin):
        key, areas = row.pop("key"), [Area(*area) for area in row.pop("areas")]
        made = folder / key
        made.mkdir()
        source = made / SOURCE
        scenes.taken(Sight(**row)).save(source, quality=QUALITY, exif=_traces(row["seed"]))
        facts = pictures.prepare(source, areas, made)
        (made / OUTCOME).write_text(facts.as_json(), "utf-8")


def _traces(seed: int) -> Image.Exif:
    """What a phone would have written into it, so that there is something to take out."""
    exif = Image.Exif()
    exif[Base.Make], exif[Base.Model] = "Lumen", f"Lumen {seed % 5 + 4}"
    exif.get_ifd(IFD.Exif)[Base.DateTimeOriginal] = (
        f"2026:0{seed % 9 + 1}:1{seed % 10} 08:{seed % 50 + 10}:00"
    )
    exif.get_ifd(IFD.GPSInfo).update(
        {
            GPS.GPSLatitudeRef: "N",
            GPS.GPSLatitude: (seed % 60, 0, 0),
            GPS.GPSLongitudeRef: "E",
            GPS.GPSLongitude: (1, 0, 0),
        }
    )
    return exif


if __name__ == "__main__":
    main(Path(sys.argv[1]))
