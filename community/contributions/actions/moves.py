"""Moves: every change of a contribution's state. All of them go through ``move``.

Locks are taken in one order: the contribution's row first, then its revisions.
"""

from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import update

from community.accounts.models import Account
from community.contributions import queries
from community.contributions.actions import recording
from community.contributions.actions.drafts import drop_unchanged, open_draft, wording_of
from community.contributions.models import Contribution, Revision, RevisionState, State, is_lawful
from community.contributions.processing import checks
from community.contributions.processing.checks import Finding, Status
from community.kit import clock, db, markup, text, unit_of_work
from community.kit.errors import Conflict, Invalid

STALE = _l("Somebody changed this in the meantime. Nothing was overwritten.")
EXCERPT_CHARACTERS = 220


def submit(contribution: Contribution, *, by: Account) -> Revision:
    """Send the draft to the moderators; a revision still waiting gives way to it. Raises Invalid, Conflict.

    What the checks found is told once: the revision then is a draft still, with ``finding``, and goes when it is sent
    again. What they trust is live when this returns.
    """
    draft = queries.revision_in(contribution.id, RevisionState.DRAFT)
    if draft is None or not contribution.is_editable:
        raise Conflict(STALE)
    finding = checks.examine(contribution, draft)
    if finding.status is Status.STOP:
        raise Invalid({"body": [checks.told(finding.check, finding.words)]})
    if finding.status is Status.TELL and draft.told_at is None:
        draft.finding, draft.finding_words, draft.told_at = finding.check, finding.words, clock.now()
        db.session.flush()
        return draft
    _send(contribution, draft, finding, by=by)
    if finding.status is Status.PUBLISH:
        publish(contribution, draft, by=by, version=contribution.version, cause="trusted")
    return draft


def _send(contribution: Contribution, draft: Revision, finding: Finding, *, by: Account) -> None:
    old, new = contribution.state, State.LIVE if contribution.state is State.LIVE else State.WAITING
    until_live: dict[str, Any] = (
        {} if contribution.published_at else {"language": draft.language, "topic_id": draft.topic_id}
    )
    move(contribution, new, revision=draft, by=by, cause="submit", **until_live)
    if old is not State.DRAFT:
        _end_waiting(contribution, RevisionState.SUPERSEDED)
    _set(
        draft,
        RevisionState.DRAFT,
        RevisionState.WAITING,
        submitted_at=clock.now(),
        fingerprint=checks.fingerprint(draft.body),
        finding=finding.check,
        finding_words=finding.words,
        **_drawn(draft),
    )


def publish(
    contribution: Contribution,
    revision: Revision,
    *,
    by: Account | None,
    version: int,
    cause: str,
    was: RevisionState = RevisionState.WAITING,
) -> None:
    """Make a waiting revision (or, on appeal, a refused one) the live one.

    Raises Conflict when anything moved since ``version``.
    """
    now = clock.now()
    move(
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
    _set(revision, was, RevisionState.LIVE, decided_at=decided_at)


def send_back(
    contribution: Contribution, revision: Revision, *, notes: str, by: Account, version: int
) -> None:
    """Return a waiting revision: its text comes back to the author as a draft (unless a newer draft is there)."""
    new = State.LIVE if contribution.state is State.LIVE else State.DRAFT
    move(contribution, new, revision=revision, by=by, cause="return", version=version)
    _set(revision, RevisionState.WAITING, RevisionState.RETURNED, decided_at=clock.now(), notes=notes)
    if queries.revision_in(contribution.id, RevisionState.DRAFT) is None:
        open_draft(contribution, wording_of(revision))


def refuse(
    contribution: Contribution, revision: Revision, *, by: Account, version: int, statement_puid: str
) -> None:
    """Refuse a waiting revision; a live text stays live. The statement is written in the same transaction."""
    if contribution.state is State.LIVE:
        move(contribution, State.LIVE, revision=revision, by=by, cause="refuse", version=version)
    else:
        move(
            contribution,
            State.REFUSED,
            revision=revision,
            by=by,
            cause="refuse",
            version=version,
            statement_puid=statement_puid,
        )
    _set(
        revision,
        RevisionState.WAITING,
        RevisionState.REFUSED,
        decided_at=clock.now(),
        statement_puid=statement_puid,
    )


def hide(contribution: Contribution, *, by: Account, version: int, statement_puid: str) -> None:
    """Out of sight of everybody but its author and the moderators. The statement is written in the same transaction."""
    move(
        contribution,
        State.HIDDEN,
        revision=None,
        by=by,
        cause="hide",
        version=version,
        statement_puid=statement_puid,
    )


def restore(contribution: Contribution, *, by: Account, version: int) -> None:
    move(contribution, State.LIVE, revision=None, by=by, cause="restore", version=version)


def close_answers(contribution: Contribution, *, by: Account, version: int) -> None:
    """Nobody can answer any more; what was said stays. Raises Conflict."""
    if contribution.closed_at is not None:
        raise Conflict(STALE)
    _turn(contribution, by=by, version=version, cause="lock", closed_at=clock.now())


def open_answers(contribution: Contribution, *, by: Account, version: int) -> None:
    """Raises Conflict."""
    if contribution.closed_at is None:
        raise Conflict(STALE)
    _turn(contribution, by=by, version=version, cause="unlock", closed_at=None)


def keep(contribution: Contribution, *, by: Account, version: int) -> None:
    """Somebody looked and leaves it as it is; no other look decided in the meantime. Raises Conflict."""
    move(contribution, contribution.state, revision=None, by=by, cause="keep", version=version)


def take_back_publication(
    contribution: Contribution, revision: Revision, *, by: Account, version: int
) -> None:
    """Undo an approval: what was live before is live again, or nothing is. Raises Conflict."""
    before = queries.revision_before(revision)
    move(
        contribution,
        State.LIVE if before else State.WAITING,
        revision=revision,
        by=by,
        cause="undo",
        version=version,
        live_revision_id=before.id if before else None,
        language=(before or revision).language,
        topic_id=(before or revision).topic_id,
        published_at=contribution.published_at if before else None,
        edited_at=before.decided_at if before and before.number > 1 else None,
    )
    _set(revision, RevisionState.LIVE, RevisionState.WAITING, decided_at=None)
    if before:
        _set(before, RevisionState.PAST, RevisionState.LIVE)


def take_back_return(contribution: Contribution, revision: Revision, *, by: Account, version: int) -> None:
    """Undo a return. Raises Conflict when the author has begun to change the draft that it opened."""
    draft = queries.revision_in(contribution.id, RevisionState.DRAFT)
    is_from_return = draft is not None and draft.created_at >= (revision.decided_at or draft.created_at)
    if draft and is_from_return:
        # Before the contribution's row: whoever saves and sends a draft takes the two in this order.
        drop_unchanged(draft, wording_of(revision))
    _wait_again(contribution, revision, RevisionState.RETURNED, by=by, version=version, notes="")


def take_back_refusal(contribution: Contribution, revision: Revision, *, by: Account, version: int) -> None:
    """Undo a refusal. Raises Conflict."""
    _wait_again(contribution, revision, RevisionState.REFUSED, by=by, version=version, statement_puid=None)


def withdraw(contribution: Contribution, *, by: Account) -> None:
    """Take a contribution away from everybody but its author, who can still read every word of it."""
    move(contribution, State.WITHDRAWN, revision=None, by=by, cause="withdraw")
    _end_waiting(contribution, RevisionState.WITHDRAWN)


def _wait_again(
    contribution: Contribution,
    revision: Revision,
    was: RevisionState,
    *,
    by: Account,
    version: int,
    **values: object,
) -> None:
    new = State.LIVE if contribution.state is State.LIVE else State.WAITING
    move(contribution, new, revision=revision, by=by, cause="undo", version=version)
    _set(revision, was, RevisionState.WAITING, decided_at=None, **values)


def _turn(contribution: Contribution, *, by: Account, version: int, cause: str, **values: object) -> None:
    """A change that leaves the state as it is, but everybody sees."""
    move(contribution, contribution.state, revision=None, by=by, cause=cause, version=version, **values)
    unit_of_work.public_change()


def move(
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
    was_on = recording.shelf(contribution)
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
    if was_on != recording.shelf(contribution) or "live_revision_id" in values:
        unit_of_work.public_change()
    recording.record(contribution, old, revision=revision, by=by, cause=cause, was_on=was_on)


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
