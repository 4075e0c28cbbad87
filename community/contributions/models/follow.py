"""A follow: somebody wants to hear of a member, a story or idea, a topic, a country or a model."""

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from community.kit import db

TARGETS = ("member_id", "contribution_id", "topic_id", "country", "model_id")


class Subject(StrEnum):
    """What can be followed; the first ones say more about why something is shown than the last ones."""

    MEMBER = "member"
    CONTRIBUTION = "contribution"
    MODEL = "model"
    TOPIC = "topic"
    COUNTRY = "country"

    @property
    def column(self) -> str:
        """Where ``Follow`` keeps its value."""
        return "country" if self is Subject.COUNTRY else f"{self}_id"


class Followed(NamedTuple):
    """``value`` is a country's code, of everything else its number."""

    subject: Subject
    value: int | str


class Follow(db.Model):
    """Of exactly one target, and of each once: the database holds both. ``is_muted`` keeps it quiet but for service
    notices; one that came with a merge of ideas names it.
    """

    __tablename__ = "follow"
    __table_args__ = (
        CheckConstraint(
            " + ".join(f"CASE WHEN {name} IS NULL THEN 0 ELSE 1 END" for name in TARGETS) + " = 1",
            name="one_target",
        ),
        CheckConstraint("member_id <> account_id", name="not_oneself"),
        *(
            Index(
                f"uq_follow_{name}",
                "account_id",
                name,
                unique=True,
                sqlite_where=text(f"{name} IS NOT NULL"),
                postgresql_where=text(f"{name} IS NOT NULL"),
            )
            for name in TARGETS
        ),
        *(
            Index(
                f"ix_follow_{name}",
                name,
                sqlite_where=text(f"{name} IS NOT NULL"),
                postgresql_where=text(f"{name} IS NOT NULL"),
            )
            for name in TARGETS
        ),
    )

    id: Mapped[int] = mapped_column(db.Key, primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    member_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    contribution_id: Mapped[int | None] = mapped_column(ForeignKey("contribution.id", ondelete="CASCADE"))
    topic_id: Mapped[int | None] = mapped_column(ForeignKey("topic.id", ondelete="CASCADE"))
    country: Mapped[str | None] = mapped_column(String(2))
    model_id: Mapped[int | None] = mapped_column(ForeignKey("model.id", ondelete="CASCADE"))
    merge_id: Mapped[int | None] = mapped_column(ForeignKey("merge.id", name="fk_follow_merge_id"))
    is_muted: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(db.Moment)
