"""What moderators tell each other about a member, and which mails a member was sent."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from community.accounts.models import Account
from community.kit import db

LONGEST_NOTE = 2_000


class Note(db.Model):
    """Read by moderators only. ``contribution_id`` is what it was written beside, if anything."""

    __tablename__ = "note"
    __table_args__ = (
        CheckConstraint(f"length(body) BETWEEN 1 AND {LONGEST_NOTE}", name="body_length"),
        Index("ix_note_account_id", "account_id", "id"),
        Index("ix_note_contribution_id", "contribution_id", "id"),
    )

    id: Mapped[int] = mapped_column(db.Key, primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    contribution_id: Mapped[int | None] = mapped_column(ForeignKey("contribution.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    body: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(db.Moment)

    by: Mapped[Account] = relationship(foreign_keys=[by_id], lazy="raise_on_sql")


class SentMail(db.Model):
    """A mail about moderation that left: to whom, of which kind, with which subject."""

    __tablename__ = "sent_mail"
    __table_args__ = (Index("ix_sent_mail_account_id", "account_id", "id"),)

    id: Mapped[int] = mapped_column(db.Key, primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(300))
    sent_at: Mapped[datetime] = mapped_column(db.Moment)
