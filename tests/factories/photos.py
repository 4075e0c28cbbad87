"""Photos as the worker leaves them: rows and files, made of drawn landscapes by the product's own processing."""

import secrets
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image, ImageDraw

from community.contributions.models import Picture, Pictures
from community.kit import clock, db, storage
from community.media.models import Photo, PhotoFile, PhotoState, place_of
from community.media.processing import pictures
from community.media.processing.outcomes import Facts
from tests.cast import Person
from tests.helpers.site import Site

SMALL = (96, 64)
SKIES = ("#b5d3e7", "#e7c9a9", "#8fa7c4", "#d8b4b4", "#c9d8b0", "#f0dca0")
Size = tuple[int, int]


class Photos:
    """Nothing is sent: each photo is simply there, and in no text yet."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def ready(self, by: Person, *, size: Size = SMALL, look: int = 0) -> str:
        """The key of one of somebody's; the same ``look`` gives the same picture."""
        key = secrets.token_hex(8)
        facts, files = _made(size, look % len(SKIES))
        with self._site.writing():
            _keep_files(key, files)
            db.session.add(_row(key, by.id, facts))
        return key

    def several(self, by: Person, number: int, *, size: Size = SMALL) -> Pictures:
        """Described in words that say which of them it is: ``What 1 shows``, ``Caption 1``."""
        keys = [self.ready(by, size=size, look=look) for look in range(number)]
        return tuple(Picture(key, f"What {n} shows", f"Caption {n}") for n, key in enumerate(keys, 1))

    def failed(self, by: Person, reason: str = "broken") -> str:
        """One that could not be read."""
        return self._unready(by, PhotoState.FAILED, reason=reason)

    def waiting(self, by: Person) -> str:
        """One that is being prepared, by nobody."""
        return self._unready(by, PhotoState.WAITING)

    def _unready(self, by: Person, state: PhotoState, **values: object) -> str:
        key, now = secrets.token_hex(8), clock.now()
        with self._site.writing():
            about = {"key": key, "owner_id": by.id, "length": 1, "received": 1}
            db.session.add(Photo(**about, **values, state=state, created_at=now, changed_at=now))
        return key


def landscape(size: Size, look: int) -> Image.Image:
    """A sky, a sun and a road: enough to tell one from another."""
    width, height = size
    image = Image.new("RGB", size, SKIES[look % len(SKIES)])
    draw = ImageDraw.Draw(image)
    x, y, radius = width * (look + 1) // (len(SKIES) + 1), height // 4, max(2, height // 9)
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill="#fff4d0")
    draw.polygon([(0, height), (0, height * 3 // 5), (width, height // 2), (width, height)], fill="#5d7a52")
    draw.polygon([(width * 2 // 5, height), (width * 3 // 5, height), (x, height * 11 // 20)], fill="#4a4440")
    return image


@lru_cache(maxsize=64)
def _made(size: Size, look: int) -> tuple[Facts, Mapping[str, bytes]]:
    """By the product itself, in this process, once for each picture."""
    with TemporaryDirectory(prefix="photo-") as folder:
        source = Path(folder) / "source.jpg"
        landscape(size, look).save(source, "JPEG", quality=90)
        facts = pictures.prepare(source, (), Path(folder))
        return facts, {file.name: (Path(folder) / file.name).read_bytes() for file in facts.files}


def _keep_files(key: str, files: Mapping[str, bytes]) -> None:
    for name, body in files.items():
        storage.put(place_of(key, name), body)


def _row(key: str, owner_id: int, facts: Facts) -> Photo:
    now = clock.now()
    return Photo(
        key=key,
        owner_id=owner_id,
        state=PhotoState.READY,
        length=1,
        received=1,
        width=facts.width,
        height=facts.height,
        thumbhash=facts.thumbhash,
        receipt=dict(facts.receipt),
        created_at=now,
        changed_at=now,
        files=[PhotoFile(name=f.name, width=f.width, height=f.height, bytes=f.bytes) for f in facts.files],
    )
