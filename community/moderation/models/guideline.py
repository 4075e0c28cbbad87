"""The guidelines: numbered clauses in versions, their words in each language, and templates for reasons."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from community.kit import db
from community.moderation.models.category import Category

LONGEST_NUMBER = 8
LONGEST_CLAUSE_TITLE = 120
LONGEST_CLAUSE_TEXT = 2_000
LONGEST_TEMPLATE = 2_000
IN_FORCE = text("ended_at IS NULL")


class Clause(db.Model):
    """One version of one clause. A version never changes; a change is a new version, and the old one ends.

    ``category`` is the transparency database's; ``is_illegal`` clauses speak of the law, others of this place's rules.
    """

    __tablename__ = "clause"
    __table_args__ = (
        UniqueConstraint("number", "version"),
        CheckConstraint("version > 0", name="version_positive"),
        CheckConstraint("chapter > 0", name="chapter_positive"),
        Index(
            "uq_clause_in_force",
            "number",
            unique=True,
            sqlite_where=IN_FORCE,
            postgresql_where=IN_FORCE,
        ),
    )

    id: Mapped[int] = mapped_column(db.Key, primary_key=True)
    chapter: Mapped[int]
    number: Mapped[str] = mapped_column(String(LONGEST_NUMBER))
    version: Mapped[int]
    category: Mapped[Category] = mapped_column(db.choice(Category, "category", 80))
    is_illegal: Mapped[bool]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    in_force_at: Mapped[datetime] = mapped_column(db.Moment)
    ended_at: Mapped[datetime | None] = mapped_column(db.Moment)

    texts: Mapped[list["ClauseText"]] = relationship(lazy="raise_on_sql", cascade="all, delete-orphan")

    def words(self, language: str) -> "ClauseText":
        """In this language, else in English; every clause has English words."""
        by_language = {words.language: words for words in self.texts}
        return by_language.get(language) or by_language["en"]


class ClauseText(db.Model):
    """A clause's title and text in one interface language."""

    __tablename__ = "clause_text"
    __table_args__ = (
        CheckConstraint(f"length(title) BETWEEN 1 AND {LONGEST_CLAUSE_TITLE}", name="title_length"),
        CheckConstraint(f"length(text) BETWEEN 1 AND {LONGEST_CLAUSE_TEXT}", name="text_length"),
    )

    clause_id: Mapped[int] = mapped_column(ForeignKey("clause.id", ondelete="CASCADE"), primary_key=True)
    language: Mapped[str] = mapped_column(String(12), primary_key=True)
    title: Mapped[str] = mapped_column(String(LONGEST_CLAUSE_TITLE))
    text: Mapped[str] = mapped_column(Text)


class ReasonTemplate(db.Model):
    """Words a moderator may begin an explanation with: one for each clause number and language, changed in place."""

    __tablename__ = "reason_template"
    __table_args__ = (CheckConstraint(f"length(text) BETWEEN 1 AND {LONGEST_TEMPLATE}", name="text_length"),)

    number: Mapped[str] = mapped_column(String(LONGEST_NUMBER), primary_key=True)
    language: Mapped[str] = mapped_column(String(12), primary_key=True)
    text: Mapped[str] = mapped_column(Text)
