"""What an author agreed to for one contribution: a row for each time, with the wording it was given to."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, text
from sqlalchemy.orm import Mapped, mapped_column

from community.kit import db

WORDING = 1
"""The version of the two questions as the writing page asks them; a new wording is a new number."""
IS_GIVEN = text("revoked_at IS NULL")


class Purpose(StrEnum):
    """``quote``: the maker may quote it, with the author's name. ``people``: whoever is in the pictures agreed."""

    QUOTE = "quote"
    PEOPLE = "people"


class Consent(db.Model):
    """Given until ``revoked_at``. The database allows one at a time for each purpose."""

    __tablename__ = "consent"
    __table_args__ = (
        CheckConstraint("version > 0", name="version_positive"),
        Index(
            "uq_consent_given",
            "contribution_id",
            "purpose",
            unique=True,
            sqlite_where=IS_GIVEN,
            postgresql_where=IS_GIVEN,
        ),
    )

    id: Mapped[int] = mapped_column(db.Key, primary_key=True)
    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id", ondelete="CASCADE"))
    purpose: Mapped[Purpose] = mapped_column(db.choice(Purpose, "purpose"))
    version: Mapped[int] = mapped_column(SmallInteger)
    given_at: Mapped[datetime] = mapped_column(db.Moment)
    revoked_at: Mapped[datetime | None] = mapped_column(db.Moment)
