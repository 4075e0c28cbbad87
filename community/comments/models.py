"""A comment: a contribution on another one, with its place in the thread."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from community.contributions.models import Contribution, Kind

LONGEST_COMMENT = 5_000
DEEPEST = 40
STEP_WIDTH = 8
LONGEST_PATH = DEEPEST * STEP_WIDTH


class Comment(Contribution):
    """``path`` holds the ids from the first comment of the thread down to this one, each as STEP_WIDTH base-32 digits,
    so that ordering by it is reading order and a prefix is a thread. ``depth`` is 0 for an answer to the contribution
    itself; answers deeper than DEEPEST stand beside what they answer.
    """

    __tablename__ = "comment"
    __table_args__ = (
        Index("ix_comment_thread", "on_id", "path"),
        Index("ix_comment_parent_id", "parent_id"),
        CheckConstraint(f"depth >= 0 AND depth < {DEEPEST}", name="depth_range"),
    )

    id: Mapped[int] = mapped_column(ForeignKey("contribution.id", ondelete="CASCADE"), primary_key=True)
    on_id: Mapped[int] = mapped_column(ForeignKey("contribution.id", ondelete="CASCADE"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("comment.id"))
    depth: Mapped[int] = mapped_column(default=0)
    path: Mapped[str] = mapped_column(
        # Every database must order the digits as bytes, or threads fall apart.
        String(LONGEST_PATH).with_variant(String(LONGEST_PATH, collation="C"), "postgresql"),
        default="",
    )

    @property
    def answers_id(self) -> int | None:
        return self.on_id

    __mapper_args__ = {  # noqa: RUF012 - SQLAlchemy's own form
        "polymorphic_identity": Kind.COMMENT,
        "inherit_condition": id == Contribution.id,  # noqa: A003 - this class's column
    }
