"""Following: one row for each thing somebody wants to hear of, however often they press the button."""

from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, and_, delete, or_, text, update

from community.accounts.models import Account
from community.contributions import queries
from community.contributions.models import Follow, Followed
from community.kit import clock, db
from community.kit.errors import Conflict

MOST_FOLLOWS = 1_000
"""More is a list that nobody reads any more, and every one of them is asked for the newest of it."""
FULL = _l("You follow 1,000 already. Take one away first: they stand under “What I follow”.")


def follow(followed: Followed, *, by: Account) -> None:
    """Want to hear of it; said again it changes nothing, but that it came with a merge. Raises Conflict."""
    if queries.count_followed(by.id) >= MOST_FOLLOWS and not queries.follows(by.id, followed):
        raise Conflict(FULL)
    column = followed.subject.column
    row = db.insert(Follow).values(
        account_id=by.id, is_muted=False, created_at=clock.now(), **{column: followed.value}
    )
    db.session.execute(
        row.on_conflict_do_update(
            index_elements=["account_id", column],
            index_where=text(f"{column} IS NOT NULL"),
            set_={"merge_id": None},
        )
    )


def unfollow(followed: Followed, *, by: Account) -> None:
    """Not hear of it any more; said again it changes nothing."""
    db.session.execute(delete(Follow).where(_is(followed, by)))


def mute(followed: Followed, *, is_muted: bool, by: Account) -> None:
    """No notices of it, or notices again; it stays on the personal home. What is not followed stays so."""
    db.session.execute(update(Follow).where(_is(followed, by)).values(is_muted=is_muted))


def part(one_id: int, other_id: int) -> None:
    """Two members follow neither each other nor what the other wrote."""
    for follower, followed in ((one_id, other_id), (other_id, one_id)):
        theirs = queries.written_by(followed)
        db.session.execute(
            delete(Follow).where(
                Follow.account_id == follower,
                or_(Follow.member_id == followed, Follow.contribution_id.in_(theirs)),
            )
        )


def _is(followed: Followed, by: Account) -> ColumnElement[bool]:
    column: Any = getattr(Follow, followed.subject.column)
    return and_(Follow.account_id == by.id, column == followed.value)
