"""The garage: the vehicles a member's stories are about, and the list of models the maker's admins keep."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from community.kit import db

LONGEST_MODEL = 80
FIRST_YEAR, LAST_YEAR = 1886, 2100


class Powertrain(StrEnum):
    PETROL = "petrol"
    DIESEL = "diesel"
    HYBRID = "hybrid"
    PLUG_IN = "plug_in"
    ELECTRIC = "electric"
    HYDROGEN = "hydrogen"


class Model(db.Model):
    """A model the maker builds or built; offered while typing, never imposed."""

    __tablename__ = "model"

    id: Mapped[int] = mapped_column(db.Key, primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(LONGEST_MODEL), unique=True)
    from_year: Mapped[int | None] = mapped_column(SmallInteger)


class Vehicle(db.Model):
    """A car somebody owns or owned; ``year`` is the model year, ``since_year`` when it became theirs."""

    __tablename__ = "vehicle"
    __table_args__ = (
        Index("ix_vehicle_account_id", "account_id"),
        CheckConstraint(f"length(model) BETWEEN 1 AND {LONGEST_MODEL}", name="model_length"),
        CheckConstraint(f"year BETWEEN {FIRST_YEAR} AND {LAST_YEAR}", name="year_range"),
        CheckConstraint(f"since_year BETWEEN {FIRST_YEAR} AND {LAST_YEAR}", name="since_year_range"),
    )

    id: Mapped[int] = mapped_column(db.Key, primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    model: Mapped[str] = mapped_column(String(LONGEST_MODEL))
    year: Mapped[int | None] = mapped_column(SmallInteger)
    powertrain: Mapped[Powertrain | None] = mapped_column(db.choice(Powertrain, "powertrain"))
    since_year: Mapped[int | None] = mapped_column(SmallInteger)
    created_at: Mapped[datetime] = mapped_column(db.Moment)
