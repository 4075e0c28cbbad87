"""A vote: one member stands behind one idea; the primary key holds it."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from community.kit import db


class Vote(db.Model):
    """``country`` and ``model_id`` are the voter's when they voted, so that totals stay what they are counted from.

    ``comment_id`` is the sentence they added, a comment like any other. One that came with a merge names it, and goes
    with it: whoever votes again says it themselves.
    """

    __tablename__ = "vote"
    __table_args__ = (
        Index("ix_vote_account_id", "account_id", "created_at"),
        Index("ix_vote_idea_country", "idea_id", "country", "created_at"),
        Index("ix_vote_merge_id", "merge_id"),
    )

    idea_id: Mapped[int] = mapped_column(
        ForeignKey("idea.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    country: Mapped[str] = mapped_column(String(2))
    model_id: Mapped[int | None] = mapped_column(ForeignKey("model.id"))
    comment_id: Mapped[int | None] = mapped_column(ForeignKey("contribution.id", ondelete="SET NULL"))
    merge_id: Mapped[int | None] = mapped_column(ForeignKey("merge.id"))
    created_at: Mapped[datetime] = mapped_column(db.Moment)
