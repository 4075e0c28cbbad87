"""The demo's photos: drawn by programs of their own, one a core, and kept as a member's photos are.

Owns which there are and what is in the database about them; how they are drawn is ``community.cli.painting``'s.
"""

import hashlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import update

from community.accounts.models import Account
from community.cli.demo import script
from community.config import ROOT
from community.contributions import queries as contribution_queries
from community.contributions.models import Picture, Pictures, Revision
from community.kit import clock, db, storage, unit_of_work
from community.media.models import Photo, PhotoFile, PhotoState, place_of
from community.media.processing.outcomes import OUTCOME, Facts

PAINTER = "community.cli.painting"
SIZES = {"wide": (1120, 746), "tall": (760, 1012), "square": (840, 840)}
SMALLER = {"wide": (896, 596), "tall": (608, 808), "square": (672, 672)}
"""Of those that are no cover: a column of text is not wider."""
PAINTS = {
    "black": "2a2b2e",
    "blue": "2f5f8f",
    "green": "3f6048",
    "grey": "6c7075",
    "red": "a63a2a",
    "silver": "b9bcc0",
    "turquoise": "3f8f8a",
    "white": "e6e3da",
    "yellow": "d9a530",
}
MEASURED = {"photos_1": 1, "photos_12": 12}
BODIES = {
    "levanter": "tall",
    "banyan": "tall",
    "tembo": "pickup",
    "satchel": "van",
    "aru": "small",
    "pico-ev": "small",
}
"""Of the others: a car."""
THRIFTY = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MALLOC_MMAP_THRESHOLD_": "268435456"}
"""One thread each; and glibc keeps the memory of large planes between two of them, which saves a tenth of the time."""
PLACE = re.compile(r"!\[\]\(photo:(?P<name>[a-z0-9-]+)\)\n*")
DRIVES_LEFT = frozenset({"GB", "ID", "IN", "JP", "KE", "NZ", "TH", "TZ", "ZA"})


@dataclass(frozen=True)
class Drawn:
    """A photo whose files are in ``folder``."""

    key: str
    name: str
    areas: list[list[int]]
    facts: Facts
    folder: Path


Sight = dict[str, Any]
"""What ``painting.scenes.Sight`` takes, with a ``key`` and the ``areas`` to be covered."""
Album = Mapping[str, Drawn]
"""By their keys."""


def key_of(told: script.Story, photo: script.Photo) -> str:
    """The same in every demo, so that the same addresses lead to the same photos."""
    return key_for(told.name, photo.name)


def key_for(story: str, photo: str) -> str:
    return _key(f"{story} {photo}")


def sights(stories: Iterable[script.Story]) -> list[Sight]:
    return [_sight(told, photo) for told in stories for photo in told.every_photo]


@contextmanager
def album(sights: Sequence[Sight]) -> Iterator[Album]:
    """All of them drawn; their files are there within. Raises CalledProcessError when that fails."""
    with TemporaryDirectory(prefix="demo-photos-") as folder:
        _draw(sights, Path(folder))
        yield {sight["key"]: _drawn(sight, Path(folder)) for sight in sights}


def hang(drawn: Drawn, *, by: Account, into: int | None = None) -> None:
    """As its upload and the job would have left it. The files before the rows."""
    files = drawn.facts.files
    for file in files:
        storage.put(place_of(drawn.key, file.name, len(drawn.areas)), (drawn.folder / file.name).read_bytes())
    now, length = clock.now(), sum(file.bytes for file in files)
    db.session.add(
        Photo(
            key=drawn.key,
            owner_id=by.id,
            contribution_id=into,
            state=PhotoState.READY,
            name=f"{drawn.name}.jpg",
            length=length,
            received=length,
            areas=drawn.areas,
            width=drawn.facts.width,
            height=drawn.facts.height,
            thumbhash=drawn.facts.thumbhash,
            receipt=dict(drawn.facts.receipt),
            created_at=now,
            changed_at=now,
            files=[PhotoFile(name=f.name, width=f.width, height=f.height, bytes=f.bytes) for f in files],
        )
    )
    db.session.flush()


def hang_measured(made: Mapping[str, int]) -> None:
    """One into the first of the stories that content in bulk has for them, and twelve into the other."""
    lent = iter(sights(script.stories()))
    wanted = [
        {**sight, "key": _key(f"bulk {made[label]} {number}"), "story": made[label]}
        for label, several in MEASURED.items()
        for number, sight in enumerate(islice(lent, several))
    ]
    stories = {sight["key"]: sight.pop("story") for sight in wanted}
    with album(wanted) as drawn, unit_of_work.transaction():
        for story in dict.fromkeys(stories.values()):
            _hang_late(story, [one for key, one in drawn.items() if stories[key] == story])
        unit_of_work.public_change()


def placed(told: script.Story, body: str, pictures: Pictures) -> str:
    """The body with keys in place of names; a place for what is not among the pictures is taken out."""
    shown = {picture.key for picture in pictures}
    keys = {photo.name: key_of(told, photo) for photo in told.every_photo}

    def place(found: re.Match[str]) -> str:
        key = keys[found["name"]]
        return f"![](photo:{key})\n\n" if key in shown else ""

    return PLACE.sub(place, body)


def _key(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def _hang_late(story_id: int, several: Sequence[Drawn]) -> None:
    """Into a story that is live already, as if they had always been there."""
    story = contribution_queries.contribution(story_id)
    if story is None or story.live_revision is None:
        raise LookupError(f"story {story_id} is not live")
    for drawn in several:
        hang(drawn, by=story.author, into=story.id)
    shown = tuple(Picture(drawn.key, f"What {drawn.name} shows", drawn.name) for drawn in several)
    db.session.execute(update(Revision).where(Revision.id == story.live_revision_id).values(pictures=shown))


def _sight(told: script.Story, photo: script.Photo) -> Sight:
    return {
        "key": key_of(told, photo),
        "areas": photo.areas,
        "scene": photo.scene,
        "light": photo.light,
        "size": SIZES[photo.shape] if photo in told.photos[:1] else SMALLER[photo.shape],
        "seed": photo.seed,
        "body": BODIES.get(told.vehicle.model, "car"),
        "paint": PAINTS[told.vehicle.paint],
        "side": -1 if told.country in DRIVES_LEFT else 1,
        "has_car": photo.has_car,
        "from_cabin": photo.from_cabin,
    }


def _draw(sights: Sequence[Sight], folder: Path) -> None:
    programs = min(os.cpu_count() or 1, len(sights)) or 1
    painters = [_painter(sights[first::programs], folder) for first in range(programs)]
    failed = [painter for painter in painters if painter.wait()]
    if failed:
        raise subprocess.CalledProcessError(failed[0].returncode, PAINTER)


def _painter(sights: Sequence[Sight], folder: Path) -> "subprocess.Popen[bytes]":
    painter = subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-m", PAINTER, str(folder)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        env={**os.environ, **THRIFTY},
    )
    if painter.stdin:
        with suppress(BrokenPipeError):  # it ended before: how, is asked when it is awaited
            painter.stdin.write(json.dumps(sights).encode())
            painter.stdin.close()
    return painter


def _drawn(sight: Sight, folder: Path) -> Drawn:
    made = folder / sight["key"]
    facts = Facts.from_json((made / OUTCOME).read_text("utf-8"))
    return Drawn(sight["key"], f"IMG_{2000 + sight['seed']}", sight["areas"], facts, made)
