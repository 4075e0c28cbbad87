"""Topics, named in each interface language, and the tally of live stories that lists and countries count from."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from community.kit import db

ANY_COUNTRY = ""
ANY_TOPIC = 0


class Topic(db.Model):
    __tablename__ = "topic"

    id: Mapped[int] = mapped_column(db.Key, primary_key=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    position: Mapped[int]


class TopicName(db.Model):
    __tablename__ = "topic_name"

    topic_id: Mapped[int] = mapped_column(ForeignKey("topic.id", ondelete="CASCADE"), primary_key=True)
    language: Mapped[str] = mapped_column(String(12), primary_key=True)
    name: Mapped[str] = mapped_column(String(80))


class Tally(db.Model):
    """How many stories are live by language, country and topic, kept with every move so that no page counts rows.

    The country ``ANY_COUNTRY`` and the topic ``ANY_TOPIC`` hold the sums, so that whatever the filter, a page reads
    one row a language.
    """

    __tablename__ = "tally"
    __table_args__ = (
        CheckConstraint("stories >= 0", name="stories_positive"),
        CheckConstraint("translated >= 0", name="translated_positive"),
        Index("ix_tally_topic", "topic_id", "country"),
    )

    country: Mapped[str] = mapped_column(String(2), primary_key=True)
    topic_id: Mapped[int] = mapped_column(db.Key, primary_key=True, autoincrement=False)
    language: Mapped[str] = mapped_column(String(12), primary_key=True)
    stories: Mapped[int] = mapped_column(default=0)
    translated: Mapped[int] = mapped_column(default=0, server_default="0")
