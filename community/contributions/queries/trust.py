"""Trust: whose answers go live at once."""

from datetime import timedelta

from sqlalchemy import and_, exists, or_, select, text
from sqlalchemy.orm import aliased

from community.contributions.models import Contribution, Move
from community.kit import clock, db

TRUSTED_AFTER = 5
WITHOUT_RESTRICTION = timedelta(days=90)
RESTRICTING = ("refuse", "hide")


def is_trusted(author_id: int) -> bool:
    """Whether this author's comments go live at once: enough is live, and nothing was restricted lately."""
    return approved(author_id) >= TRUSTED_AFTER and not was_restricted(author_id)


def approved(author_id: int) -> int:
    """How much of this author's is live, counted up to TRUSTED_AFTER."""
    live = (
        select(Contribution.id)
        .where(Contribution.author_id == author_id, text("contribution.state = 'live'"))
        .limit(TRUSTED_AFTER)
    )
    return len(db.session.scalars(live).all())


def was_restricted(author_id: int) -> bool:
    """Whether anything of this author's was refused or hidden WITHOUT_RESTRICTION ago or later, and stayed so.

    What was undone, restored, or reversed on appeal counts no more.
    """
    later = aliased(Move)
    is_taken_back = or_(
        and_(Move.cause == "hide", later.cause.in_(("restore", "reverse"))),
        and_(
            Move.cause == "refuse",
            later.revision_id == Move.revision_id,
            later.cause.in_(("undo", "reverse")),
        ),
    )
    restricted = select(Move.id).where(
        Move.author_id == author_id,
        Move.created_at >= clock.now() - WITHOUT_RESTRICTION,
        Move.cause.in_(RESTRICTING),
        ~exists().where(later.contribution_id == Move.contribution_id, later.id > Move.id, is_taken_back),
    )
    return db.session.scalar(restricted.limit(1)) is not None
