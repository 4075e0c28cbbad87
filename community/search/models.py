"""The index: what a live story or idea can be found by, in each language it can be read in."""

from datetime import UTC, datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from community.kit import db

ANYWHERE, IN_TITLE, LANGUAGE, KIND = "a", "t", "l", "k"
"""What a term begins with: a word wherever it stands, a word of the title, the code of the entry's language, the kind.

Only what is no story says its kind.
"""

SINCE = datetime(2020, 1, 1, tzinfo=UTC)
_STORY_BITS, LANGUAGE_BITS = 22, 10


class Entry(db.Model):
    """There is a row for each language a story or an idea (``story_id``) can be read in, as long as it is live.

    ``terms`` stand in any order, each once, with a space around each of them. On SQLite triggers keep them in the
    virtual table ``search_words`` as well (FTS5, without a copy); whoever makes this table anew makes those too.
    ``id`` is made by ``number``: both databases find the newest first without putting in order what they found.
    """

    __tablename__ = "search_entry"
    __table_args__ = (
        UniqueConstraint("story_id", "language"),
        Index("ix_search_entry_terms", "terms", postgresql_using="gin", info={"only": "postgresql"}).ddl_if(
            dialect="postgresql"
        ),
    )

    id: Mapped[int] = mapped_column(db.Key, primary_key=True, autoincrement=False)
    story_id: Mapped[int] = mapped_column(ForeignKey("contribution.id", ondelete="CASCADE"))
    language: Mapped[str] = mapped_column(String(12))
    terms: Mapped[str] = mapped_column(Text().with_variant(TSVECTOR(), "postgresql"))


def number(published_at: datetime, story_id: int, language: str) -> int:
    """63 bits: the second it was published (until 2088), the story, the language. Those of one story are neighbours.

    Two stories could only have one number if they came in one second and 4,194,304 contributions lay between them.
    """
    seconds = max(int((published_at - SINCE).total_seconds()), 0)
    place = seconds << _STORY_BITS | story_id % (1 << _STORY_BITS)
    first, second = (ord(letter) - ord("a") for letter in language[:2])
    return place << LANGUAGE_BITS | first * 26 + second


def place_of(entry_id: int) -> int:
    """What the entries of one story, and no others, have in common: higher for newer stories."""
    return entry_id >> LANGUAGE_BITS


def first_of(place: int) -> int:
    """The lowest number an entry at this place could have."""
    return place << LANGUAGE_BITS
