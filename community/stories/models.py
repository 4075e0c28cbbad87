"""A story: a contribution with a title, a topic and the vehicle it is about; and live stories by vehicle and model."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from community.accounts.models import Vehicle
from community.accounts.models.garage import IS_LISTED
from community.contributions.models import Contribution, Kind
from community.kit import db


class Story(Contribution):
    """``vehicle_id`` is the live revision's; everything else a story has is shared with other kinds."""

    __tablename__ = "story"
    __table_args__ = (Index("ix_story_vehicle_id", "vehicle_id"),)
    __mapper_args__ = {"polymorphic_identity": Kind.STORY}  # noqa: RUF012 - SQLAlchemy's own form

    id: Mapped[int] = mapped_column(ForeignKey("contribution.id", ondelete="CASCADE"), primary_key=True)
    vehicle_id: Mapped[int | None] = mapped_column(ForeignKey("vehicle.id", ondelete="SET NULL"))

    vehicle: Mapped[Vehicle | None] = relationship(lazy="raise_on_sql")


class VehicleStory(db.Model):
    """A live story that names a vehicle, with all that its vehicle's and its model's page put it in order by.

    There is a row as long as the story is live. ``model_id`` is the vehicle's: kept here, so that a page of a model is
    one stretch of one index.
    """

    __tablename__ = "vehicle_story"
    __table_args__ = (
        Index("ix_vehicle_story_vehicle", "vehicle_id", "published_at", "story_id"),
        Index(
            "ix_vehicle_story_model",
            "model_id",
            "published_at",
            "story_id",
            sqlite_where=IS_LISTED,
            postgresql_where=IS_LISTED,
        ),
        Index(
            "ix_vehicle_story_country",
            "model_id",
            "country",
            "published_at",
            "story_id",
            sqlite_where=IS_LISTED,
            postgresql_where=IS_LISTED,
        ),
    )

    story_id: Mapped[int] = mapped_column(
        ForeignKey("story.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    vehicle_id: Mapped[int] = mapped_column(ForeignKey("vehicle.id", ondelete="CASCADE"))
    model_id: Mapped[int | None] = mapped_column(ForeignKey("model.id"))
    country: Mapped[str] = mapped_column(String(2))
    published_at: Mapped[datetime] = mapped_column(db.Moment)


class ModelTally(db.Model):
    """How many live stories are about a model, by country; the country ``ANY_COUNTRY`` holds the sum."""

    __tablename__ = "model_tally"
    __table_args__ = (
        CheckConstraint("stories >= 0", name="stories_positive"),
        Index("ix_model_tally_model", "model_id", "country"),
    )

    country: Mapped[str] = mapped_column(String(2), primary_key=True)
    model_id: Mapped[int] = mapped_column(
        ForeignKey("model.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    stories: Mapped[int] = mapped_column(default=0)
