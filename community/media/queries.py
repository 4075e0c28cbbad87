"""Questions about photos."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, bindparam, func, or_, select
from sqlalchemy.orm import selectinload

from community.contributions.models import Contribution, Pictures, Revision, State
from community.contributions.models.states import PUBLIC
from community.kit import db
from community.media.models import MASTER, Photo, PhotoFile, PhotoState, UploadPart, place_of

KEY = re.compile(r"[0-9a-f]{16}")


class Seen(NamedTuple):
    """A photo as the rules see it: it has its contribution's visibility, as far as the live text shows it.

    One that only a draft shows is its owner's, whatever became of earlier texts.
    """

    photo: Photo
    contribution: Contribution | None
    shown: Pictures

    @property
    def author_id(self) -> int:
        return self.photo.owner_id

    @property
    def is_public(self) -> bool:
        is_live = self.contribution is not None and self.contribution.is_public
        is_ready = self.photo.state is PhotoState.READY
        return is_live and is_ready and any(picture.key == self.photo.key for picture in self.shown)

    @property
    def has_been_submitted(self) -> bool:
        return was_submitted(self.photo)

    @property
    def is_editable(self) -> bool:
        return self.contribution is None or self.contribution.is_editable


class Ready(NamedTuple):
    """A photo that can be shown. ``width`` and ``height`` are those of what was sent, upright.

    ``widths`` are those it is served in, the smallest first.
    """

    key: str
    width: int
    height: int
    thumbhash: str
    widths: tuple[int, ...]

    @property
    def large(self) -> str:
        """The address of its largest file."""
        return f"/photos/{self.key}/{self.widths[-1]}.webp"


def seen(key: str) -> Seen | None:
    """With its files, and with the live text it may be in. Of an erased contribution nothing is seen any more."""
    row = db.session.execute(_seen(), {"key": key}).one_or_none() if KEY.fullmatch(key) else None
    return Seen(row[0], row[1], row[2] or ()) if row else None


@cache
def _seen() -> Select[Photo, Contribution, Pictures]:
    return (
        select(Photo, Contribution, Revision.pictures)
        .outerjoin(Contribution, Contribution.id == Photo.contribution_id)
        .outerjoin(Revision, Revision.id == Contribution.live_revision_id)
        .where(
            Photo.key == bindparam("key"),
            or_(Photo.contribution_id.is_(None), Contribution.state != State.ERASED),
        )
        .options(selectinload(Photo.files))
    )


def public_place(key: str, name: str) -> str | None:
    """Where this file is kept, if anybody may have it: one question, asked past the session."""
    for pictures, receipt in db.rows(_public(), {"key": key, "name": name}):
        if any(picture.key == key for picture in pictures):
            return place_of(key, name, receipt.get("areas", 0))
    return None


@cache
def _public() -> Select[Pictures, dict[str, Any]]:
    return (
        select(Revision.pictures, Photo.receipt)
        .join(Contribution, Contribution.live_revision_id == Revision.id)
        .join(Photo, Photo.contribution_id == Contribution.id)
        .join(PhotoFile, PhotoFile.photo_id == Photo.id)
        .where(
            Photo.key == bindparam("key"),
            Photo.state == PhotoState.READY,
            PhotoFile.name == bindparam("name"),
            PhotoFile.name != MASTER,
            Contribution.state.in_(PUBLIC),
        )
    )


def own(owner_id: int, keys: Iterable[str]) -> Mapping[str, Photo]:
    """Those that are theirs, by key, with their files: two questions, however many they are."""
    wanted = _keys(keys)
    if not wanted:
        return {}
    found = db.session.scalars(_own(), {"owner": owner_id, "keys": wanted})
    return {photo.key: photo for photo in found}


@cache
def _own() -> Select[Photo]:
    return (
        select(Photo)
        .where(Photo.key.in_(bindparam("keys", expanding=True)), Photo.owner_id == bindparam("owner"))
        .options(selectinload(Photo.files))
    )


def _keys(given: Iterable[str]) -> list[str]:
    """Those that can be keys: what a form or an address says may be anything, and PostgreSQL refuses a NUL."""
    return sorted({key for key in given if KEY.fullmatch(key)})


def ready(keys: Iterable[str], *, of: int | None = None) -> Mapping[str, Ready]:
    """Those that can be shown, by key, of anybody or ``of`` one owner: one question, asked past the session.

    For keys from a text that was submitted; what somebody has just typed may name photos of others.
    """
    wanted = _keys(keys)
    rows = db.rows(_ready(), {"keys": wanted}) if wanted else ()
    found = [row for row in rows if of in (None, row.owner_id)]
    return {row.key: Ready._make((*row[:4], _widths(row.names))) for row in found}


@cache
def _ready() -> Select[Any]:
    columns: tuple[Any, ...] = (Photo.key, Photo.width, Photo.height, Photo.thumbhash, Photo.owner_id)
    return (
        select(*columns, func.aggregate_strings(PhotoFile.name, ",").label("names"))
        .join(PhotoFile, PhotoFile.photo_id == Photo.id)
        .where(
            Photo.key.in_(bindparam("keys", expanding=True)),
            Photo.state == PhotoState.READY,
            PhotoFile.name != MASTER,
        )
        .group_by(Photo.id)
    )


def _widths(names: str) -> tuple[int, ...]:
    """Of files named ``320.avif,320.webp,800.avif``, in any order."""
    return tuple(sorted({int(name.partition(".")[0]) for name in names.split(",")}))


def parts(photo_id: int) -> Sequence[UploadPart]:
    """In their order."""
    return db.session.scalars(
        select(UploadPart).where(UploadPart.photo_id == photo_id).order_by(UploadPart.start)
    ).all()


def loose(owner_id: int) -> int:
    """How many of somebody's photos are in no text yet."""
    return (
        db.session.scalar(
            select(func.count()).where(Photo.owner_id == owner_id, Photo.contribution_id.is_(None))
        )
        or 0
    )


def was_submitted(photo: Photo) -> bool:
    """Whether a text that others may have seen shows it."""
    return photo.contribution_id is not None and photo.key in fixed(photo.contribution_id)


def abandoned(before: datetime, most: int) -> Sequence[Photo]:
    """In no text, and nothing done about them since; or of a text that was erased.

    They are locked; those that somebody is just putting into a text are left out.
    """
    return db.session.scalars(
        select(Photo)
        .outerjoin(Contribution, Contribution.id == Photo.contribution_id)
        .where(
            Photo.changed_at < before,
            or_(Photo.contribution_id.is_(None), Contribution.state == State.ERASED),
        )
        .order_by(Photo.id)
        .limit(most)
        .with_for_update(of=Photo, skip_locked=True)
    ).all()


def beginnings() -> Sequence[str]:
    """The first two characters that keys have."""
    return db.session.scalars(select(func.substr(Photo.key, 1, 2)).distinct()).all()


def made_under(beginning: str) -> Mapping[str, int]:
    """Where each file is kept that was made of a photo whose key begins so, and its bytes."""
    rows = db.rows(
        select(Photo.key, Photo.receipt, PhotoFile.name, PhotoFile.bytes)
        .join(PhotoFile, PhotoFile.photo_id == Photo.id)
        .where(_begins(beginning)),
        {},
    )
    return {place_of(key, name, receipt.get("areas", 0)): length for key, receipt, name, length in rows}


def parts_under(beginning: str) -> Mapping[str, int]:
    """The same of pieces of uploads."""
    rows = db.rows(
        select(UploadPart.name, UploadPart.bytes)
        .join(Photo, Photo.id == UploadPart.photo_id)
        .where(_begins(beginning)),
        {},
    )
    return {name: length for name, length in rows}  # noqa: C416 - rows, not pairs


def _begins(beginning: str) -> ColumnElement[bool]:
    return Photo.key.between(beginning, f"{beginning}g")  # keys are hexadecimal


def is_on_its_way(key: str) -> bool:
    """Whether files of this photo may get their rows at any moment."""
    states = (PhotoState.ARRIVING, PhotoState.WAITING)
    return bool(db.rows(select(Photo.id).where(Photo.key == key, Photo.state.in_(states)), {}))


def unready(keys: Collection[str]) -> Mapping[str, PhotoState]:
    """Those of the photos that cannot be shown, or not yet."""
    rows = db.session.execute(
        select(Photo.key, Photo.state).where(Photo.key.in_(_keys(keys)), Photo.state != PhotoState.READY)
    )
    return {key: state for key, state in rows}  # noqa: C416 - a result has keys() of its own


def kept_names(photo: Photo) -> list[str]:
    """Where its files are kept: those made of it, and the pieces it came in."""
    names = db.session.scalars(select(PhotoFile.name).where(PhotoFile.photo_id == photo.id))
    made = [place_of(photo.key, name, photo.covered) for name in names]
    return made + [part.name for part in parts(photo.id)]


def fixed(contribution_id: int) -> set[str]:
    """The photos that a text others may have seen shows: they stay, whatever its author does now."""
    rows = db.session.scalars(
        select(Revision.pictures).where(
            Revision.contribution_id == contribution_id, Revision.submitted_at.is_not(None)
        )
    )
    return {picture.key for pictures in rows for picture in pictures}
