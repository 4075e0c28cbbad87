"""A step: one move of an idea from stage to stage, with what the maker says about it. Never changed."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from community.accounts.models import Account
from community.ideas.models.stage import Stage
from community.kit import db

LONGEST_ANSWER = 5_000
LONGEST_FUNCTION = 80
LONGEST_LINE = 200
"""Of a reason, of models, countries and a version."""


class Step(db.Model):
    """``number`` is the idea's count of moves with this one, so that of two moves at once one is a conflict.

    ``function`` is what its author does at the maker's. A step to a stage that means declined has a ``reason``; one
    that means shipped says in which models, which countries and which version.
    """

    __tablename__ = "step"
    __table_args__ = (
        UniqueConstraint("idea_id", "number"),
        UniqueConstraint("idea_id", "form_id"),
        CheckConstraint(f"length(answer) BETWEEN 1 AND {LONGEST_ANSWER}", name="answer_length"),
        CheckConstraint(f"length(function) BETWEEN 1 AND {LONGEST_FUNCTION}", name="function_length"),
        CheckConstraint(f"length(reason) <= {LONGEST_LINE}", name="reason_length"),
        Index("ix_step_created_at", "created_at", "id"),
        Index("ix_step_by_id", "by_id", "id"),
    )

    id: Mapped[int] = mapped_column(db.Key, primary_key=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("idea.id", ondelete="CASCADE"))
    number: Mapped[int]
    form_id: Mapped[str] = mapped_column(String(64))
    from_id: Mapped[int] = mapped_column(ForeignKey("stage.id"))
    to_id: Mapped[int] = mapped_column(ForeignKey("stage.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    function: Mapped[str] = mapped_column(String(LONGEST_FUNCTION))
    answer: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(12))
    reason: Mapped[str] = mapped_column(String(LONGEST_LINE), default="")
    shipped_models: Mapped[str] = mapped_column(String(LONGEST_LINE), default="")
    shipped_countries: Mapped[str] = mapped_column(String(LONGEST_LINE), default="")
    shipped_version: Mapped[str] = mapped_column(String(LONGEST_LINE), default="")
    created_at: Mapped[datetime] = mapped_column(db.Moment)

    by: Mapped[Account] = relationship(lazy="raise_on_sql")
    to: Mapped[Stage] = relationship(foreign_keys=[to_id], lazy="raise_on_sql")
