"""A block: one member wants nothing to do with another."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from community.kit import db


class Block(db.Model):
    """Each once, and nobody blocks themselves: the database holds both. ``policy/rules`` says what follows from it."""

    __tablename__ = "block"
    __table_args__ = (
        CheckConstraint("blocked_id <> blocker_id", name="not_oneself"),
        Index("ix_block_blocked_id", "blocked_id"),
    )

    blocker_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    blocked_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    created_at: Mapped[datetime] = mapped_column(db.Moment)
