"""Reactions: "I know this road", counted by the database."""

from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError

from community.accounts.models import Account
from community.contributions.models import Contribution, Reaction
from community.kit import clock, db, unit_of_work


def react(contribution: Contribution, *, by: Account) -> None:
    """Say "I know this road"; saying it again changes nothing."""
    reaction = Reaction(contribution_id=contribution.id, account_id=by.id, created_at=clock.now())
    try:
        with db.session.begin_nested():
            db.session.add(reaction)
    except IntegrityError:
        return
    _count_reaction(contribution, 1)


def take_reaction_back(contribution: Contribution, *, by: Account) -> None:
    gone = db.session.execute(
        delete(Reaction).where(Reaction.contribution_id == contribution.id, Reaction.account_id == by.id)
    )
    if db.changed(gone):
        _count_reaction(contribution, -1)


def _count_reaction(contribution: Contribution, by: int) -> None:
    db.session.execute(
        update(Contribution)
        .where(Contribution.id == contribution.id)
        .values(reaction_count=Contribution.reaction_count + by)
        .execution_options(synchronize_session=False)
    )
    unit_of_work.public_change()
