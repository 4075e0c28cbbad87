"""A spotlight: live stories that a curator put together under a title, featured on the home page between two days."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from community.calls.models import LONGEST_CALL_TITLE as LONGEST_SPOTLIGHT_TITLE
from community.calls.models import LONGEST_INTRODUCTION
from community.kit import clock, db

MOST_STORIES = 60
IS_PUBLISHED = text("published_at IS NOT NULL")


class Spotlight(db.Model):
    """For curators until ``published_at``; featured from ``first_day`` to ``last_day``, days of UTC, both included.

    ``version`` counts the changes curators make. One that a call ended as names it; a call ends as one.
    """

    __tablename__ = "spotlight"
    __table_args__ = (
        UniqueConstraint("by_id", "form_id"),
        UniqueConstraint("call_id"),
        CheckConstraint("version > 0", name="version_positive"),
        CheckConstraint("first_day <= last_day", name="days_in_order"),
        Index(
            "ix_spotlight_published",
            "published_at",
            "id",
            sqlite_where=IS_PUBLISHED,
            postgresql_where=IS_PUBLISHED,
        ),
    )

    id: Mapped[int] = mapped_column(db.Key, primary_key=True)
    form_id: Mapped[str] = mapped_column(String(64))
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    call_id: Mapped[int | None] = mapped_column(ForeignKey("call.id"))
    language: Mapped[str] = mapped_column(String(12))
    first_day: Mapped[date] = mapped_column(Date)
    last_day: Mapped[date] = mapped_column(Date)
    published_at: Mapped[datetime | None] = mapped_column(db.Moment)
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(db.Moment)

    texts: Mapped[list["SpotlightText"]] = relationship(lazy="raise_on_sql", cascade="all, delete-orphan")

    @property
    def is_published(self) -> bool:
        return self.published_at is not None

    @property
    def is_featured(self) -> bool:
        return self.is_published and self.first_day <= clock.now().date() <= self.last_day

    def words(self, language: str) -> "SpotlightText":
        """In this language, else in the one it was first written in; that one is always there."""
        by_language = {words.language: words for words in self.texts}
        return by_language.get(language) or by_language[self.language]


class SpotlightText(db.Model):
    """What a spotlight says in one interface language; ``html`` is the introduction's."""

    __tablename__ = "spotlight_text"
    __table_args__ = (
        CheckConstraint(f"length(title) BETWEEN 1 AND {LONGEST_SPOTLIGHT_TITLE}", name="title_length"),
        CheckConstraint(
            f"length(introduction) BETWEEN 1 AND {LONGEST_INTRODUCTION}", name="introduction_length"
        ),
    )

    spotlight_id: Mapped[int] = mapped_column(
        ForeignKey("spotlight.id", ondelete="CASCADE"), primary_key=True
    )
    language: Mapped[str] = mapped_column(String(12), primary_key=True)
    title: Mapped[str] = mapped_column(String(LONGEST_SPOTLIGHT_TITLE))
    introduction: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)


class SpotlightStory(db.Model):
    """A story in a spotlight, at its place from 1; whether it is shown its own row says."""

    __tablename__ = "spotlight_story"
    __table_args__ = (Index("ix_spotlight_story_story_id", "story_id"),)

    spotlight_id: Mapped[int] = mapped_column(
        ForeignKey("spotlight.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    story_id: Mapped[int] = mapped_column(
        ForeignKey("story.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    position: Mapped[int]
