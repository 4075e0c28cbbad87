"""The public log: every act of moderation, without a person in it, each line chained to the one before by its hash."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from community.kit import db
from community.moderation.models.category import Category
from community.moderation.models.decision import Source
from community.moderation.models.guideline import LONGEST_NUMBER


class Act(StrEnum):
    """The outcomes of decisions, and the rest of what a desk does.

    ``report`` is a notice that came in, ``answer`` what came of it, ``reopen`` an answer taken back with its decision;
    ``uphold`` and ``reverse`` end an appeal.
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
    REPORT = "report"
    ANSWER = "answer"
    REOPEN = "reopen"
    WARN = "warn"
    SUSPEND = "suspend"
    CLOSE = "close"
    LIFT = "lift"
    APPEAL = "appeal"
    UPHOLD = "uphold"
    REVERSE = "reverse"


class Result(StrEnum):
    """What came of a report: something was done, nothing was wrong, or its author had taken the text away."""

    ACTED = "acted"
    KEPT = "kept"
    GONE = "gone"


class LogEntry(db.Model):
    """``number`` counts without gaps from 1; ``of_number`` is the line this one answers, undoes or is an appeal of.

    ``kind`` is a contribution's kind, or ``account``. ``waited_seconds`` is how long what was acted on had waited.
    ``hash`` is the SHA-256 of the previous line's hash and this line's fields, as ``actions.log.digest`` writes them.
    """

    __tablename__ = "log_entry"
    __table_args__ = (
        CheckConstraint("number > 0", name="number_positive"),
        CheckConstraint("waited_seconds >= 0", name="waited_positive"),
        Index("ix_log_entry_created_at", "created_at", "number"),
        Index("ix_log_entry_of_number", "of_number"),
    )

    number: Mapped[int] = mapped_column(db.Key, primary_key=True, autoincrement=False)
    created_at: Mapped[datetime] = mapped_column(db.Moment)
    act: Mapped[Act] = mapped_column(db.choice(Act, "act"))
    kind: Mapped[str] = mapped_column(String(16))
    language: Mapped[str] = mapped_column(String(12))
    country: Mapped[str] = mapped_column(String(2))
    ground: Mapped[str | None] = mapped_column(String(LONGEST_NUMBER))
    clause_version: Mapped[int | None]
    category: Mapped[Category | None] = mapped_column(db.choice(Category, "category", 80))
    source: Mapped[Source | None] = mapped_column(db.choice(Source, "source", 30))
    is_detected_by_machine: Mapped[bool] = mapped_column(default=False)
    result: Mapped[Result | None] = mapped_column(db.choice(Result, "result"))
    waited_seconds: Mapped[int | None]
    of_number: Mapped[int | None] = mapped_column(ForeignKey("log_entry.number"))
    hash: Mapped[str] = mapped_column(String(64))
