"""The statement of reasons: one row for each restriction (Regulation (EU) 2022/2065, Article 17)."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from community.kit import db
from community.moderation.models.category import Category
from community.moderation.models.decision import Source

LONGEST_LEGAL_GROUND = 500
LONGEST_REASON = 2_000
LONGEST_FACTS = 5_000


class StatementGround(StrEnum):
    ILLEGAL = "DECISION_GROUND_ILLEGAL_CONTENT"
    INCOMPATIBLE = "DECISION_GROUND_INCOMPATIBLE_CONTENT"


class Visibility(StrEnum):
    REMOVED = "DECISION_VISIBILITY_CONTENT_REMOVED"
    DISABLED = "DECISION_VISIBILITY_CONTENT_DISABLED"
    INTERACTION_RESTRICTED = "DECISION_VISIBILITY_CONTENT_INTERACTION_RESTRICTED"
    LABELLED = "DECISION_VISIBILITY_CONTENT_LABELLED"


class Provision(StrEnum):
    PARTIAL_SUSPENSION = "DECISION_PROVISION_PARTIAL_SUSPENSION"


class AccountMeasure(StrEnum):
    SUSPENDED = "DECISION_ACCOUNT_SUSPENDED"
    TERMINATED = "DECISION_ACCOUNT_TERMINATED"


class Automation(StrEnum):
    NOT = "AUTOMATED_DECISION_NOT_AUTOMATED"
    PARTIALLY = "AUTOMATED_DECISION_PARTIALLY"
    FULLY = "AUTOMATED_DECISION_FULLY"


class Statement(db.Model):
    """Names follow the schema of the EU transparency database, so that export is a projection.

    ``puid`` says nothing about member or story. ``reason`` is the explanation to the member, ``legal_ground`` the law
    where the ground is illegal content. ``end_date`` None is without end. What names people (account, contribution,
    decision) never leaves with the export.
    """

    __tablename__ = "statement"
    __table_args__ = (
        CheckConstraint("(decision_id IS NULL) <> (sanction_id IS NULL)", name="one_restriction"),
        CheckConstraint(
            "decision_visibility IS NOT NULL OR decision_provision IS NOT NULL OR decision_account IS NOT NULL",
            name="restricts_something",
        ),
        CheckConstraint(
            "decision_ground <> 'DECISION_GROUND_ILLEGAL_CONTENT' OR length(trim(legal_ground)) > 0",
            name="law_is_named",
        ),
        CheckConstraint(
            "length(trim(reason)) > 0 AND length(trim(decision_facts)) > 0", name="has_facts_and_reason"
        ),
        CheckConstraint(f"length(legal_ground) <= {LONGEST_LEGAL_GROUND}", name="legal_ground_length"),
        CheckConstraint(f"length(reason) <= {LONGEST_REASON}", name="reason_length"),
        CheckConstraint(f"length(decision_facts) <= {LONGEST_FACTS}", name="facts_length"),
        Index("uq_statement_decision_id", "decision_id", unique=True),
        Index("uq_statement_sanction_id", "sanction_id", unique=True),
        Index("ix_statement_account_id", "account_id", "created_at"),
        Index("ix_statement_created_at", "created_at", "puid"),
    )

    puid: Mapped[str] = mapped_column(String(36), primary_key=True)
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("decision.id"))
    sanction_id: Mapped[int | None] = mapped_column(
        ForeignKey("sanction.id", name="fk_statement_sanction_id", use_alter=True)
    )
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    contribution_id: Mapped[int | None] = mapped_column(ForeignKey("contribution.id"))
    clause_id: Mapped[int] = mapped_column(ForeignKey("clause.id"))
    language: Mapped[str] = mapped_column(String(12))
    decision_visibility: Mapped[Visibility | None] = mapped_column(db.choice(Visibility, "visibility", 60))
    decision_provision: Mapped[Provision | None] = mapped_column(db.choice(Provision, "provision", 60))
    decision_account: Mapped[AccountMeasure | None] = mapped_column(db.choice(AccountMeasure, "account", 60))
    decision_ground: Mapped[StatementGround] = mapped_column(db.choice(StatementGround, "ground", 60))
    category: Mapped[Category] = mapped_column(db.choice(Category, "category", 80))
    legal_ground: Mapped[str] = mapped_column(Text, default="")
    reason: Mapped[str] = mapped_column(Text)
    decision_facts: Mapped[str] = mapped_column(Text)
    content_type: Mapped[str | None] = mapped_column(String(60))
    content_language: Mapped[str | None] = mapped_column(String(12))
    content_date: Mapped[datetime | None] = mapped_column(db.Moment)
    application_date: Mapped[datetime] = mapped_column(db.Moment)
    end_date: Mapped[datetime | None] = mapped_column(db.Moment)
    territorial_scope: Mapped[str] = mapped_column(String(200))
    source_type: Mapped[Source] = mapped_column(db.choice(Source, "source", 30))
    automated_detection: Mapped[bool]
    automated_decision: Mapped[Automation] = mapped_column(db.choice(Automation, "automation", 60))
    created_at: Mapped[datetime] = mapped_column(db.Moment)
