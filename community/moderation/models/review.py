"""The desk's work: one review for each revision somebody has to look at, whatever brought it there."""

from datetime import datetime
from enum import IntEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, String, text
from sqlalchemy.orm import Mapped, mapped_column

from community.kit import db

LONGEST_DESK_NOTE = 2_000
IS_OPEN = text("closed_at IS NULL")
IS_ESCALATED = text("closed_at IS NULL AND escalated_at IS NOT NULL")
IS_CLAIMED = text("claimed_by_id IS NOT NULL")


class Rank(IntEnum):
    """What comes first: what was reported, what waits to go live, what went live by trust and is looked at after."""

    REPORTED = 0
    WAITING = 1
    AFTERWARDS = 2


def _open(name: str, *columns: str) -> Index:
    return Index(f"ix_review_{name}", *columns, sqlite_where=IS_OPEN, postgresql_where=IS_OPEN)


class Review(db.Model):
    """Open while ``closed_at`` is None. ``opened_at`` is since when it waits; it may be opened again by a report.

    ``report_count`` counts the reports it has to answer. A claim holds until ``claimed_until`` and ends by itself.
    Language, country, kind and author are the contribution's, repeated so that one index finds a page of the queue.
    """

    __tablename__ = "review"
    __table_args__ = (
        CheckConstraint("report_count >= 0", name="report_count_positive"),
        CheckConstraint("(claimed_by_id IS NULL) = (claimed_until IS NULL)", name="claim_has_end"),
        CheckConstraint(f"length(escalation) <= {LONGEST_DESK_NOTE}", name="escalation_length"),
        _open("queue_all", "rank", "opened_at", "revision_id"),
        _open("queue", "language", "country", "rank", "opened_at", "revision_id"),
        _open("queue_language", "language", "rank", "opened_at", "revision_id"),
        _open("oldest", "language", "opened_at"),
        _open("contribution_id", "contribution_id"),
        Index(
            "ix_review_escalated",
            "rank",
            "opened_at",
            "revision_id",
            sqlite_where=IS_ESCALATED,
            postgresql_where=IS_ESCALATED,
        ),
        _open("author_id", "author_id"),
        Index(
            "ix_review_claimed_by_id",
            "claimed_by_id",
            sqlite_where=IS_CLAIMED,
            postgresql_where=IS_CLAIMED,
        ),
    )

    revision_id: Mapped[int] = mapped_column(
        ForeignKey("revision.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id", ondelete="CASCADE"))
    author_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    kind: Mapped[str] = mapped_column(String(16))
    language: Mapped[str] = mapped_column(String(12))
    country: Mapped[str] = mapped_column(String(2))
    rank: Mapped[int] = mapped_column(SmallInteger)
    opened_at: Mapped[datetime] = mapped_column(db.Moment)
    closed_at: Mapped[datetime | None] = mapped_column(db.Moment)
    report_count: Mapped[int] = mapped_column(default=0)
    claimed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    claimed_until: Mapped[datetime | None] = mapped_column(db.Moment)
    escalated_at: Mapped[datetime | None] = mapped_column(db.Moment)
    escalated_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    escalation: Mapped[str] = mapped_column(String(LONGEST_DESK_NOTE), default="")
    translation_wanted_at: Mapped[datetime | None] = mapped_column(db.Moment)


class Backlog(db.Model):
    """How many reviews are open for each language and country; added to in the database, so no page counts them."""

    __tablename__ = "backlog"
    __table_args__ = (CheckConstraint("waiting >= 0", name="waiting_positive"),)

    language: Mapped[str] = mapped_column(String(12), primary_key=True)
    country: Mapped[str] = mapped_column(String(2), primary_key=True)
    waiting: Mapped[int]
