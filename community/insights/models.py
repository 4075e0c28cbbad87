"""What insights count: a row for each live text, kept with every move; the words in it, and those that rise."""

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from community.accounts.models import Powertrain
from community.contributions.models import Kind
from community.ideas.models import Area
from community.kit import db
from community.kit.terms import LONGEST

DIMENSIONS = ("month", "country", "model_id", "powertrain", "topic_id", "area", "language")
"""What texts are counted by."""
CHOSEN = ("country", "model_id", "powertrain", "topic_id", "language")
"""What can be chosen of them, beside the months."""
FEWEST = 5
"""People who have to stand behind whatever is said."""
EVERYTHING = ""
"""Instead of a dimension: nothing is chosen."""


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


class InsightTerm(db.Model):
    """A term as texts of a language have it, by the number they know it by; ``word`` is one way to write it."""

    __tablename__ = "insight_term"
    __table_args__ = (UniqueConstraint("language", "term"),)

    id: Mapped[int] = mapped_column(db.Key, primary_key=True)
    language: Mapped[str] = mapped_column(String(12))
    term: Mapped[str] = mapped_column(String(LONGEST))
    word: Mapped[str] = mapped_column(String(LONGEST))


class InsightText(db.Model):
    """The terms of a text, packed (see ``processing.packing``), as they stood in the revision that was read."""

    __tablename__ = "insight_text"

    contribution_id: Mapped[int] = mapped_column(
        ForeignKey("insight.contribution_id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    revision_id: Mapped[int] = mapped_column(db.Key)
    terms: Mapped[bytes] = mapped_column(LargeBinary)


class InsightWord(db.Model):
    """A word that has risen, ``place`` from 0, as found when ``month`` was the last that was over.

    There is a list of EVERYTHING, and one for each ``value`` of each of CHOSEN. ``texts``, ``share`` and ``usual`` are
    as they are shown: see ``processing.rising``.
    """

    __tablename__ = "insight_word"

    by: Mapped[str] = mapped_column(String(12), primary_key=True)
    value: Mapped[str] = mapped_column(String(20), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    month: Mapped[int]
    language: Mapped[str] = mapped_column(String(12))
    word: Mapped[str] = mapped_column(String(LONGEST))
    texts: Mapped[int]
    share: Mapped[float]
    usual: Mapped[float | None]
