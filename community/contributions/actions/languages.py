"""Correcting the language a text says it is in: no word of it changes, only for whom it stands in the lists."""

from sqlalchemy import and_, or_, select, update

from community.accounts.models import Account
from community.contributions.actions.moves import STALE, move
from community.contributions.models import Contribution, Kind, Revision, RevisionState
from community.kit import db
from community.kit.errors import Conflict, NotFound

CORRECTED = "language"
"""The cause of such a move in the log of moves."""
STANDING = (RevisionState.WAITING, RevisionState.LIVE)
AFTER_IT = (RevisionState.DRAFT, *STANDING)


def correct_language(
    contribution: Contribution, revision: Revision, language: str, *, by: Account, version: int
) -> Revision:
    """Have a text that waits or is live say another language; what its author wrote since goes along.

    Raises NotFound for a translation, whose language is what it is, and Conflict when anything moved since ``version``.
    """
    if contribution.kind is Kind.TRANSLATION:
        raise NotFound
    _hold(contribution, version)
    if revision.state not in STANDING:
        raise Conflict(STALE)
    is_deciding = revision.id == contribution.live_revision_id or contribution.published_at is None
    _relabel(revision, language)
    values = {"language": language} if is_deciding else {}
    move(
        contribution,
        contribution.state,
        revision=revision,
        by=by,
        cause=CORRECTED,
        version=version,
        **values,
    )
    return revision


def _hold(contribution: Contribution, version: int) -> None:
    """The contribution's row comes before its revisions', and who is too late must not have changed those."""
    held = select(Contribution.version).where(Contribution.id == contribution.id)
    if db.session.scalar(held.with_for_update(key_share=True)) != version:
        raise Conflict(STALE)
    db.session.refresh(contribution, ["live_revision_id", "published_at"])


def _relabel(revision: Revision, language: str) -> None:
    """What came after it said the same, because the writing page goes on from there."""
    later = and_(Revision.number > revision.number, Revision.state.in_(AFTER_IT))
    db.session.execute(
        update(Revision)
        .where(
            Revision.contribution_id == revision.contribution_id,
            Revision.language == revision.language,
            or_(Revision.id == revision.id, later),
        )
        .values(language=language)
        .execution_options(synchronize_session="fetch")
    )
    db.session.refresh(revision)
