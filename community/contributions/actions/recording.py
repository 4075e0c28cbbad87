"""What every move leaves behind: a line in the log of moves, and the fact that tells the other rooms."""

from community.accounts.models import Account
from community.contributions.facts import Moved, Shelf
from community.contributions.models import Contribution, Move, Revision, State
from community.kit import db, facts


def record(
    contribution: Contribution,
    old: State,
    *,
    revision: Revision | None,
    by: Account | None,
    cause: str,
    was_on: Shelf | None,
) -> None:
    """Write a move into the log and announce it."""
    revision_id, by_id = revision.id if revision else None, by.id if by else None
    db.session.add(
        Move(
            contribution_id=contribution.id,
            revision_id=revision_id,
            author_id=contribution.author_id,
            by_id=by_id,
            old=old,
            new=contribution.state,
            cause=cause,
            created_at=contribution.changed_at,
        )
    )
    facts.announce(
        Moved(
            contribution_id=contribution.id,
            kind=contribution.kind,
            author_id=contribution.author_id,
            by_id=by_id,
            revision_id=revision_id,
            old=old,
            new=contribution.state,
            cause=cause,
            at=contribution.changed_at,
            was_on=was_on,
            is_on=shelf(contribution),
        )
    )


def shelf(contribution: Contribution) -> Shelf | None:
    """Where readers find it; None while it is not public."""
    if not contribution.is_public:
        return None
    return Shelf(contribution.language, contribution.country, contribution.topic_id)
