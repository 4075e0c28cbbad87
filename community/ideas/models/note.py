"""What curators tell each other about an idea; nobody else reads it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from community.accounts.models import Account
from community.kit import db

LONGEST_NOTE = 2_000


class IdeaNote(db.Model):
    __tablename__ = "idea_note"
    __table_args__ = (
        UniqueConstraint("idea_id", "form_id"),
        CheckConstraint(f"length(words) BETWEEN 1 AND {LONGEST_NOTE}", name="words_length"),
        Index("ix_idea_note_idea_id", "idea_id", "id"),
    )

    id: Mapped[int] = mapped_column(db.Key, primary_key=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("idea.id", ondelete="CASCADE"))
    form_id: Mapped[str] = mapped_column(String(64))
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    words: Mapped[str] = mapped_column(String(LONGEST_NOTE))
    created_at: Mapped[datetime] = mapped_column(db.Moment)

    by: Mapped[Account] = relationship(lazy="raise_on_sql")
