"""Standing behind an idea: one vote a member, changed as often as they like; totals that are what the votes say.

The idea's row is locked first, so that voters on one idea come one after another.
"""

from datetime import timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, func, insert, select, update

from community.accounts.models import Account
from community.ideas.facts import Supported
from community.ideas.models import IDEA, Idea, IdeaTally, Sum, Vote
from community.ideas.models.idea import IS_LISTED
from community.kit import clock, db, facts, unit_of_work
from community.kit.errors import Conflict

FRESH = timedelta(days=30)
GONE = _l("This idea takes no votes now. It may have been put together with another one.")


def support(idea: Idea, *, by: Account, model_id: int | None = None, comment_id: int | None = None) -> Vote:
    """Stand behind an idea; said again it changes what is said of the car, and adds no vote. Raises Conflict."""
    lock(idea.id)
    vote = db.session.get(Vote, (idea.id, by.id), populate_existing=True)
    if vote is None:
        vote = Vote(
            idea_id=idea.id,
            account_id=by.id,
            country=by.country,
            model_id=model_id,
            comment_id=comment_id,
            created_at=clock.now(),
        )
        db.session.add(vote)
        db.session.flush()
        _count(vote, 1)
        facts.announce(Supported(idea.id, by.id))
    else:
        _count(vote, -1)
        vote.model_id, vote.comment_id = model_id, comment_id or vote.comment_id
        vote.merge_id = None
        db.session.flush()
        _count(vote, 1)
    _sum_up(idea.id)
    return vote


def take_back(idea: Idea, *, by: Account) -> None:
    """No vote any more; taken back again it changes nothing. Raises Conflict."""
    lock(idea.id)
    vote = db.session.get(Vote, (idea.id, by.id), populate_existing=True)
    if vote is None:
        return
    _count(vote, -1)
    db.session.delete(vote)
    db.session.flush()
    _sum_up(idea.id)


def recount(idea_id: int) -> None:
    """After many votes came or went at once: the totals anew, from the votes. The idea is locked already."""
    db.session.execute(delete(IdeaTally).where(IdeaTally.idea_id == idea_id))
    for kind, value in ((Sum.COUNTRY, Vote.country), (Sum.MODEL, Vote.model_id)):
        rows = db.session.execute(
            select(value.label("value"), func.count().label("votes"))
            .where(Vote.idea_id == idea_id, value.is_not(None))
            .group_by(value)
        ).all()
        if rows:
            db.session.execute(
                insert(IdeaTally),
                [
                    {"idea_id": idea_id, "kind": kind, "value": str(row.value), "votes": row.votes}
                    for row in rows
                ],
            )
    votes = select(func.count()).select_from(Vote).where(Vote.idea_id == idea_id).scalar_subquery()
    db.session.execute(update(IDEA).where(IDEA.c.id == idea_id).values(supporter_count=votes))
    _sum_up(idea_id)


def refresh(_number: int, _payload: dict[str, Any]) -> None:
    """The job of each day: what was fresh a month ago is not any more."""
    with unit_of_work.transaction():
        db.session.execute(update(IDEA).where(IDEA.c.fresh_breadth > 0).values(fresh_breadth=_fresh()))
        unit_of_work.public_change()


def lock(idea_id: int) -> None:
    """Until the transaction ends. Raises Conflict for one that takes no votes."""
    found = db.session.scalar(
        select(IDEA.c.id).where(IDEA.c.id == idea_id, IS_LISTED).with_for_update(key_share=True)
    )
    if found is None:
        raise Conflict(GONE)


def _count(vote: Vote, change: int) -> None:
    for kind, value in ((Sum.COUNTRY, vote.country), (Sum.MODEL, vote.model_id)):
        if value is None:
            continue
        row = db.insert(IdeaTally).values(
            idea_id=vote.idea_id, kind=kind, value=str(value), votes=max(change, 0)
        )
        db.session.execute(
            row.on_conflict_do_update(
                index_elements=["idea_id", "kind", "value"], set_={"votes": IdeaTally.votes + change}
            )
        )
    db.session.execute(
        update(IDEA).where(IDEA.c.id == vote.idea_id).values(supporter_count=IDEA.c.supporter_count + change)
    )


def _sum_up(idea_id: int) -> None:
    countries = (
        select(func.count())
        .select_from(IdeaTally)
        .where(IdeaTally.idea_id == idea_id, IdeaTally.kind == Sum.COUNTRY, IdeaTally.votes > 0)
        .scalar_subquery()
    )
    db.session.execute(
        update(IDEA).where(IDEA.c.id == idea_id).values(breadth=countries, fresh_breadth=_fresh())
    )
    unit_of_work.public_change()


def _fresh() -> Any:
    return (
        select(func.count(Vote.country.distinct()))
        .where(Vote.idea_id == IDEA.c.id, Vote.created_at >= clock.now() - FRESH)
        .correlate(IDEA)
        .scalar_subquery()
    )
