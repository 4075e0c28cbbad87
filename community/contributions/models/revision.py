"""A revision: one numbered text of a contribution. Only a draft can change; what was submitted never does."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from community.contributions.models.answer import Answers, AnswersColumn
from community.contributions.models.concern import Concerns, ConcernsColumn
from community.contributions.models.passage import Passages, PassagesColumn
from community.contributions.models.picture import Pictures, PicturesColumn
from community.kit import db

LONGEST_TITLE = 140
LONGEST_BODY = 40_000
LONGEST_EXCERPT = 320
LONGEST_FINDING = 500

IS_DRAFT = text("state = 'draft'")
IS_WAITING = text("state = 'waiting'")


class RevisionState(StrEnum):
    """``live`` is the public one, ``past`` was; ``superseded`` waited until its author sent a newer one."""

    DRAFT = "draft"
    WAITING = "waiting"
    LIVE = "live"
    PAST = "past"
    RETURNED = "returned"
    REFUSED = "refused"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


class Revision(db.Model):
    """``sequence`` counts the saves of a draft, so that a stale tab cannot overwrite newer text.

    ``html`` and ``excerpt`` are drawn from ``body`` when it is submitted; ``notes`` is what a moderator asked its
    author to change. At most one draft and one waiting revision a contribution: the database holds it.

    ``fingerprint`` is that of its words when it was submitted, so that repeated text is found.
    ``finding`` names the check that stopped or held it when it was submitted, ``finding_words`` what it found;
    since ``told_at`` its author knows. A refused one names its statement of reasons.
    """

    __tablename__ = "revision"
    __table_args__ = (
        UniqueConstraint("contribution_id", "number"),
        CheckConstraint(f"length(title) <= {LONGEST_TITLE}", name="title_length"),
        CheckConstraint(f"length(body) <= {LONGEST_BODY}", name="body_length"),
        CheckConstraint("number > 0", name="number_positive"),
        CheckConstraint("state <> 'refused' OR statement_puid IS NOT NULL", name="refusal_has_statement"),
        CheckConstraint(f"length(finding_words) <= {LONGEST_FINDING}", name="finding_words_length"),
        Index(
            "uq_revision_one_draft",
            "contribution_id",
            unique=True,
            sqlite_where=IS_DRAFT,
            postgresql_where=IS_DRAFT,
        ),
        Index(
            "uq_revision_one_waiting",
            "contribution_id",
            unique=True,
            sqlite_where=IS_WAITING,
            postgresql_where=IS_WAITING,
        ),
        Index(
            "ix_revision_queue",
            "language",
            "submitted_at",
            "id",
            sqlite_where=IS_WAITING,
            postgresql_where=IS_WAITING,
        ),
        Index("ix_revision_decided", "language", "decided_at"),
        Index("ix_revision_fingerprint", "fingerprint"),
        Index(
            "ix_revision_queue_all",
            "submitted_at",
            "id",
            sqlite_where=IS_WAITING,
            postgresql_where=IS_WAITING,
        ),
    )

    id: Mapped[int] = mapped_column(db.Key, primary_key=True)
    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id", ondelete="CASCADE"))
    number: Mapped[int]
    state: Mapped[RevisionState] = mapped_column(
        db.choice(RevisionState, "state"), default=RevisionState.DRAFT
    )
    title: Mapped[str] = mapped_column(String(LONGEST_TITLE), default="")
    body: Mapped[str] = mapped_column(Text, default="")
    html: Mapped[str] = mapped_column(Text, default="")
    excerpt: Mapped[str] = mapped_column(String(LONGEST_EXCERPT), default="")
    minutes: Mapped[int] = mapped_column(default=1)
    language: Mapped[str] = mapped_column(String(12))
    topic_id: Mapped[int | None] = mapped_column(ForeignKey("topic.id"))
    vehicle_id: Mapped[int | None] = mapped_column(ForeignKey("vehicle.id", ondelete="SET NULL"))
    pictures: Mapped[Pictures] = mapped_column(PicturesColumn, default=(), server_default="[]")
    passages: Mapped[Passages] = mapped_column(PassagesColumn, default=(), server_default="[]")
    concerns: Mapped[Concerns] = mapped_column(ConcernsColumn, default=(), server_default="[]")
    answers: Mapped[Answers] = mapped_column(AnswersColumn, default=(), server_default="[]")
    call_id: Mapped[int | None] = mapped_column(ForeignKey("call.id"))
    notes: Mapped[str] = mapped_column(Text, default="")
    fingerprint: Mapped[str | None] = mapped_column(String(32))
    finding: Mapped[str | None] = mapped_column(String(30))
    finding_words: Mapped[str] = mapped_column(String(LONGEST_FINDING), default="")
    told_at: Mapped[datetime | None] = mapped_column(db.Moment)
    statement_puid: Mapped[str | None] = mapped_column(
        ForeignKey(
            "statement.puid",
            name="fk_revision_statement_puid",
            use_alter=True,
            deferrable=True,
            initially="DEFERRED",
        )
    )
    sequence: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(db.Moment)
    saved_at: Mapped[datetime] = mapped_column(db.Moment)
    submitted_at: Mapped[datetime | None] = mapped_column(db.Moment)
    decided_at: Mapped[datetime | None] = mapped_column(db.Moment)
