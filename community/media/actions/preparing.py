"""Making of an uploaded photo what is kept of it: the job, done in a child process, outside every transaction.

Killed anywhere and begun again it ends the same: files first, then their rows, then what is left over. Two may run at
once, when a worker was thought dead: the one whose areas are the photo's wins, and the other takes its files away.
"""

import shutil
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import delete

from community.kit import clock, db, jobs, storage, unit_of_work
from community.media import queries
from community.media.actions.discarding import discard_later
from community.media.models import MASTER, Photo, PhotoFile, PhotoState, UploadPart, place_of
from community.media.processing import sandbox
from community.media.processing.areas import Area
from community.media.processing.sandbox import Facts, Refused

PREPARE = "media.prepare"
WORKPLACE = "community-photo-"
"""How the folders begin, among the machine's temporary ones, in which photos are prepared."""


def prepare(_number: int, payload: dict[str, Any]) -> None:
    """The job."""
    photo = db.session.get(Photo, payload["photo_id"])
    if photo is None or photo.state is not PhotoState.WAITING:
        return
    number, key, areas = photo.id, photo.key, [Area(*area) for area in photo.areas]
    sources = [part.name for part in queries.parts(number)] or [place_of(key, MASTER, photo.covered)]
    db.release()
    with TemporaryDirectory(prefix=WORKPLACE) as folder:
        source, made = Path(folder) / "source", Path(folder) / "made"
        made.mkdir()
        with source.open("wb") as file:
            for name in sources:
                file.write(storage.read(name))
        try:
            facts = sandbox.work(source, areas, made)
        except Refused as refusal:
            _fail(number, areas, str(refusal.reason))
            return
        for one in facts.files:
            storage.put(place_of(key, one.name, len(areas)), (made / one.name).read_bytes())
    _finish(number, key, areas, facts)


def clear_workplaces(before: datetime) -> int:
    """Remove what killed workers left on this machine: the photo as it was sent is in it. How many there were."""
    left = [
        folder
        for folder in Path(tempfile.gettempdir()).glob(f"{WORKPLACE}*")
        if datetime.fromtimestamp(folder.lstat().st_mtime, UTC) < before
    ]
    for folder in left:
        shutil.rmtree(folder, ignore_errors=True)
    return len(left)


def _finish(photo_id: int, key: str, areas: Sequence[Area], facts: Facts) -> None:
    photo = _locked(photo_id)
    if photo is None or len(photo.areas) != len(areas):
        discard_later([place_of(key, one.name, len(areas)) for one in facts.files])
        return
    if photo.state is not PhotoState.WAITING:
        return
    if queries.was_submitted(photo):
        unit_of_work.public_change()
    discard_later(queries.kept_names(photo))
    _forget_files(photo_id)
    # The receipt adds up: a photo that is covered later was cleared of its place before.
    earlier = {name: True for name, was in photo.receipt.items() if was is True}
    photo.receipt = {**facts.receipt, **earlier, "areas": len(areas)}
    photo.width, photo.height, photo.thumbhash = facts.width, facts.height, facts.thumbhash
    photo.state, photo.changed_at = PhotoState.READY, clock.now()
    db.session.add_all(
        PhotoFile(photo_id=photo_id, name=one.name, width=one.width, height=one.height, bytes=one.bytes)
        for one in facts.files
    )
    db.session.flush()


def _fail(photo_id: int, areas: Sequence[Area], reason: str) -> None:
    photo = _locked(photo_id)
    if photo is None or photo.state is not PhotoState.WAITING or len(photo.areas) != len(areas):
        return
    discard_later(queries.kept_names(photo))
    _forget_files(photo_id)
    photo.state, photo.reason, photo.changed_at = PhotoState.FAILED, reason, clock.now()
    db.session.flush()


def _locked(photo_id: int) -> Photo | None:
    """As it is now, until the transaction ends. (SQLite has one writer, and it is we.)"""
    return db.session.get(Photo, photo_id, populate_existing=True, with_for_update=True)


def _forget_files(photo_id: int) -> None:
    for table in (PhotoFile, UploadPart):
        db.session.execute(delete(table).where(table.photo_id == photo_id))


jobs.carries(PREPARE, prepare)
