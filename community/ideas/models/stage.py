"""The stages of an idea: a table that admins edit. What a stage can mean is fixed; how many there are is not."""

from enum import StrEnum

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Index, String, true
from sqlalchemy.orm import Mapped, mapped_column

from community.kit import db

LONGEST_STAGE_NAME = 40
LONGEST_STAGE_SLUG = 40


class Meaning(StrEnum):
    """What a move there needs besides an answer: ``declined`` a reason, ``shipped`` what and where."""

    OPEN = "open"
    CONSIDERED = "considered"
    PLANNED = "planned"
    MADE = "made"
    SHIPPED = "shipped"
    DECLINED = "declined"


ENDS = frozenset({Meaning.SHIPPED, Meaning.DECLINED})


class Stage(db.Model):
    """``position`` is its column on the board. One that ``is_used`` no more takes no ideas, and keeps those it has."""

    __tablename__ = "stage"
    __table_args__ = (
        CheckConstraint(f"length(slug) BETWEEN 1 AND {LONGEST_STAGE_SLUG}", name="slug_length"),
        Index("ix_stage_position", "position", "id"),
    )

    id: Mapped[int] = mapped_column(db.Key, primary_key=True)
    slug: Mapped[str] = mapped_column(String(LONGEST_STAGE_SLUG), unique=True)
    meaning: Mapped[Meaning] = mapped_column(db.choice(Meaning, "meaning"))
    position: Mapped[int]
    is_used: Mapped[bool] = mapped_column(Boolean, default=True, server_default=true())


class StageName(db.Model):
    """In each interface language; where one is missing, English stands."""

    __tablename__ = "stage_name"
    __table_args__ = (
        CheckConstraint(f"length(name) BETWEEN 1 AND {LONGEST_STAGE_NAME}", name="name_length"),
    )

    stage_id: Mapped[int] = mapped_column(ForeignKey("stage.id", ondelete="CASCADE"), primary_key=True)
    language: Mapped[str] = mapped_column(String(12), primary_key=True)
    name: Mapped[str] = mapped_column(String(LONGEST_STAGE_NAME))
