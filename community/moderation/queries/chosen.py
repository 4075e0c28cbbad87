"""Items that were chosen together, and what was decided on them."""

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Select, select

from community.accounts.models import Account
from community.contributions.models import Revision
from community.kit import db
from community.moderation.models import Decision, Review


class Brief(NamedTuple):
    """A chosen item in one line; ``ui_language`` is its author's."""

    revision_id: int
    title: str
    excerpt: str
    language: str
    country: str
    display_name: str
    ui_language: str


def briefs(revision_ids: Collection[int]) -> dict[int, Brief]:
    """By revision; those that never came to the desk are left out."""
    query = _briefs().where(Review.revision_id.in_(revision_ids))
    return {row.revision_id: Brief._make(row) for row in db.session.execute(query)}


def decisions_by(by_id: int, decision_ids: Collection[int]) -> Sequence[Decision]:
    """Those of the decisions that this moderator made, first to last."""
    query = select(Decision).where(Decision.id.in_(decision_ids), Decision.by_id == by_id)
    return db.session.scalars(query.order_by(Decision.id)).all()


def undone_among(decision_ids: Collection[int]) -> set[int]:
    """Those of the decisions that were taken back."""
    found = db.session.scalars(select(Decision.undoes_id).where(Decision.undoes_id.in_(decision_ids)))
    return {number for number in found if number is not None}


def _briefs() -> Select[Any]:
    columns: tuple[Any, ...] = (
        Review.revision_id,
        Revision.title,
        Revision.excerpt,
        Revision.language,
        Review.country,
        Account.display_name,
        Account.ui_language,
    )
    return (
        select(*columns)
        .join(Revision, Revision.id == Review.revision_id)
        .join(Account, Account.id == Review.author_id)
    )
