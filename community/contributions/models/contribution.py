"""The contribution: one row for everything a member puts before others, whatever its kind, and the log of its moves."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from community.accounts.models import Account
from community.contributions.models.revision import Revision
from community.contributions.models.states import EDITABLE, ENDED, PUBLIC, State
from community.kit import db


class Kind(StrEnum):
    STORY = "story"
    COMMENT = "comment"
    TRANSLATION = "translation"
    IDEA = "idea"


# Written out, not bound: SQLite uses a partial index only for a condition it can read in the query.
UNPUBLISHED = text("published_at IS NULL")
LIVE_STORY = "contribution.kind = 'story' AND contribution.state = 'live'"


def _shelf(name: str, *columns: str) -> Index:
    where = text(LIVE_STORY.replace("contribution.", ""))
    return Index(f"ix_contribution_{name}", *columns, "id", sqlite_where=where, postgresql_where=where)


class Contribution(db.Model):
    """``version`` counts moves; a decision or an edit names the version it was made on.

    ``language``, ``topic_id`` and ``published_at`` are the live revision's (or the newest one's while none is live);
    ``reaction_count`` and ``comment_count`` are added to in one UPDATE, never read and written back. Since
    ``closed_at`` nobody may answer; its author says whether it ``takes_translations``. ``statement_puid`` names the
    statement of reasons of its last restriction.
    """

    __tablename__ = "contribution"
    __table_args__ = (
        UniqueConstraint("author_id", "form_id"),
        CheckConstraint("version > 0", name="version_positive"),
        CheckConstraint("reaction_count >= 0", name="reaction_count_positive"),
        CheckConstraint("comment_count >= 0", name="comment_count_positive"),
        CheckConstraint("state <> 'live' OR live_revision_id IS NOT NULL", name="live_has_revision"),
        CheckConstraint("state <> 'live' OR published_at IS NOT NULL", name="live_has_date"),
        CheckConstraint(
            "state NOT IN ('refused', 'hidden') OR statement_puid IS NOT NULL",
            name="restriction_has_statement",
        ),
        *(
            _shelf(
                f"{sort}{by and '_by_' + by}",
                *([f"{by}{'_id' if by == 'topic' else ''}"] if by else []),
                column,
            )
            for sort, column in (
                ("new", "published_at"),
                ("loved", "reaction_count"),
                ("discussed", "comment_count"),
            )
            for by in ("", "language", "country", "topic")
        ),
        Index("ix_contribution_author", "author_id", "kind", "changed_at", "id"),
        Index(
            "ix_contribution_author_unpublished",
            "author_id",
            sqlite_where=UNPUBLISHED,
            postgresql_where=UNPUBLISHED,
        ),
        Index(
            "ix_contribution_author_published",
            "author_id",
            "kind",
            "published_at",
            "id",
            sqlite_where=text("state = 'live'"),
            postgresql_where=text("state = 'live'"),
        ),
    )
    __mapper_args__ = {"polymorphic_on": "kind"}  # noqa: RUF012 - SQLAlchemy's own form

    id: Mapped[int] = mapped_column(db.Key, primary_key=True)
    kind: Mapped[Kind] = mapped_column(db.choice(Kind, "kind"))
    author_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    form_id: Mapped[str] = mapped_column(String(64))
    state: Mapped[State] = mapped_column(db.choice(State, "state"), default=State.DRAFT)
    version: Mapped[int] = mapped_column(default=1)
    live_revision_id: Mapped[int | None] = mapped_column(
        ForeignKey("revision.id", name="fk_contribution_live_revision_id", use_alter=True)
    )
    country: Mapped[str] = mapped_column(String(2))
    language: Mapped[str] = mapped_column(String(12))
    topic_id: Mapped[int | None] = mapped_column(ForeignKey("topic.id"))
    created_at: Mapped[datetime] = mapped_column(db.Moment)
    changed_at: Mapped[datetime] = mapped_column(db.Moment)
    published_at: Mapped[datetime | None] = mapped_column(db.Moment)
    edited_at: Mapped[datetime | None] = mapped_column(db.Moment)
    closed_at: Mapped[datetime | None] = mapped_column(db.Moment)
    statement_puid: Mapped[str | None] = mapped_column(
        ForeignKey(
            "statement.puid",
            name="fk_contribution_statement_puid",
            use_alter=True,
            deferrable=True,
            initially="DEFERRED",
        )
    )
    reaction_count: Mapped[int] = mapped_column(default=0)
    comment_count: Mapped[int] = mapped_column(default=0)
    takes_translations: Mapped[bool] = mapped_column(default=True, server_default=true())

    author: Mapped[Account] = relationship(lazy="raise_on_sql")
    live_revision: Mapped[Revision | None] = relationship(
        foreign_keys=[live_revision_id], lazy="raise_on_sql", post_update=True
    )

    @property
    def is_public(self) -> bool:
        return self.state in PUBLIC

    @property
    def takes_answers(self) -> bool:
        return self.is_public and self.closed_at is None

    @property
    def answers_id(self) -> int | None:
        """The contribution this one answers; kinds that answer nothing have none."""
        return None

    @property
    def needs_reader(self) -> bool:
        """Whether only somebody who reads its language can say that it is right."""
        return False

    @property
    def is_editable(self) -> bool:
        return self.state in EDITABLE

    @property
    def is_withdrawable(self) -> bool:
        return self.state not in ENDED

    @property
    def is_decidable(self) -> bool:
        return self.state in (State.WAITING, State.LIVE, State.HIDDEN)

    @property
    def has_been_submitted(self) -> bool:
        """Whether anybody but the author may ever have had it before them."""
        return self.state in (State.WAITING, State.LIVE, State.REFUSED, State.HIDDEN) or self.version > 1


class Move(db.Model):
    """The append-only log of every move of every contribution: from, to, by whom, with which revision."""

    __tablename__ = "move"
    __table_args__ = (
        Index("ix_move_contribution_id", "contribution_id", "id"),
        Index("ix_move_author_id", "author_id", "created_at"),
    )

    id: Mapped[int] = mapped_column(db.Key, primary_key=True)
    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"))
    revision_id: Mapped[int | None] = mapped_column(ForeignKey("revision.id"))
    author_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    old: Mapped[State] = mapped_column(db.choice(State, "old"))
    new: Mapped[State] = mapped_column(db.choice(State, "new"))
    cause: Mapped[str] = mapped_column(String(30))
    created_at: Mapped[datetime] = mapped_column(db.Moment)
