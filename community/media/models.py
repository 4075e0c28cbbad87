"""What the database holds about photos. Their bytes are in ``kit/storage.py``, under the names that stand here."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, Index, SmallInteger, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from community.kit import db

MOST_BYTES = 16 * 1024 * 1024
LONGEST_NAME = 120
MASTER = "master.jpg"
"""The re-encoded original. What is made later is made from it; it is never served."""
UNATTACHED = text("contribution_id IS NULL")


class PhotoState(StrEnum):
    """``waiting`` is whole and is being prepared; ``failed`` says why in ``reason``."""

    ARRIVING = "arriving"
    WAITING = "waiting"
    READY = "ready"
    FAILED = "failed"


class Photo(db.Model):
    """A photo, named in addresses and texts by its ``key``; the contribution it was first put into keeps it.

    ``areas`` are what its owner covered, in ten-thousandths of the upright picture: x, y, width, height each.
    ``receipt`` says what was taken out of it (processing.pictures), never the things themselves; the files there
    are come with it. ``received`` is how many of the ``length`` bytes are here. ``name`` is the one on the owner's
    device: for them alone.
    """

    __tablename__ = "photo"
    __table_args__ = (
        CheckConstraint("received BETWEEN 0 AND length", name="received_within_length"),
        CheckConstraint(f"length BETWEEN 1 AND {MOST_BYTES}", name="length_range"),
        CheckConstraint(f"length(name) <= {LONGEST_NAME}", name="name_length"),
        CheckConstraint("state <> 'failed' OR reason IS NOT NULL", name="failure_has_reason"),
        CheckConstraint(
            "state <> 'ready' OR (width IS NOT NULL AND height IS NOT NULL AND thumbhash IS NOT NULL)",
            name="ready_has_size",
        ),
        CheckConstraint("state = 'arriving' OR received = length", name="whole_before_work"),
        Index("ix_photo_owner_id", "owner_id", "created_at"),
        Index("ix_photo_contribution_id", "contribution_id"),
        Index("ix_photo_unattached", "created_at", sqlite_where=UNATTACHED, postgresql_where=UNATTACHED),
    )

    id: Mapped[int] = mapped_column(db.Key, primary_key=True)
    key: Mapped[str] = mapped_column(String(16), unique=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    contribution_id: Mapped[int | None] = mapped_column(ForeignKey("contribution.id"))
    state: Mapped[PhotoState] = mapped_column(db.choice(PhotoState, "state"), default=PhotoState.ARRIVING)
    reason: Mapped[str | None] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(LONGEST_NAME), default="")
    length: Mapped[int] = mapped_column(BigInteger)
    received: Mapped[int] = mapped_column(BigInteger, default=0)
    areas: Mapped[list[list[int]]] = mapped_column(JSON, default=list)
    width: Mapped[int | None]
    height: Mapped[int | None]
    thumbhash: Mapped[str | None] = mapped_column(String(60))
    receipt: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    created_at: Mapped[datetime] = mapped_column(db.Moment)
    changed_at: Mapped[datetime] = mapped_column(db.Moment)

    files: Mapped[list["PhotoFile"]] = relationship(
        order_by="PhotoFile.width", cascade="all, delete-orphan", lazy="raise_on_sql"
    )

    @property
    def covered(self) -> int:
        """How many areas are covered in the files there are: fewer than ``areas`` while more are being covered."""
        return int(self.receipt.get("areas", 0))

    @property
    def widths(self) -> list[int]:
        """Those it is served in, the smallest first."""
        return sorted({file.width for file in self.files if file.name != MASTER})


class PhotoFile(db.Model):
    """A file made of a photo: ``320.avif``, ``1600.webp``, ``master.jpg``."""

    __tablename__ = "photo_file"

    photo_id: Mapped[int] = mapped_column(ForeignKey("photo.id", ondelete="CASCADE"), primary_key=True)
    name: Mapped[str] = mapped_column(String(16), primary_key=True)
    width: Mapped[int] = mapped_column(SmallInteger)
    height: Mapped[int] = mapped_column(SmallInteger)
    bytes: Mapped[int]


class UploadPart(db.Model):
    """A piece of an upload as it came, from byte ``start`` on, until the photo is prepared."""

    __tablename__ = "upload_part"

    photo_id: Mapped[int] = mapped_column(ForeignKey("photo.id", ondelete="CASCADE"), primary_key=True)
    start: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    bytes: Mapped[int]
    name: Mapped[str] = mapped_column(String(80))


def place_of(key: str, name: str, covered: int = 0) -> str:
    """Where a file made of a photo is kept. With more areas covered it is another place.

    So nobody who is late, a worker or a cache, can put back what was covered since.
    """
    return f"photos/{key[:2]}/{key}/{covered}/{name}"
