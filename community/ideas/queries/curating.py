"""What a curator sees beside an idea: who else could see to it, what it was put together with, how they spoke last."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import case, or_, select, text

from community.accounts.models import Account
from community.contributions.models import Contribution, Revision
from community.ideas.models import Merge, Step
from community.ideas.models.merge import IS_STANDING
from community.kit import db
from community.policy.permissions import Role

CURATING = (Role.CURATOR, Role.ADMIN)
IS_STAFF = text("account.role <> 'member'")
"""Written out: SQLite uses a partial index only for a condition it can read."""


class Merged(NamedTuple):
    """A merge that stands, with the other of its two ideas; ``is_into`` where that one is the original."""

    id: int
    other_id: int
    is_into: bool
    title: str
    language: str
    why: str
    by: str
    created_at: datetime


def curators() -> Sequence[Account]:
    """All with a role that answers ideas, whatever their standing, in the order they joined."""
    return db.session.scalars(
        select(Account).where(IS_STAFF, Account.role.in_(CURATING)).order_by(Account.id)
    ).all()


def merges_about(idea_id: int) -> list[Merged]:
    """Those that stand, first to last."""
    is_into = Merge.duplicate_id == idea_id
    other = case((is_into, Merge.original_id), else_=Merge.duplicate_id)
    rows = db.session.execute(
        select(
            Merge.id,
            other,
            is_into,
            Revision.title,
            Contribution.language,
            Merge.why,
            Account.display_name,
            Merge.created_at,
        )
        .join(Contribution, Contribution.id == other)
        .join(Revision, Revision.id == Contribution.live_revision_id)
        .join(Account, Account.id == Merge.by_id)
        .where(IS_STANDING, or_(is_into, Merge.original_id == idea_id))
        .order_by(Merge.id)
    )
    return [Merged._make(row) for row in rows]


def last_function(account_id: int) -> str:
    """What somebody called themselves in their last answer; empty before the first."""
    return (
        db.session.scalar(
            select(Step.function).where(Step.by_id == account_id).order_by(Step.id.desc()).limit(1)
        )
        or ""
    )
