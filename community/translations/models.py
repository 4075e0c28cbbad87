"""A translation: a contribution that says another one again, in the language of its revision."""

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from community.contributions.models import Contribution, Kind

TRANSLATED = (Kind.STORY, Kind.IDEA)
"""What can be said again: whole texts, not what is said about them."""


class Translation(Contribution):
    """``is_shown`` is whether its original is public and takes translations: without that nobody is shown it either."""

    __tablename__ = "translation"
    __table_args__ = (Index("ix_translation_of_id", "of_id"),)

    id: Mapped[int] = mapped_column(ForeignKey("contribution.id", ondelete="CASCADE"), primary_key=True)
    of_id: Mapped[int] = mapped_column(ForeignKey("contribution.id", ondelete="CASCADE"))
    is_shown: Mapped[bool] = mapped_column(default=True)

    @property
    def is_public(self) -> bool:
        return super().is_public and self.is_shown

    @property
    def needs_reader(self) -> bool:
        return True

    __mapper_args__ = {  # noqa: RUF012 - SQLAlchemy's own form
        "polymorphic_identity": Kind.TRANSLATION,
        "inherit_condition": id == Contribution.id,  # noqa: A003 - this class's column
    }
