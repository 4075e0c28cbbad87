"""Sanctions: measures against misuse (Regulation (EU) 2022/2065, Article 23), each appealable."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from community.accounts.models import Account
from community.kit import db
from community.moderation.models.guideline import LONGEST_NUMBER
from community.moderation.models.statement import LONGEST_FACTS, LONGEST_LEGAL_GROUND, LONGEST_REASON


class Measure(StrEnum):
    """``warning`` must be acknowledged; ``suspension`` lets read but not post until a date; ``closure`` ends it all."""

    WARNING = "warning"
    SUSPENSION = "suspension"
    CLOSURE = "closure"


class Gravity(StrEnum):
    MINOR = "minor"
    SERIOUS = "serious"
    GRAVE = "grave"


class Intent(StrEnum):
    UNKNOWN = "unknown"
    CARELESS = "careless"
    DELIBERATE = "deliberate"


class Sanction(db.Model):
    """With the four factors of Article 23(3): ``count`` of restricted contributions, ``total`` of all they sent in the
    same time (so, the share), ``gravity`` and ``intent``.

    More than a warning needs a warning before it (``after_id``), but where the ground is illegal content.
    """

    __tablename__ = "sanction"
    __table_args__ = (
        CheckConstraint("by_id <> account_id", name="not_own"),
        CheckConstraint("measure = 'warning' OR after_id IS NOT NULL OR is_illegal", name="warned_before"),
        CheckConstraint("(measure = 'warning') = (statement_puid IS NULL)", name="restriction_has_statement"),
        CheckConstraint("(measure = 'suspension') = (ends_at IS NOT NULL)", name="suspension_has_end"),
        CheckConstraint("length(trim(explanation)) > 0", name="has_reasons"),
        CheckConstraint(f"length(explanation) <= {LONGEST_REASON}", name="explanation_length"),
        CheckConstraint(f"length(facts) <= {LONGEST_FACTS}", name="facts_length"),
        CheckConstraint(f"length(legal_ground) <= {LONGEST_LEGAL_GROUND}", name="legal_ground_length"),
        CheckConstraint("count >= 0 AND total >= count", name="share_possible"),
        Index("ix_sanction_account_id", "account_id", "id"),
        Index("uq_sanction_statement_puid", "statement_puid", unique=True),
    )

    id: Mapped[int] = mapped_column(db.Key, primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    measure: Mapped[Measure] = mapped_column(db.choice(Measure, "measure"))
    clause_id: Mapped[int] = mapped_column(ForeignKey("clause.id"))
    ground: Mapped[str] = mapped_column(String(LONGEST_NUMBER))
    is_illegal: Mapped[bool]
    legal_ground: Mapped[str] = mapped_column(Text, default="")
    explanation: Mapped[str] = mapped_column(Text)
    facts: Mapped[str] = mapped_column(Text)
    count: Mapped[int]
    total: Mapped[int]
    gravity: Mapped[Gravity] = mapped_column(db.choice(Gravity, "gravity"))
    intent: Mapped[Intent] = mapped_column(db.choice(Intent, "intent"))
    after_id: Mapped[int | None] = mapped_column(ForeignKey("sanction.id"))
    statement_puid: Mapped[str | None] = mapped_column(
        ForeignKey(
            "statement.puid",
            name="fk_sanction_statement_puid",
            use_alter=True,
            deferrable=True,
            initially="DEFERRED",
        )
    )
    log_number: Mapped[int | None] = mapped_column(ForeignKey("log_entry.number"))
    created_at: Mapped[datetime] = mapped_column(db.Moment)
    ends_at: Mapped[datetime | None] = mapped_column(db.Moment)
    acknowledged_at: Mapped[datetime | None] = mapped_column(db.Moment)
    lifted_at: Mapped[datetime | None] = mapped_column(db.Moment)
    lifted_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    by: Mapped[Account] = relationship(foreign_keys=[by_id], lazy="raise_on_sql")
