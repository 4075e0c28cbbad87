"""An idea: a contribution about what could be made, its place among the others, and what it is counted by."""

from datetime import datetime
from enum import StrEnum
from typing import cast

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Table, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from community.contributions.models import Contribution, Kind
from community.ideas.models.stage import Stage
from community.kit import db

LONGEST_TERM = 64
IS_LISTED = text("listed_at IS NOT NULL")


class Area(StrEnum):
    LOCALISATION = "localisation"
    SUSTAINABILITY = "sustainability"
    TECHNOLOGY = "technology"
    SERVICE = "service"
    COMMUNITY = "community"
    DESIGN = "design"


class Sum(StrEnum):
    """What supporters are counted by: the country they live in, the model of the car they say it is about."""

    COUNTRY = "country"
    MODEL = "model"


def _listed(name: str, *columns: str) -> Index:
    return Index(f"ix_idea_{name}", *columns, "id", sqlite_where=IS_LISTED, postgresql_where=IS_LISTED)


class Idea(Contribution):
    """``area`` is the live revision's. Lists show it while ``listed_at`` is set: live, and not merged into another.

    ``moves`` counts the maker's moves from stage to stage; a move names the count it was made on. The maker was last
    heard at ``answered_at`` (of one never answered: when it was listed). ``supporter_count`` are its votes, ``breadth``
    the countries they are from, ``fresh_breadth`` those from which somebody joined in the last ``voting.FRESH``.
    """

    __tablename__ = "idea"
    __table_args__ = (
        CheckConstraint("supporter_count >= 0", name="supporter_count_positive"),
        CheckConstraint("breadth >= 0 AND fresh_breadth >= 0", name="breadth_positive"),
        CheckConstraint("merged_into_id IS NULL OR listed_at IS NULL", name="merged_is_not_listed"),
        CheckConstraint("merged_into_id <> id", name="not_into_itself"),
        _listed("new", "listed_at"),
        _listed("supported", "supporter_count"),
        _listed("broad", "fresh_breadth", "supporter_count"),
        _listed("stage", "stage_id", "answered_at"),
        _listed("area", "area", "listed_at"),
        _listed("changed", "answered_at"),
        Index("ix_idea_stage_id", "stage_id"),
        Index("ix_idea_merged_into_id", "merged_into_id"),
        Index("ix_idea_curator_id", "curator_id"),
    )

    id: Mapped[int] = mapped_column(ForeignKey("contribution.id", ondelete="CASCADE"), primary_key=True)
    area: Mapped[Area | None] = mapped_column(db.choice(Area, "area"))
    stage_id: Mapped[int] = mapped_column(ForeignKey("stage.id"))
    moves: Mapped[int] = mapped_column(default=0)
    listed_at: Mapped[datetime | None] = mapped_column(db.Moment)
    answered_at: Mapped[datetime | None] = mapped_column(db.Moment)
    curator_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("idea.id"))
    supporter_count: Mapped[int] = mapped_column(default=0)
    breadth: Mapped[int] = mapped_column(default=0)
    fresh_breadth: Mapped[int] = mapped_column(default=0)

    stage: Mapped[Stage] = relationship(lazy="raise_on_sql")

    @property
    def takes_support(self) -> bool:
        return self.is_public and self.merged_into_id is None

    __mapper_args__ = {  # noqa: RUF012 - SQLAlchemy's own form
        "polymorphic_identity": Kind.IDEA,
        "inherit_condition": id == Contribution.id,  # noqa: A003 - this class's column
    }


IDEA = cast("Table", Idea.__table__)
"""Its own columns alone: an UPDATE of one table, whatever the contribution's row says."""


class IdeaConcern(db.Model):
    """The countries and models a live idea says it is about, so that lists find it by them, newest first."""

    __tablename__ = "idea_concern"
    __table_args__ = (Index("ix_idea_concern_value", "kind", "value", "published_at", "idea_id"),)

    idea_id: Mapped[int] = mapped_column(
        ForeignKey("idea.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    kind: Mapped[Sum] = mapped_column(db.choice(Sum, "kind"), primary_key=True)
    value: Mapped[str] = mapped_column(String(20), primary_key=True)
    published_at: Mapped[datetime] = mapped_column(db.Moment)


class IdeaTally(db.Model):
    """How many supporters an idea has by country and by model, added to in the database with every vote."""

    __tablename__ = "idea_tally"
    __table_args__ = (CheckConstraint("votes >= 0", name="votes_positive"),)

    idea_id: Mapped[int] = mapped_column(
        ForeignKey("idea.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    kind: Mapped[Sum] = mapped_column(db.choice(Sum, "kind"), primary_key=True)
    value: Mapped[str] = mapped_column(String(20), primary_key=True)
    votes: Mapped[int] = mapped_column(default=0)


class IdeaTerm(db.Model):
    """The words of a listed idea, as they are compared: those who write the same are shown it first."""

    __tablename__ = "idea_term"
    __table_args__ = (Index("ix_idea_term_idea_id", "idea_id"),)

    term: Mapped[str] = mapped_column(String(LONGEST_TERM), primary_key=True)
    idea_id: Mapped[int] = mapped_column(
        ForeignKey("idea.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
