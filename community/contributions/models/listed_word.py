"""Listed words: what admins want looked at before anybody else reads it, for each language."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from community.kit import db

LONGEST_WORD = 80
LONGEST_WORD_NOTE = 200
ANY_LANGUAGE = ""


class ListedWord(db.Model):
    """``folded`` is how the checks compare it: without case and accents. ANY_LANGUAGE holds in every language."""

    __tablename__ = "listed_word"
    __table_args__ = (
        UniqueConstraint("language", "folded"),
        CheckConstraint(f"length(word) BETWEEN 1 AND {LONGEST_WORD}", name="word_length"),
    )

    id: Mapped[int] = mapped_column(db.Key, primary_key=True)
    language: Mapped[str] = mapped_column(String(12))
    word: Mapped[str] = mapped_column(String(LONGEST_WORD))
    folded: Mapped[str] = mapped_column(String(4 * LONGEST_WORD))
    note: Mapped[str] = mapped_column(String(LONGEST_WORD_NOTE), default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[datetime] = mapped_column(db.Moment)
