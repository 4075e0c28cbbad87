"""An edition: a live story or idea as it can be read in a language other than its own."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from community.contributions.models.contribution import Kind
from community.contributions.models.picture import Pictures, PicturesColumn
from community.contributions.models.revision import LONGEST_EXCERPT, LONGEST_TITLE
from community.kit import db


class Edition(db.Model):
    """There is a row as long as its original is live, takes translations, and a translation of it is live.

    ``story_id`` is the original's number, an idea's as well: ``kind`` says which of the two it is. It is drawn from the
    original's live revision and the translation's: ``stale`` counts the parts that stand in the original, because its
    author changed them since. ``original_language``, ``country``, ``topic_id`` and ``published_at`` are the original's
    too, repeated so that one index finds a list's page.
    """

    __tablename__ = "edition"
    __table_args__ = (
        CheckConstraint("language <> original_language", name="another_language"),
        CheckConstraint("stale >= 0", name="stale_positive"),
        Index("ix_edition_language", "kind", "language", "published_at", "story_id"),
        Index("ix_edition_languages", "kind", "language", "original_language"),
        Index("ix_edition_translation_id", "translation_id", unique=True),
        Index("ix_edition_translator_id", "translator_id", "made_at", "story_id"),
    )

    story_id: Mapped[int] = mapped_column(
        ForeignKey("contribution.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    language: Mapped[str] = mapped_column(String(12), primary_key=True)
    kind: Mapped[Kind] = mapped_column(db.choice(Kind, "kind"), server_default=Kind.STORY.value)
    translation_id: Mapped[int] = mapped_column(ForeignKey("contribution.id", ondelete="CASCADE"))
    translator_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    title: Mapped[str] = mapped_column(String(LONGEST_TITLE))
    excerpt: Mapped[str] = mapped_column(String(LONGEST_EXCERPT))
    html: Mapped[str] = mapped_column(Text)
    minutes: Mapped[int]
    pictures: Mapped[Pictures] = mapped_column(PicturesColumn, default=())
    stale: Mapped[int] = mapped_column(SmallInteger)
    is_machine_aided: Mapped[bool]
    made_at: Mapped[datetime] = mapped_column(db.Moment)
    original_language: Mapped[str] = mapped_column(String(12))
    country: Mapped[str] = mapped_column(String(2))
    topic_id: Mapped[int | None] = mapped_column(ForeignKey("topic.id"))
    published_at: Mapped[datetime] = mapped_column(db.Moment)
