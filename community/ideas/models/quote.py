"""A quote: a paragraph of a story's revision that an idea came out of."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from community.kit import db

LONGEST_QUOTE = 5_000


class Quote(db.Model):
    """``words`` are the paragraph as it was in that revision; ``account_id`` told it, and may say no at ``refused_at``.

    It is shown while its story is live and its author's consent to be quoted stands: neither is repeated here. One
    that came with a merge names it, and goes with it.
    """

    __tablename__ = "quote"
    __table_args__ = (
        CheckConstraint(f"length(words) BETWEEN 1 AND {LONGEST_QUOTE}", name="words_length"),
        Index(
            "uq_quote_own",
            "idea_id",
            "story_id",
            "key",
            unique=True,
            sqlite_where=text("merge_id IS NULL"),
            postgresql_where=text("merge_id IS NULL"),
        ),
        Index("ix_quote_idea_id", "idea_id", "id"),
        Index("ix_quote_story_id", "story_id"),
        Index("ix_quote_account_id", "account_id", "id"),
        Index("ix_quote_merge_id", "merge_id"),
    )

    id: Mapped[int] = mapped_column(db.Key, primary_key=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("idea.id", ondelete="CASCADE"))
    story_id: Mapped[int] = mapped_column(ForeignKey("contribution.id", ondelete="CASCADE"))
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id", ondelete="CASCADE"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    key: Mapped[str] = mapped_column(String(24))
    words: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(12))
    merge_id: Mapped[int | None] = mapped_column(ForeignKey("merge.id"))
    created_at: Mapped[datetime] = mapped_column(db.Moment)
    refused_at: Mapped[datetime | None] = mapped_column(db.Moment)
