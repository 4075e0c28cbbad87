"""Uploads: a photo arrives in pieces, each kept before it is acknowledged, in the manner of the tus protocol 1.0."""

import contextlib
import secrets
from collections.abc import Sequence
from typing import BinaryIO

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, update

from community.accounts.models import Account
from community.kit import clock, db, jobs, limits, storage
from community.kit.errors import Conflict, DomainError, Forbidden, Invalid, NotFound, Unkept
from community.media import queries
from community.media.actions.discarding import discard_later
from community.media.actions.preparing import PREPARE
from community.media.models import LONGEST_NAME, MOST_BYTES, Photo, PhotoState, UploadPart
from community.media.processing.areas import Area

UPLOADS = limits.Limit("uploads", times=120, seconds=3600)
PIECE = 1024 * 1024
MOST_LOOSE = 48
"""Photos of one member that are in no text: four stories' worth."""
TOO_LARGE = _l("A photo can have at most 16 MB. This one has more.")
EMPTY = _l("This file is empty.")
TOO_LONG = _l("This is more than the photo was said to have. Choose it again.")
MOVED_ON = _l("More of this photo has arrived than this piece goes on from.")


def check_room(by: Account) -> None:
    """Raises TooMany, and Forbidden for somebody who has too many photos lying about."""
    limits.check(UPLOADS, str(by.id))
    if queries.loose(by.id) >= MOST_LOOSE:
        raise Forbidden(
            _l("You have many photos that are in no story yet. Put some of them into one, or remove them.")
        )


def begin(length: int, *, name: str, areas: Sequence[Area], by: Account, key: str = "") -> Photo:
    """A photo of ``length`` bytes to come. Raises Invalid, Forbidden, TooMany."""
    if not 0 < length <= MOST_BYTES:
        raise Invalid({"files": [TOO_LARGE if length > 0 else EMPTY]})
    check_room(by)
    limits.count(UPLOADS, str(by.id))
    now = clock.now()
    photo = Photo(
        key=key or secrets.token_hex(8),
        owner_id=by.id,
        state=PhotoState.ARRIVING,
        name="".join(letter for letter in name if letter.isprintable())[:LONGEST_NAME],
        length=length,
        received=0,
        areas=[list(area) for area in areas],
        receipt={},
        created_at=now,
        changed_at=now,
    )
    db.session.add(photo)
    db.session.flush()
    return photo


def append(photo_id: int, key: str, start: int, data: bytes) -> int:
    """Keep the bytes from ``start`` on; how many are here now. With the last ones the photo is prepared.

    Of two that go on from the same place one is kept. Raises Conflict, Unkept.
    """
    name = _place(key, start)
    storage.put(name, data)  # before the row that says so, and before the lock on it
    grown = db.session.execute(
        update(Photo)
        .where(
            Photo.id == photo_id,
            Photo.state == PhotoState.ARRIVING,
            Photo.received == start,
            Photo.length >= start + len(data),
        )
        .values(received=start + len(data), changed_at=clock.now())
        .execution_options(synchronize_session=False)
    )
    if not db.changed(grown):
        _remove([name])
        raise Conflict(MOVED_ON)
    db.session.add(UploadPart(photo_id=photo_id, start=start, bytes=len(data), name=name))
    whole = db.session.execute(
        update(Photo)
        .where(Photo.id == photo_id, Photo.received == Photo.length)
        .values(state=PhotoState.WAITING)
        .execution_options(synchronize_session=False)
    )
    if db.changed(whole):
        jobs.enqueue(PREPARE, {"photo_id": photo_id})
    db.session.flush()
    return start + len(data)


def receive(file: BinaryIO, *, name: str, by: Account) -> Photo:
    """A whole file at once, from a form. Raises Invalid, Forbidden, TooMany, Unkept.

    To be done ``separately``: it may take seconds, and the photo stays when the form it came with is refused.
    """
    check_room(by)
    key, start, parts = secrets.token_hex(8), 0, []
    db.release()
    try:
        while piece := file.read(PIECE):
            if start + len(piece) > MOST_BYTES:
                raise Invalid({"files": [TOO_LARGE]})
            part = UploadPart(start=start, bytes=len(piece), name=_place(key, start))
            storage.put(part.name, piece)
            parts.append(part)
            start += len(piece)
        photo = begin(start, name=name, areas=(), by=by, key=key)
    except DomainError:
        _remove([part.name for part in parts])
        raise
    for part in parts:
        part.photo_id = photo.id
    db.session.add_all(parts)
    photo.received, photo.state = start, PhotoState.WAITING
    jobs.enqueue(PREPARE, {"photo_id": photo.id})
    return photo


def abandon(photo: Photo) -> None:
    """Take away a photo that is in no text. Raises NotFound when it is in one by now."""
    names = queries.kept_names(photo)
    gone = db.session.execute(delete(Photo).where(Photo.id == photo.id, Photo.contribution_id.is_(None)))
    if not db.changed(gone):
        raise NotFound
    discard_later(names)


def _remove(names: Sequence[str]) -> None:
    """What stays all the same is swept."""
    with contextlib.suppress(Unkept):
        storage.remove(names)


def _place(key: str, start: int) -> str:
    return f"uploads/{key[:2]}/{key}/{start:08d}-{secrets.token_hex(6)}"
