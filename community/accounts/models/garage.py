"""The garage: the vehicles a member owns or owned, and the list of makers and models that admins keep."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from community.accounts.models.person import Account
from community.kit import db, folding

LONGEST_MAKER = 60
LONGEST_MODEL = 80
LONGEST_NICKNAME = 40
LONGEST_SLUG = 80
LONGEST_KEY = 4 * (LONGEST_MAKER + 1 + LONGEST_MODEL)
"""Some characters fold into several; what would be longer is cut."""
FIRST_YEAR, LAST_YEAR = 1886, 2100
FARTHEST = 9_999_999
IS_LISTED = text("model_id IS NOT NULL")
IS_UNLISTED = text("model_id IS NULL")


class Powertrain(StrEnum):
    PETROL = "petrol"
    DIESEL = "diesel"
    HYBRID = "hybrid"
    PLUG_IN = "plug_in"
    ELECTRIC = "electric"
    HYDROGEN = "hydrogen"


class Unit(StrEnum):
    """What an odometer counts."""

    KILOMETRES = "km"
    MILES = "mi"


def key(*names: str) -> str:
    """The form in which makers and models are compared: without case, accents and the signs around them."""
    folded = (" ".join(folding.fold(name).split()).strip(" .") for name in names)
    return " ".join(name for name in folded if name)[:LONGEST_KEY]


class Maker(db.Model):
    """Who builds cars. One with ``merged_into_id`` is another name of that one."""

    __tablename__ = "maker"
    __table_args__ = (CheckConstraint(f"length(name) BETWEEN 1 AND {LONGEST_MAKER}", name="name_length"),)

    id: Mapped[int] = mapped_column(db.Key, primary_key=True)
    name: Mapped[str] = mapped_column(String(LONGEST_MAKER))
    folded: Mapped[str] = mapped_column(String(LONGEST_KEY), unique=True)
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("maker.id"))


class Model(db.Model):
    """A model of a maker, listed by an admin; offered while typing, never imposed.

    One with ``merged_into_id`` is another name of that one: its address leads there, and so does its name.
    """

    __tablename__ = "model"
    __table_args__ = (
        UniqueConstraint("maker_id", "folded"),
        CheckConstraint(f"length(name) BETWEEN 1 AND {LONGEST_MODEL}", name="name_length"),
        CheckConstraint(f"from_year BETWEEN {FIRST_YEAR} AND {LAST_YEAR}", name="from_year_range"),
    )

    id: Mapped[int] = mapped_column(db.Key, primary_key=True)
    maker_id: Mapped[int] = mapped_column(ForeignKey("maker.id"))
    slug: Mapped[str] = mapped_column(String(LONGEST_SLUG), unique=True)
    name: Mapped[str] = mapped_column(String(LONGEST_MODEL))
    folded: Mapped[str] = mapped_column(String(LONGEST_KEY))
    from_year: Mapped[int | None] = mapped_column(SmallInteger)
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("model.id"))

    maker: Mapped[Maker] = relationship(lazy="raise_on_sql")

    @property
    def whole_name(self) -> str:
        return f"{self.maker.name} {self.name}"


class Vehicle(db.Model):
    """A car somebody owns or owned; ``year`` is the model year, from ``since_year`` to ``until_year`` it was theirs.

    ``maker`` and ``model`` are what everybody may read of it in a story, in the listed spelling where there is one
    (``model_id``); ``folded`` is the two as ``key`` writes them. Nickname and odometer are for those who may see the
    vehicle. Since ``removed_at`` it stands in no garage any more, and only the stories that name it know it.
    """

    __tablename__ = "vehicle"
    __table_args__ = (
        UniqueConstraint("account_id", "form_id"),
        Index("ix_vehicle_account_id", "account_id"),
        Index("ix_vehicle_model_id", "model_id", sqlite_where=IS_LISTED, postgresql_where=IS_LISTED),
        Index("ix_vehicle_unlisted", "folded", sqlite_where=IS_UNLISTED, postgresql_where=IS_UNLISTED),
        CheckConstraint(f"length(maker) <= {LONGEST_MAKER}", name="maker_length"),
        CheckConstraint(f"length(model) BETWEEN 1 AND {LONGEST_MODEL}", name="model_length"),
        CheckConstraint(f"length(nickname) <= {LONGEST_NICKNAME}", name="nickname_length"),
        CheckConstraint(f"year BETWEEN {FIRST_YEAR} AND {LAST_YEAR}", name="year_range"),
        CheckConstraint(f"since_year BETWEEN {FIRST_YEAR} AND {LAST_YEAR}", name="since_year_range"),
        CheckConstraint(f"until_year BETWEEN {FIRST_YEAR} AND {LAST_YEAR}", name="until_year_range"),
        CheckConstraint("until_year >= since_year", name="until_after_since"),
        CheckConstraint(f"odometer BETWEEN 0 AND {FARTHEST}", name="odometer_range"),
        CheckConstraint("(odometer IS NULL) = (odometer_unit IS NULL)", name="odometer_has_unit"),
        CheckConstraint(
            "removed_at IS NULL OR (nickname = '' AND odometer IS NULL)", name="removed_keeps_nothing_private"
        ),
    )

    id: Mapped[int] = mapped_column(db.Key, primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    form_id: Mapped[str | None] = mapped_column(String(64))
    maker: Mapped[str] = mapped_column(String(LONGEST_MAKER), default="")
    model: Mapped[str] = mapped_column(String(LONGEST_MODEL))
    folded: Mapped[str] = mapped_column(String(LONGEST_KEY))
    model_id: Mapped[int | None] = mapped_column(ForeignKey("model.id"))
    year: Mapped[int | None] = mapped_column(SmallInteger)
    powertrain: Mapped[Powertrain | None] = mapped_column(db.choice(Powertrain, "powertrain"))
    since_year: Mapped[int | None] = mapped_column(SmallInteger)
    until_year: Mapped[int | None] = mapped_column(SmallInteger)
    nickname: Mapped[str] = mapped_column(String(LONGEST_NICKNAME), default="")
    odometer: Mapped[int | None]
    odometer_unit: Mapped[Unit | None] = mapped_column(db.choice(Unit, "odometer_unit"))
    is_public: Mapped[bool]
    created_at: Mapped[datetime] = mapped_column(db.Moment)
    removed_at: Mapped[datetime | None] = mapped_column(db.Moment)

    account: Mapped[Account] = relationship(lazy="raise_on_sql")
    listed: Mapped[Model | None] = relationship(lazy="raise_on_sql")

    @property
    def name(self) -> str:
        """Maker and model, as far as they are known."""
        return f"{self.maker} {self.model}".strip()

    @property
    def label(self) -> str:
        """For its owner, among their others."""
        return " · ".join(part for part in (self.nickname, self.name, str(self.year or "")) if part)

    @property
    def is_removed(self) -> bool:
        return self.removed_at is not None

    @property
    def is_shown(self) -> bool:
        """Whether it has a page that everybody may read."""
        return self.is_public and not self.is_removed
