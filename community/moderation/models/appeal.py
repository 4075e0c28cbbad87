"""Appeals: somebody else looks again (Regulation (EU) 2022/2065, Article 20)."""

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from community.accounts.models import Account
from community.kit import db
from community.moderation.models.decision import Decision
from community.moderation.models.report import Report
from community.moderation.models.sanction import Sanction

WINDOW = timedelta(days=183)
"""Six months from being told (Article 20(1)): no six months of the calendar are longer by more than a day."""
LONGEST_MESSAGE = 4_000
LONGEST_ANSWER = 4_000
BY_AUTHOR = text("report_id IS NULL")
IS_OPEN = text("decided_at IS NULL")


class Verdict(StrEnum):
    UPHELD = "upheld"
    REVERSED = "reversed"


class Appeal(db.Model):
    """Against a decision or a sanction: by the one it restricts or, with ``report_id``, by the one who reported.

    ``appellant_id`` is None for a reporter without an account. ``first_by_id`` decided first and never decides again.
    Open while ``decided_at`` is None.
    """

    __tablename__ = "appeal"
    __table_args__ = (
        CheckConstraint("(decision_id IS NULL) <> (sanction_id IS NULL)", name="one_act"),
        CheckConstraint("report_id IS NULL OR decision_id IS NOT NULL", name="report_was_decided"),
        CheckConstraint("decided_by_id <> first_by_id", name="another_person"),
        CheckConstraint("decided_by_id <> appellant_id", name="not_own"),
        CheckConstraint(
            "decided_at IS NULL OR "
            "(verdict IS NOT NULL AND decided_by_id IS NOT NULL AND length(trim(answer)) > 0)",
            name="verdict_has_reasons",
        ),
        CheckConstraint("decided_at IS NOT NULL OR verdict IS NULL", name="verdict_has_date"),
        CheckConstraint(f"length(answer) <= {LONGEST_ANSWER}", name="answer_length"),
        Index(
            "uq_appeal_decision_id",
            "decision_id",
            unique=True,
            sqlite_where=BY_AUTHOR,
            postgresql_where=BY_AUTHOR,
        ),
        Index("uq_appeal_report_id", "report_id", unique=True),
        Index("uq_appeal_sanction_id", "sanction_id", unique=True),
        Index("ix_appeal_open", "opened_at", "id", sqlite_where=IS_OPEN, postgresql_where=IS_OPEN),
        Index("ix_appeal_appellant_id", "appellant_id", "id"),
    )

    id: Mapped[int] = mapped_column(db.Key, primary_key=True)
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("decision.id"))
    sanction_id: Mapped[int | None] = mapped_column(ForeignKey("sanction.id"))
    report_id: Mapped[int | None] = mapped_column(ForeignKey("report.id"))
    appellant_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    first_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    language: Mapped[str] = mapped_column(String(12))
    country: Mapped[str] = mapped_column(String(2))
    opened_at: Mapped[datetime] = mapped_column(db.Moment)
    decided_at: Mapped[datetime | None] = mapped_column(db.Moment)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    verdict: Mapped[Verdict | None] = mapped_column(db.choice(Verdict, "verdict"))
    answer: Mapped[str] = mapped_column(Text, default="")
    log_number: Mapped[int | None] = mapped_column(ForeignKey("log_entry.number"))

    decision: Mapped[Decision | None] = relationship(foreign_keys=[decision_id], lazy="raise_on_sql")
    sanction: Mapped[Sanction | None] = relationship(lazy="raise_on_sql")
    report: Mapped[Report | None] = relationship(lazy="raise_on_sql")
    first_by: Mapped[Account] = relationship(foreign_keys=[first_by_id], lazy="raise_on_sql")
    decided_by: Mapped[Account | None] = relationship(foreign_keys=[decided_by_id], lazy="raise_on_sql")
    messages: Mapped[list["AppealMessage"]] = relationship(
        order_by="AppealMessage.id", lazy="raise_on_sql", viewonly=True
    )

    @property
    def author_id(self) -> int:
        """Whom the act it questions restricts, or left alone; decision and sanction must be loaded."""
        if self.decision is not None:
            return self.decision.author_id
        if self.sanction is None:
            raise ValueError("an appeal is against a decision or a sanction")
        return self.sanction.account_id

    @property
    def is_open(self) -> bool:
        return self.decided_at is None


class AppealMessage(db.Model):
    """A line of the dialogue; ``is_from_desk`` tells the two sides apart.

    ``by_id`` is None for somebody without an account.
    """

    __tablename__ = "appeal_message"
    __table_args__ = (
        CheckConstraint(f"length(body) BETWEEN 1 AND {LONGEST_MESSAGE}", name="body_length"),
        Index("ix_appeal_message_appeal_id", "appeal_id", "id"),
    )

    id: Mapped[int] = mapped_column(db.Key, primary_key=True)
    appeal_id: Mapped[int] = mapped_column(ForeignKey("appeal.id", ondelete="CASCADE"))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    is_from_desk: Mapped[bool]
    body: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(db.Moment)
