"""Moves: every change of a contribution's state. All of them go through ``_move``.

Locks are taken in one order: the contribution's row first, then its revisions.
"""

from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import update

from community.accounts.models import Account
from community.contributions import queries
from community.contributions.actions.drafts import open_draft, wording_of
from community.contributions.facts import Moved, Shelf
from community.contributions.models import Contribution, Move, Revision, RevisionState, State, is_lawful
from community.kit import clock, db, facts, markup, text, unit_of_work
from community.kit.errors import Conflict, Invalid

STALE = _l("Somebody changed this in the meantime. Nothing was overwritten.")
EXCERPT_CHARACTERS = 220


def submit(contribution: Contribution, *, by: Account) -> Revision:
    """Send the draft to the moderators; a revision still waiting gives way to it. Raises Invalid, Conflict."""
    draft = queries.revision_in(contribution.id, RevisionState.DRAFT)
    if draft is None:
        raise Conflict(STALE)
    if text.is_blank(draft.body):
        raise Invalid({"body": [_l("Write something first.")]})
    old, new = contribution.state, State.LIVE if contribution.state is State.LIVE else State.WAITING
    until_live: dict[str, Any] = (
        {} if contribution.published_at else {"language": draft.language, "topic_id": draft.topic_id}
    )
    _move(contribution, new, revision=draft, by=by, cause="submit", **until_live)
    if old is not State.DRAFT:
        _end_waiting(contribution, RevisionState.SUPERSEDED)
    _set(draft, RevisionState.DRAFT, RevisionState.WAITING, submitted_at=clock.now(), **_drawn(draft))
    return draft


def publish(
    contribution: Contribution, revision: Revision, *, by: Account | None, version: int, cause: str
) -> None:
    """Make a waiting revision the live one. Raises Conflict when anything moved since ``version``."""
    now = clock.now()
    _move(
        contribution,
        State.LIVE,
        revision=revision,
        by=by,
        cause=cause,
        version=version,
        live_revision_id=revision.id,
        language=revision.language,
        topic_id=revision.topic_id,
        published_at=contribution.published_at or now,
        edited_at=now if contribution.published_at else None,
    )
    db.session.execute(
        update(Revision)
        .where(Revision.contribution_id == contribution.id, Revision.state == RevisionState.LIVE)
        .values(state=RevisionState.PAST)
    )
    # A trusted member's comment is decided on by nobody, and must not count as a wait of no time.
    decided_at = None if by is None or by.id == contribution.author_id else now
    _set(revision, RevisionState.WAITING, RevisionState.LIVE, decided_at=decided_at)


def send_back(
    contribution: Contribution, revision: Revision, *, notes: str, by: Account, version: int
) -> None:
    """Return a waiting revision: its text comes back to the author as a draft (unless a newer draft is there)."""
    new = State.LIVE if contribution.state is State.LIVE else State.DRAFT
    _move(contribution, new, revision=revision, by=by, cause="return", version=version)
    _set(revision, RevisionState.WAITING, RevisionState.RETURNED, decided_at=clock.now(), notes=notes)
    if queries.revision_in(contribution.id, RevisionState.DRAFT) is None:
        open_draft(contribution, wording_of(revision))


def refuse(contribution: Contribution, revision: Revision, *, by: Account, version: int) -> None:
    """Refuse a waiting revision; a live text stays live."""
    new = State.LIVE if contribution.state is State.LIVE else State.REFUSED
    _move(contribution, new, revision=revision, by=by, cause="refuse", version=version)
    _set(revision, RevisionState.WAITING, RevisionState.REFUSED, decided_at=clock.now())


def hide(contribution: Contribution, *, by: Account, version: int) -> None:
    _move(contribution, State.HIDDEN, revision=None, by=by, cause="hide", version=version)


def restore(contribution: Contribution, *, by: Account, version: int) -> None:
    _move(contribution, State.LIVE, revision=None, by=by, cause="restore", version=version)


def withdraw(contribution: Contribution, *, by: Account) -> None:
    """Take a contribution away from everybody but its author, who can still read every word of it."""
    _move(contribution, State.WITHDRAWN, revision=None, by=by, cause="withdraw")
    _end_waiting(contribution, RevisionState.WITHDRAWN)


def _move(
    contribution: Contribution,
    new: State,
    *,
    revision: Revision | None,
    by: Account | None,
    cause: str,
    version: int | None = None,
    **values: object,
) -> None:
    """Change the state where version and state are still the expected ones, log it, and tell the other rooms."""
    old, expected, now = contribution.state, version or contribution.version, clock.now()
    if not is_lawful(old, new):
        raise Conflict(STALE)
    was_on = _shelf(contribution)
    moved = db.session.execute(
        update(Contribution)
        .where(
            Contribution.id == contribution.id, Contribution.version == expected, Contribution.state == old
        )
        .values(state=new, version=expected + 1, changed_at=now, **values)
        .execution_options(synchronize_session=False)
    )
    if not db.changed(moved):
        raise Conflict(STALE)
    db.session.refresh(contribution, ["state", "version", "changed_at", *values])
    if was_on != _shelf(contribution) or "live_revision_id" in values:
        unit_of_work.public_change()
    _tell(contribution, old, revision=revision, by=by, cause=cause, was_on=was_on)


def _tell(
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
            is_on=_shelf(contribution),
        )
    )


def _shelf(contribution: Contribution) -> Shelf | None:
    if not contribution.is_public:
        return None
    return Shelf(contribution.language, contribution.country, contribution.topic_id)


def _set(revision: Revision, old: RevisionState, new: RevisionState, **values: object) -> None:
    done = db.session.execute(
        update(Revision)
        .where(Revision.id == revision.id, Revision.state == old)
        .values(state=new, **values)
        .execution_options(synchronize_session=False)
    )
    if not db.changed(done):
        raise Conflict(STALE)
    db.session.refresh(revision)


def _end_waiting(contribution: Contribution, new: RevisionState) -> None:
    db.session.execute(
        update(Revision)
        .where(Revision.contribution_id == contribution.id, Revision.state == RevisionState.WAITING)
        .values(state=new)
    )


def _drawn(revision: Revision) -> dict[str, object]:
    html = markup.render(revision.body)
    plain = markup.plain(html)
    return {
        "html": html,
        "excerpt": text.excerpt(plain, EXCERPT_CHARACTERS),
        "minutes": text.reading_minutes(plain),
    }
