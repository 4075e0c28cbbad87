"""A call: an invitation to tell stories on a theme between two days, with questions to answer and terms to accept."""

from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import CheckConstraint, Date, Dialect, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.types import TypeDecorator

from community.contributions.models.tuples import Tuples
from community.kit import clock, db

LONGEST_CALL_TITLE = 120
LONGEST_INTRODUCTION = 5_000
LONGEST_TERMS = 5_000
LONGEST_QUESTION = 300
LONGEST_WHY = 500
MOST_QUESTIONS = 8
IS_OPENED = text("opened_at IS NOT NULL")


class Question(NamedTuple):
    words: str


Questions = tuple[Question, ...]


class QuestionsColumn(Tuples):
    cache_ok = True
    of = Question


class Codes(TypeDecorator[tuple[str, ...]]):
    """Codes of countries or languages, kept as one text with a space between."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, _dialect: Dialect) -> str:
        return " ".join(value or ())

    def process_result_value(self, value: Any, _dialect: Dialect) -> tuple[str, ...]:
        return tuple(str(value or "").split())


class Call(db.Model):
    """A draft until ``opened_at``; then stories can answer it from ``first_day`` to ``last_day``, days of UTC, both in.

    No countries or no languages means all. ``version`` counts the changes curators make; ``terms_version`` those of
    the terms. ``story_count`` is how many rows ``CallStory`` has of it. One that a curator ended before its day is over
    since ``ended_at``, and says why in the language it was first written in.
    """

    __tablename__ = "call"
    __table_args__ = (
        UniqueConstraint("by_id", "form_id"),
        CheckConstraint("version > 0 AND terms_version > 0", name="versions_positive"),
        CheckConstraint("story_count >= 0", name="story_count_positive"),
        CheckConstraint("first_day <= last_day", name="days_in_order"),
        CheckConstraint(f"length(ended_why) <= {LONGEST_WHY}", name="ended_why_length"),
        Index("ix_call_last_day", "last_day", "id", sqlite_where=IS_OPENED, postgresql_where=IS_OPENED),
    )

    id: Mapped[int] = mapped_column(db.Key, primary_key=True)
    form_id: Mapped[str] = mapped_column(String(64))
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    language: Mapped[str] = mapped_column(String(12))
    countries: Mapped[tuple[str, ...]] = mapped_column(Codes, default=())
    languages: Mapped[tuple[str, ...]] = mapped_column(Codes, default=())
    first_day: Mapped[date] = mapped_column(Date)
    last_day: Mapped[date] = mapped_column(Date)
    opened_at: Mapped[datetime | None] = mapped_column(db.Moment)
    ended_at: Mapped[datetime | None] = mapped_column(db.Moment)
    ended_why: Mapped[str] = mapped_column(Text, default="", server_default=text("''"))
    version: Mapped[int] = mapped_column(default=1)
    terms_version: Mapped[int] = mapped_column(default=1)
    story_count: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(db.Moment)

    texts: Mapped[list["CallText"]] = relationship(lazy="raise_on_sql", cascade="all, delete-orphan")

    @property
    def is_opened(self) -> bool:
        return self.opened_at is not None

    @property
    def is_open(self) -> bool:
        is_its_time = self.first_day <= clock.now().date() <= self.last_day
        return self.is_opened and self.ended_at is None and is_its_time

    @property
    def is_coming(self) -> bool:
        return self.is_opened and clock.now().date() < self.first_day

    @property
    def has_ended(self) -> bool:
        return self.is_opened and (self.ended_at is not None or clock.now().date() > self.last_day)

    def is_for(self, country: str, languages: tuple[str, ...]) -> bool:
        """Whether somebody there, or who writes one of these languages, is asked."""
        is_there = not self.countries or country in self.countries
        return is_there and (not self.languages or not set(self.languages).isdisjoint(languages))

    def words(self, language: str) -> "CallText":
        """In this language, else in the one it was first written in; that one is always there."""
        by_language = {words.language: words for words in self.texts}
        return by_language.get(language) or by_language[self.language]

    def terms(self, language: str) -> tuple[str, str]:
        """(words, their language); empty where it has none."""
        own, first = self.words(language), self.words(self.language)
        said = own if own.terms else first
        return said.terms, said.language

    def questions(self, language: str) -> list[tuple[str, str]]:
        """(words, their language): as many as it was first written with, whatever a translation leaves out."""
        own, first = self.words(language), self.words(self.language)
        asked = own if len(own.questions) == len(first.questions) else first
        return [(question.words, asked.language) for question in asked.questions]


class CallText(db.Model):
    """What a call says in one interface language; ``html`` is the introduction's, the terms are plain text."""

    __tablename__ = "call_text"
    __table_args__ = (
        CheckConstraint(f"length(title) BETWEEN 1 AND {LONGEST_CALL_TITLE}", name="title_length"),
        CheckConstraint(
            f"length(introduction) BETWEEN 1 AND {LONGEST_INTRODUCTION}", name="introduction_length"
        ),
        CheckConstraint(f"length(terms) <= {LONGEST_TERMS}", name="terms_length"),
    )

    call_id: Mapped[int] = mapped_column(ForeignKey("call.id", ondelete="CASCADE"), primary_key=True)
    language: Mapped[str] = mapped_column(String(12), primary_key=True)
    title: Mapped[str] = mapped_column(String(LONGEST_CALL_TITLE))
    introduction: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    terms: Mapped[str] = mapped_column(Text, default="")
    questions: Mapped[Questions] = mapped_column(QuestionsColumn, default=())


class CallStory(db.Model):
    """A live story whose live text answers a call: there is a row as long as both hold."""

    __tablename__ = "call_story"
    __table_args__ = (Index("ix_call_story_published", "call_id", "published_at", "story_id"),)

    story_id: Mapped[int] = mapped_column(
        ForeignKey("contribution.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    call_id: Mapped[int] = mapped_column(ForeignKey("call.id"))
    published_at: Mapped[datetime] = mapped_column(db.Moment)


class CallAnswer(db.Model):
    """A story was sent for a call while that was open, and its author accepted the terms in this version."""

    __tablename__ = "call_answer"
    __table_args__ = (Index("ix_call_answer_call_id", "call_id"),)

    story_id: Mapped[int] = mapped_column(
        ForeignKey("contribution.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    call_id: Mapped[int] = mapped_column(ForeignKey("call.id"), primary_key=True, autoincrement=False)
    terms_version: Mapped[int]
    accepted_at: Mapped[datetime] = mapped_column(db.Moment)
