"""Decisions: an append-only log (triggers in the database refuse to change or delete a row)."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from community.accounts.models import Account
from community.kit import db

LONGEST_EXPLANATION = 2_000


class Outcome(StrEnum):
    """``keep`` answers a report, or a look afterwards, with "nothing is wrong"; ``lock`` closes the answers.

    ``undo`` takes back a decision within its ten seconds; it names the one it undoes.
    """

    APPROVE = "approve"
    RETURN = "return"
    REFUSE = "refuse"
    HIDE = "hide"
    RESTORE = "restore"
    KEEP = "keep"
    LOCK = "lock"
    UNLOCK = "unlock"
    UNDO = "undo"


RESTRICTIONS = frozenset({Outcome.REFUSE, Outcome.HIDE, Outcome.LOCK})


class Source(StrEnum):
    """What made somebody look: the names are those of the EU transparency database."""

    NOTICE = "ARTICLE_16"
    TRUSTED_FLAGGER = "TRUSTED_FLAGGER"
    OTHER_NOTIFICATION = "TYPE_OTHER_NOTIFICATION"
    OWN_INITIATIVE = "VOLUNTARY"


class Decision(db.Model):
    """What a moderator decided on which revision and version. ``waited_seconds`` counts from its submission.

    ``ground`` is the clause's number; ``clause_id`` that clause in the version in force when it was decided.
    A restriction names its statement of reasons, which names the decision: neither is kept without the other.
    """

    __tablename__ = "decision"
    __table_args__ = (
        CheckConstraint("by_id <> author_id", name="not_own"),
        CheckConstraint(
            "outcome NOT IN ('refuse', 'hide', 'lock') OR "
            "(clause_id IS NOT NULL AND ground IS NOT NULL AND statement_puid IS NOT NULL "
            "AND length(trim(explanation)) > 0)",
            name="restriction_has_reasons",
        ),
        CheckConstraint(
            "outcome IN ('refuse', 'hide', 'lock') OR statement_puid IS NULL", name="only_restrictions_state"
        ),
        CheckConstraint("outcome <> 'return' OR length(trim(explanation)) > 0", name="return_has_notes"),
        CheckConstraint("(outcome = 'undo') = (undoes_id IS NOT NULL)", name="undo_names_decision"),
        CheckConstraint(f"length(explanation) <= {LONGEST_EXPLANATION}", name="explanation_length"),
        CheckConstraint("waited_seconds >= 0", name="waited_positive"),
        Index("ix_decision_contribution_id", "contribution_id", "id"),
        Index("ix_decision_author_id", "author_id", "id"),
        Index("ix_decision_language", "language", "id"),
        Index("uq_decision_undoes_id", "undoes_id", unique=True),
        Index("uq_decision_statement_puid", "statement_puid", unique=True),
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
    ground: Mapped[str | None] = mapped_column(String(16))
    clause_id: Mapped[int | None] = mapped_column(ForeignKey("clause.id"))
    explanation: Mapped[str] = mapped_column(Text, default="")
    statement_puid: Mapped[str | None] = mapped_column(
        ForeignKey(
            "statement.puid",
            name="fk_decision_statement_puid",
            use_alter=True,
            deferrable=True,
            initially="DEFERRED",
        )
    )
    undoes_id: Mapped[int | None] = mapped_column(ForeignKey("decision.id"))
    appeal_id: Mapped[int | None] = mapped_column(
        ForeignKey("appeal.id", name="fk_decision_appeal_id", use_alter=True)
    )
    log_number: Mapped[int | None] = mapped_column(ForeignKey("log_entry.number"))
    waited_seconds: Mapped[int | None]
    created_at: Mapped[datetime] = mapped_column(db.Moment)

    by: Mapped[Account] = relationship(foreign_keys=[by_id], lazy="raise_on_sql")
