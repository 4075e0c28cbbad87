"""Drafts: what an author has typed so far. The only texts that ever change."""

from dataclasses import dataclass

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from community.accounts.models import Account
from community.contributions import queries
from community.contributions.models import (
    Answers,
    Concerns,
    Contribution,
    Passages,
    Pictures,
    Revision,
    RevisionState,
    State,
)
from community.kit import clock, db
from community.kit.errors import Conflict, NotFound

NEWER_DRAFT = _l("A newer version of this draft was saved in another tab or on another device.")


@dataclass(frozen=True)
class Wording:
    """What an author typed: normalised by the form, checked again by the database."""

    title: str
    body: str
    language: str
    topic_id: int | None = None
    vehicle_id: int | None = None
    pictures: Pictures = ()
    passages: Passages = ()
    concerns: Concerns = ()
    answers: Answers = ()
    call_id: int | None = None


def start(contribution: Contribution, wording: Wording, *, by: Account, sequence: int = 1) -> Contribution:
    """Add a new contribution with its first draft; the one already made with the same form comes back instead.

    Two equal forms at once: the unique constraint on (author, form) lets one through, the other finds it.
    """
    now = clock.now()
    contribution.author_id, contribution.country = by.id, by.country
    contribution.state, contribution.version = State.DRAFT, 1
    contribution.language, contribution.topic_id = wording.language, wording.topic_id
    contribution.created_at = contribution.changed_at = now
    contribution.reaction_count = contribution.comment_count = 0
    form_id = contribution.form_id
    try:
        with db.session.begin_nested():
            db.session.add(contribution)
            db.session.flush()
            db.session.add(_draft(contribution, 1, wording, sequence=sequence))
    except IntegrityError:
        earlier = queries.by_form(by.id, form_id)
        if earlier is None:
            raise
        return earlier
    return contribution


def save_draft(contribution: Contribution, wording: Wording, *, sequence: int | None) -> Revision:
    """Keep what the author has typed so far in the draft revision, opening one where there is none.

    ``sequence`` is one more than the last save this tab knows of; None, from a client that does not count, follows
    whatever is there. Raises Conflict when a newer save is there.
    """
    draft = queries.revision_in(contribution.id, RevisionState.DRAFT)
    if draft is None:
        return open_draft(contribution, wording, sequence=sequence or 1)
    sequence = draft.sequence + 1 if sequence is None else sequence
    kept = db.session.execute(
        update(Revision)
        .where(Revision.id == draft.id, Revision.state == RevisionState.DRAFT, Revision.sequence < sequence)
        .values(**wording.__dict__, sequence=sequence, saved_at=clock.now())
        .execution_options(synchronize_session=False)
    )
    db.session.expire(draft)
    # Gone, where the return that opened it was undone in this moment.
    found = queries.revision_in(contribution.id, RevisionState.DRAFT)
    # The same text arriving twice is a repeated request whose first answer was lost, not a stale tab.
    if found is None or (not db.changed(kept) and not says(found, wording)):
        raise Conflict(NEWER_DRAFT)
    return found


def drop_unchanged(draft: Revision, wording: Wording) -> None:
    """Raises Conflict when its author has saved something else, or does in this moment."""
    if not says(draft, wording):
        raise Conflict(NEWER_DRAFT)
    this = (
        Revision.id == draft.id,
        Revision.state == RevisionState.DRAFT,
        Revision.sequence == draft.sequence,
    )
    if not db.changed(db.session.execute(delete(Revision).where(*this))):
        raise Conflict(NEWER_DRAFT)


def says(revision: Revision, wording: Wording) -> bool:
    """Whether the revision already holds exactly this wording."""
    return all(getattr(revision, name) == value for name, value in wording.__dict__.items())


def wording_of(revision: Revision) -> Wording:
    return Wording(
        revision.title,
        revision.body,
        revision.language,
        revision.topic_id,
        revision.vehicle_id,
        revision.pictures,
        revision.passages,
        revision.concerns,
        revision.answers,
        revision.call_id,
    )


def open_draft(contribution: Contribution, wording: Wording, *, sequence: int = 1) -> Revision:
    """A new draft with the next number; the contribution's row is locked so that two tabs open one.

    Its saves are counted on from the text before it, or a tab still open on that text could overwrite this one.
    """
    # The key stays readable: rows that point here are written by people who hold theirs and would wait for ours.
    locked = select(Contribution.id).where(Contribution.id == contribution.id).with_for_update(key_share=True)
    db.session.execute(locked)
    if queries.revision_in(contribution.id, RevisionState.DRAFT) is not None:
        raise Conflict(NEWER_DRAFT)
    newest = queries.newest_revision(contribution.id)
    if newest is None:
        raise NotFound
    counted = max(sequence, newest.sequence + 1)
    draft = _draft(contribution, newest.number + 1, wording, sequence=counted)
    db.session.add(draft)
    db.session.flush()
    return draft


def _draft(contribution: Contribution, number: int, wording: Wording, *, sequence: int) -> Revision:
    now = clock.now()
    return Revision(
        contribution_id=contribution.id,
        number=number,
        state=RevisionState.DRAFT,
        sequence=sequence,
        created_at=now,
        saved_at=now,
        notes="",
        html="",
        excerpt="",
        minutes=1,
        finding_words="",
        **wording.__dict__,
    )
