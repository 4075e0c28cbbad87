"""Questions about threads: a page of one in reading order, whatever its size."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import joinedload

from community.accounts.models import Account
from community.comments.models import LONGEST_PATH, Comment
from community.contributions.models import Contribution, Revision, State
from community.kit import db, paging

PAGE = 200
SHOWN_DEPTH = 4


class Line(NamedTuple):
    """A comment as a thread shows it; ``author_id`` tells a reader their own."""

    id: int
    parent_id: int | None
    depth: int
    path: str
    state: State
    author_id: int
    handle: str
    display_name: str
    country: str
    language: str
    html: str
    published_at: datetime | None
    created_at: datetime
    edited_at: datetime | None
    reaction_count: int
    revision_id: int


def comment(comment_id: int) -> Comment | None:
    """With its author and live revision."""
    return db.session.scalar(
        select(Comment)
        .where(Comment.id == comment_id)
        .options(joinedload(Comment.author, innerjoin=True), joinedload(Comment.live_revision))
    )


def by_form(author_id: int, form_id: str) -> Comment | None:
    return db.session.scalar(
        select(Comment).where(Comment.author_id == author_id, Comment.form_id == form_id)
    )


def thread(
    on_id: int,
    *,
    viewer_id: int | None,
    below: Comment | None = None,
    after: str | None = None,
    limit: int = PAGE,
) -> paging.Page[Line]:
    """Comments on a contribution in reading order: those that are or were public, and the viewer's own that wait.

    ``below`` narrows to one comment and its answers. Levels beyond the shown ones are left out but for the first,
    which tells that the thread goes on. Raises NotFound for a cursor that was not made here.
    """
    own = and_(Contribution.author_id == viewer_id, Contribution.state.in_((State.WAITING, State.DRAFT)))
    query = (
        select(
            Contribution.id,
            Comment.parent_id,
            Comment.depth,
            Comment.path,
            Contribution.state,
            Contribution.author_id,
            Account.handle,
            Account.display_name,
            Account.country,
            Contribution.language,
            Revision.html,
            Contribution.published_at,
            Contribution.created_at,
            Contribution.edited_at,
            Contribution.reaction_count,
            Revision.id.label("revision_id"),
        )
        .select_from(Comment.__table__)
        .join(Contribution.__table__, Contribution.id == Comment.__table__.c.id)
        .join(Account, Account.id == Contribution.author_id)
        .join(Revision, Revision.id == _shown_revision(viewer_id))
        .where(Comment.__table__.c.on_id == on_id)
        .where(
            or_(Contribution.published_at.is_not(None), own)
            if viewer_id
            else Contribution.published_at.is_not(None)
        )
        .where(Comment.__table__.c.depth <= (below.depth if below else 0) + SHOWN_DEPTH)
    )
    if below:
        query = query.where(Comment.__table__.c.path.between(below.path, below.path + "~"))
    place = paging.decode(after, (str,))
    if place:
        query = query.where(Comment.__table__.c.path > str(place[0])[:LONGEST_PATH])
    found = db.session.execute(query.order_by(Comment.__table__.c.path).limit(limit + 1))
    rows = [Line._make(row) for row in found]
    return paging.page(rows, limit, lambda line: (line.path,))


def _shown_revision(viewer_id: int | None) -> ColumnElement[int | None]:
    """The live revision, or, for the author of one that has none yet, the newest."""
    if viewer_id is None:
        return Contribution.live_revision_id.expression
    newest = (
        select(Revision.id)
        .where(Revision.contribution_id == Contribution.id)
        .order_by(Revision.number.desc())
        .limit(1)
        .correlate(Contribution)
        .scalar_subquery()
    )
    return func.coalesce(Contribution.live_revision_id, newest)
