"""A story: a contribution with a title, a topic and the vehicle it is about."""

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from community.accounts.models import Vehicle
from community.contributions.models import Contribution, Kind


class Story(Contribution):
    """``vehicle_id`` is the live revision's; everything else a story has is shared with other kinds."""

    __tablename__ = "story"
    __table_args__ = (Index("ix_story_vehicle_id", "vehicle_id"),)
    __mapper_args__ = {"polymorphic_identity": Kind.STORY}  # noqa: RUF012 - SQLAlchemy's own form

    id: Mapped[int] = mapped_column(ForeignKey("contribution.id", ondelete="CASCADE"), primary_key=True)
    vehicle_id: Mapped[int | None] = mapped_column(ForeignKey("vehicle.id", ondelete="SET NULL"))

    vehicle: Mapped[Vehicle | None] = relationship(lazy="raise_on_sql")
