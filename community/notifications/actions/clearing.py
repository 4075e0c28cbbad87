"""Notices that go: those of two of whom one blocked the other, and in time those that were read."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, or_, select

from community.accounts.facts import Blocked
from community.contributions.models import Contribution
from community.kit import clock, db, unit_of_work
from community.notifications.models import OFFICIAL, Notice

KEPT = timedelta(days=180)
"""After it was read; privacy.html names it."""
AT_A_TIME = 1_000
"""Rows in one transaction: on SQLite nobody else writes meanwhile."""


def part(fact: Blocked) -> None:
    """Neither is told of the other any more. What the maker said stays, and so does a question that waits for a yes."""
    _forget(fact.blocker_id, fact.blocked_id)
    _forget(fact.blocked_id, fact.blocker_id)


def clear(_number: int, _payload: dict[str, Any]) -> None:
    """Those read longer than KEPT ago, whoever still follows what they were about."""
    gone = AT_A_TIME
    while gone == AT_A_TIME:
        with unit_of_work.transaction():
            gone = _clear(clock.now() - KEPT)


def _clear(until: datetime) -> int:
    old = select(Notice.id).where(Notice.read_at < until).order_by(Notice.read_at).limit(AT_A_TIME)
    found = db.session.scalars(old).all()
    db.session.execute(
        delete(Notice).where(Notice.id.in_(found)).execution_options(synchronize_session=False)
    )
    return len(found)


def _forget(account_id: int, other_id: int) -> None:
    theirs = select(Contribution.id).where(Contribution.author_id == other_id)
    db.session.execute(
        delete(Notice)
        .where(
            Notice.account_id == account_id,
            or_(Notice.actor_id == other_id, Notice.contribution_id.in_(theirs)),
            Notice.kind.not_in(OFFICIAL),
            Notice.is_service.is_(False),
        )
        .execution_options(synchronize_session=False)
    )
