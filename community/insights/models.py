"""What insights count: a row for each live text, kept with every move; and the words of the months that are over."""

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Index, String, false
from sqlalchemy.orm import Mapped, mapped_column

from community.accounts.models import Powertrain
from community.contributions.models import Kind
from community.ideas.models import Area
from community.kit import db
from community.kit.terms import LONGEST

DIMENSIONS = ("month", "country", "model_id", "powertrain", "topic_id", "area", "language")
"""What texts are counted by."""
FEWEST = 5
"""People who have to stand behind whatever is said."""
ALL_LANGUAGES = ""
ALL_TEXTS = ""
"""Instead of a term: how many texts there were at all."""


def _counted(by: str) -> Index:
    """One stretch of it holds all that a count by this needs, whatever is chosen beside it, each author's together."""
    rest = (name for name in DIMENSIONS if name not in (by, "area"))
    return Index(f"ix_insight_{by}", "kind", by, "author_id", *rest)


class Insight(db.Model):
    """A live story, or an idea that is listed. ``month`` counts months since the year 0, in UTC.

    Model and powertrain are those of a story's vehicle; an idea has the model it concerns, if that is one, and an area
    instead of a topic. What a text does not say is NULL.
    """

    __tablename__ = "insight"
    __table_args__ = (
        *(_counted(by) for by in DIMENSIONS if by != "area"),
        Index("ix_insight_area", "kind", "area", "author_id"),
        Index("ix_insight_author_id", "author_id"),
    )

    contribution_id: Mapped[int] = mapped_column(
        ForeignKey("contribution.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    kind: Mapped[Kind] = mapped_column(db.choice(Kind, "kind"))
    month: Mapped[int]
    country: Mapped[str] = mapped_column(String(2))
    model_id: Mapped[int | None] = mapped_column(ForeignKey("model.id", ondelete="SET NULL"))
    powertrain: Mapped[Powertrain | None] = mapped_column(db.choice(Powertrain, "powertrain"))
    topic_id: Mapped[int | None] = mapped_column(ForeignKey("topic.id"))
    area: Mapped[Area | None] = mapped_column(db.choice(Area, "area"))
    language: Mapped[str] = mapped_column(String(12))
    author_id: Mapped[int] = mapped_column(ForeignKey("account.id"))


class InsightMonth(db.Model):
    """A month whose words have been counted; ``is_stale`` since one of its texts changed, came back or went."""

    __tablename__ = "insight_month"

    month: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    is_stale: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())


class InsightWord(db.Model):
    """A word that has risen, ``place`` from 0, as found when ``month`` was the last that was over.

    ALL_LANGUAGES has a list of its own. ``share`` and ``usual`` are of a hundred texts, lately and before.
    """

    __tablename__ = "insight_word"

    language: Mapped[str] = mapped_column(String(12), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    month: Mapped[int]
    word: Mapped[str] = mapped_column(String(LONGEST))
    texts: Mapped[int]
    share: Mapped[float]
    usual: Mapped[float]


class InsightTerm(db.Model):
    """In how many texts of a month a term stands, if they are by ``people`` enough; ``word`` is one way to write it."""

    __tablename__ = "insight_term"
    __table_args__ = (
        CheckConstraint("texts > 0", name="texts_positive"),
        CheckConstraint("people > 0", name="people_positive"),
    )

    month: Mapped[int] = mapped_column(
        ForeignKey("insight_month.month", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    language: Mapped[str] = mapped_column(String(12), primary_key=True)
    term: Mapped[str] = mapped_column(String(LONGEST), primary_key=True)
    word: Mapped[str] = mapped_column(String(LONGEST), default="")
    texts: Mapped[int]
    people: Mapped[int]
