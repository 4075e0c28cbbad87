"""Answering: a new comment, its place in the thread, its edits, and the count of what is public."""

from flask_babel import lazy_gettext as _l
from sqlalchemy import select, update

from community.accounts.models import Account
from community.comments import queries
from community.comments.models import DEEPEST, LONGEST_COMMENT, STEP_WIDTH, Comment
from community.contributions import actions as contributions
from community.contributions import queries as contribution_queries
from community.contributions.actions import Wording
from community.contributions.facts import Moved
from community.contributions.models import Contribution, Kind, RevisionState
from community.kit import db, text, unit_of_work
from community.kit.errors import Conflict, Invalid, NotFound

DIGITS = "0123456789abcdefghijklmnopqrstuv"


def answer(
    on: Contribution, wording: Wording, *, form_id: str, parent_id: int | None, by: Account
) -> Comment:
    """Put a comment under a contribution; sent again with the same form it is the same comment.

    A trusted member's goes live at once, others wait for a moderator; one in which the checks found something is a
    draft still. Raises Invalid, and NotFound for a parent that is not in this thread.
    """
    check(wording)
    earlier = queries.by_form(by.id, form_id)
    if earlier is not None:
        return earlier
    parent = _parent(on, parent_id)
    started = contributions.start(Comment(form_id=form_id, on_id=on.id, path="", depth=0), wording, by=by)
    if not isinstance(started, Comment):
        raise Conflict(contributions.STALE)
    if started.path:
        return started
    _place(started, parent)
    contributions.submit(started, by=by)
    return started


def edit(comment: Comment, wording: Wording, *, by: Account) -> Comment:
    """A new revision; the approved text stays public until it is approved. Raises Invalid, Conflict."""
    check(wording)
    newest = contribution_queries.newest_revision(comment.id)
    if (
        newest
        and newest.state in (RevisionState.WAITING, RevisionState.LIVE)
        and contributions.says(newest, wording)
    ):
        return comment
    draft = contribution_queries.revision_in(comment.id, RevisionState.DRAFT)
    contributions.save_draft(comment, wording, sequence=draft.sequence + 1 if draft else 1)
    contributions.submit(comment, by=by)
    return comment


def check(wording: Wording) -> None:
    """Raises Invalid."""
    if text.is_blank(wording.body):
        raise Invalid({"body": [_l("Write something first.")]})
    if len(wording.body) > LONGEST_COMMENT:
        raise Invalid({"body": [_l("Use at most 5,000 characters.")]})


def count(moved: Moved) -> None:
    """Keep the number of public comments of what is commented on; added to in the database."""
    if moved.kind != Kind.COMMENT or (moved.was_on is None) == (moved.is_on is None):
        return
    change = 1 if moved.is_on else -1
    on = Comment.__table__.c
    root = select(on.on_id).where(on.id == moved.contribution_id).scalar_subquery()
    db.session.execute(
        update(Contribution)
        .where(Contribution.id == root)
        .values(comment_count=Contribution.comment_count + change)
        .execution_options(synchronize_session=False)
    )
    unit_of_work.public_change()


def _parent(on: Contribution, parent_id: int | None) -> Comment | None:
    if parent_id is None:
        return None
    parent = queries.comment(parent_id)
    if parent is None or parent.on_id != on.id or not parent.is_public:
        raise NotFound
    return parent


def _place(comment: Comment, parent: Comment | None) -> None:
    above = parent.path if parent else ""
    if parent and parent.depth + 1 >= DEEPEST:
        above = parent.path[:-STEP_WIDTH]
    comment.parent_id = parent.id if parent else None
    comment.path = above + step(comment.id)
    comment.depth = len(above) // STEP_WIDTH
    db.session.flush()


def step(number: int) -> str:
    """A number as STEP_WIDTH base-32 digits, room for a thousand billion comments."""
    digits = ""
    for _ in range(STEP_WIDTH):
        number, digit = divmod(number, len(DIGITS))
        digits = DIGITS[digit] + digits
    return digits
