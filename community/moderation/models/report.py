"""Reports: notices of members and of anybody else (Regulation (EU) 2022/2065, Article 16)."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from community.contributions.models import Contribution, Revision
from community.kit import db
from community.moderation.models.category import Category
from community.moderation.models.log import Result

LONGEST_REPORT = 4_000
LONGEST_REPORTER = 120
LONGEST_REPORTER_MAIL = 254
PHOTO = " photo:"
"""Between a reporter's key and that of a photo."""
IS_UNANSWERED = text("answered_at IS NULL")


class Reason(StrEnum):
    """What somebody may report; only for CHILD_SAFETY name and address may be left out (Article 16(2)(c)).

    MISTRANSLATION is about translations alone: it is what the author of an original objects to one with.
    """

    CHILD_SAFETY = "child_safety"
    HATE = "hate"
    THREATS = "threats"
    HARASSMENT = "harassment"
    PRIVACY = "privacy"
    COPYRIGHT = "copyright"
    SCAM = "scam"
    DANGER = "danger"
    MISLEADING = "misleading"
    ADVERTISING = "advertising"
    OTHER_ILLEGAL = "other_illegal"
    OTHER = "other"
    MISTRANSLATION = "mistranslation"


CATEGORIES: dict[Reason, Category] = {
    Reason.CHILD_SAFETY: Category.MINORS,
    Reason.HATE: Category.SPEECH,
    Reason.THREATS: Category.VIOLENCE,
    Reason.HARASSMENT: Category.CYBER_VIOLENCE,
    Reason.PRIVACY: Category.DATA_PROTECTION,
    Reason.COPYRIGHT: Category.INTELLECTUAL_PROPERTY,
    Reason.SCAM: Category.SCAMS,
    Reason.DANGER: Category.PUBLIC_SECURITY,
    Reason.MISLEADING: Category.CONSUMER_INFORMATION,
    Reason.ADVERTISING: Category.OTHER_VIOLATION,
    Reason.OTHER_ILLEGAL: Category.OTHER_VIOLATION,
    Reason.OTHER: Category.OTHER_VIOLATION,
    Reason.MISTRANSLATION: Category.OTHER_VIOLATION,
}


class Report(db.Model):
    """Pinned to the revision its reporter had before them. Who reported is never shown to the author.

    ``reporter_key`` is ``account:<id>``, ``mail:<address> <keyed hash of the network>`` or ``address:<hash>``, and of a
    report on one photo its key after that: the same one may report the same thing for the same reason once.
    ``decision_id`` is the decision that answered it, if one did.
    """

    __tablename__ = "report"
    __table_args__ = (
        UniqueConstraint("revision_id", "reporter_key", "reason"),
        CheckConstraint(f"length(explanation) BETWEEN 1 AND {LONGEST_REPORT}", name="explanation_length"),
        CheckConstraint(
            "reason = 'child_safety' OR reporter_id IS NOT NULL OR (length(name) > 0 AND length(email) > 2)",
            name="reporter_is_named",
        ),
        CheckConstraint("(answered_at IS NULL) = (result IS NULL)", name="answer_has_result"),
        Index(
            "ix_report_unanswered",
            "contribution_id",
            sqlite_where=IS_UNANSWERED,
            postgresql_where=IS_UNANSWERED,
        ),
        Index("ix_report_revision_id", "revision_id", "id"),
        Index("ix_report_reporter_id", "reporter_id", "id"),
        Index("ix_report_decision_id", "decision_id"),
    )

    id: Mapped[int] = mapped_column(db.Key, primary_key=True)
    reference: Mapped[str] = mapped_column(String(16), unique=True)
    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"))
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    reason: Mapped[Reason] = mapped_column(db.choice(Reason, "reason"))
    explanation: Mapped[str] = mapped_column(Text)
    reporter_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    reporter_key: Mapped[str] = mapped_column(String(300))
    name: Mapped[str] = mapped_column(String(LONGEST_REPORTER), default="")
    email: Mapped[str] = mapped_column(String(LONGEST_REPORTER_MAIL), default="")
    language: Mapped[str] = mapped_column(String(12))
    created_at: Mapped[datetime] = mapped_column(db.Moment)
    answered_at: Mapped[datetime | None] = mapped_column(db.Moment)
    result: Mapped[Result | None] = mapped_column(db.choice(Result, "result"))
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("decision.id"))
    log_number: Mapped[int | None] = mapped_column(ForeignKey("log_entry.number"))

    contribution: Mapped[Contribution] = relationship(lazy="raise_on_sql")
    revision: Mapped[Revision] = relationship(lazy="raise_on_sql")

    @property
    def photo(self) -> str:
        """The key of the photo it is about; empty for the whole text."""
        return photo_of(self.reporter_key)


def key_with_photo(reporter_key: str, photo: str) -> str:
    """``reporter_key`` of a report on one photo."""
    return f"{reporter_key}{PHOTO}{photo}"


def photo_of(reporter_key: str) -> str:
    """The photo's key in it; empty where there is none."""
    return reporter_key.partition(PHOTO)[2]
