"""A merge: a curator says that two ideas are one. It can be undone, and stays in the record."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from community.kit import db

LONGEST_WHY = 300
IS_STANDING = text("undone_at IS NULL")


class Merge(db.Model):
    """Stands until ``undone_at``; the database allows one at a time for a duplicate."""

    __tablename__ = "merge"
    __table_args__ = (
        CheckConstraint("duplicate_id <> original_id", name="two_ideas"),
        CheckConstraint(f"length(why) <= {LONGEST_WHY}", name="why_length"),
        Index(
            "uq_merge_standing",
            "duplicate_id",
            unique=True,
            sqlite_where=IS_STANDING,
            postgresql_where=IS_STANDING,
        ),
        Index("ix_merge_original_id", "original_id"),
    )

    id: Mapped[int] = mapped_column(db.Key, primary_key=True)
    duplicate_id: Mapped[int] = mapped_column(ForeignKey("idea.id", ondelete="CASCADE"))
    original_id: Mapped[int] = mapped_column(ForeignKey("idea.id", ondelete="CASCADE"))
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    why: Mapped[str] = mapped_column(String(LONGEST_WHY), default="")
    created_at: Mapped[datetime] = mapped_column(db.Moment)
    undone_at: Mapped[datetime | None] = mapped_column(db.Moment)
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
