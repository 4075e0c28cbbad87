"""Decisions: an append-only log (triggers in the database refuse to change or delete a row)."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from community.accounts.models import Account
from community.kit import db

LONGEST_EXPLANATION = 2_000


class Outcome(StrEnum):
    APPROVE = "approve"
    RETURN = "return"
    REFUSE = "refuse"
    HIDE = "hide"
    RESTORE = "restore"


RESTRICTIONS = frozenset({Outcome.REFUSE, Outcome.HIDE})


class Ground(StrEnum):
    """The clause of the guidelines a decision rests on; their words stand in ``grounds.py``."""

    NOT_A_STORY = "1.1"
    ADVERTISING = "1.2"
    NOT_OWN_WORK = "1.3"
    HOSTILITY = "2.1"
    HARASSMENT = "2.2"
    PRIVACY = "2.3"
    DANGEROUS_DRIVING = "3.1"
    ILLEGAL = "3.2"
    MISLEADING = "3.3"


class Decision(db.Model):
    """What a moderator decided on which revision and version. ``waited_seconds`` counts from its submission."""

    __tablename__ = "decision"
    __table_args__ = (
        CheckConstraint("by_id <> author_id", name="not_own"),
        CheckConstraint(
            "outcome NOT IN ('refuse', 'hide') OR (ground IS NOT NULL AND length(trim(explanation)) > 0)",
            name="restriction_has_reasons",
        ),
        CheckConstraint("outcome <> 'return' OR length(trim(explanation)) > 0", name="return_has_notes"),
        CheckConstraint(f"length(explanation) <= {LONGEST_EXPLANATION}", name="explanation_length"),
        CheckConstraint("waited_seconds >= 0", name="waited_positive"),
        Index("ix_decision_contribution_id", "contribution_id", "id"),
        Index("ix_decision_author_id", "author_id", "id"),
        Index("ix_decision_language", "language", "id"),
    )

    id: Mapped[int] = mapped_column(db.Key, primary_key=True)
    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"))
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    revision_number: Mapped[int]
    version: Mapped[int]
    kind: Mapped[str] = mapped_column(String(16))
    language: Mapped[str] = mapped_column(String(12))
    country: Mapped[str] = mapped_column(String(2))
    author_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    outcome: Mapped[Outcome] = mapped_column(db.choice(Outcome, "outcome"))
    ground: Mapped[Ground | None] = mapped_column(db.choice(Ground, "ground"))
    explanation: Mapped[str] = mapped_column(Text, default="")
    waited_seconds: Mapped[int | None]
    created_at: Mapped[datetime] = mapped_column(db.Moment)

    by: Mapped[Account] = relationship(foreign_keys=[by_id], lazy="raise_on_sql")
