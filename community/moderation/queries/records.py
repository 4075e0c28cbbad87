"""Single records of the desk and their histories."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from community.contributions.models import Revision
from community.kit import db
from community.moderation.models import Decision, Review, Statement


def revision(revision_id: int) -> Revision | None:
    return db.session.get(Revision, revision_id)


def review(revision_id: int) -> Review | None:
    return db.session.get(Review, revision_id)


def decision(decision_id: int) -> Decision | None:
    return db.session.get(Decision, decision_id)


def is_undone(decision_id: int) -> bool:
    return db.session.scalar(select(Decision.id).where(Decision.undoes_id == decision_id)) is not None


def statement_of(decision_id: int) -> Statement | None:
    return db.session.scalar(select(Statement).where(Statement.decision_id == decision_id))


def decisions_on(contribution_id: int) -> Sequence[Decision]:
    """First to last, each with who decided."""
    return db.session.scalars(
        select(Decision)
        .where(Decision.contribution_id == contribution_id)
        .options(joinedload(Decision.by, innerjoin=True))
        .order_by(Decision.id)
    ).all()


def history_of(author_id: int, limit: int = 20) -> Sequence[Decision]:
    """The latest decisions on an author's contributions, newest first, each with who decided."""
    return db.session.scalars(
        select(Decision)
        .where(Decision.author_id == author_id)
        .options(joinedload(Decision.by, innerjoin=True))
        .order_by(Decision.id.desc())
        .limit(limit)
    ).all()
