"""Questions about threads: a page of one in reading order, whatever its size."""

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    and_,
    bindparam,
    func,
    literal,
    or_,
    select,
    text,
    union_all,
)
from sqlalchemy.orm import joinedload

from community.accounts.models import Account
from community.comments.models import LONGEST_PATH, Comment
from community.contributions.models import Contribution, Follow, Reaction, Revision, State
from community.kit import db, paging

PAGE = 200
SHOWN_DEPTH = 4
NOT_PUBLIC = -1
FOLLOWED = -2


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
    place = paging.decode(after, (str,))
    values = {
        "on_id": on_id,
        "viewer_id": viewer_id,
        "deepest": (below.depth if below else 0) + SHOWN_DEPTH,
        "first": below.path if below else "",
        "last": below.path + "~" if below else "",
        "after": str(place[0])[:LONGEST_PATH] if place else "",
        "most": limit + 1,
    }
    query = _thread(
        for_member=viewer_id is not None, is_branch=below is not None, is_continued=place is not None
    )
    rows = [Line._make(row) for row in db.session.execute(query, values)]
    return paging.page(rows, limit, lambda line: (line.path,))


@cache
def _thread(*, for_member: bool, is_branch: bool, is_continued: bool) -> Select[Any]:
    """Composed once for each shape: composing takes longer than running it."""
    comment = Comment.__table__.c
    visible: ColumnElement[bool] = Contribution.published_at.is_not(None)
    if for_member:
        own = and_(
            Contribution.author_id == bindparam("viewer_id"),
            Contribution.state.in_((State.WAITING, State.DRAFT)),
        )
        visible = or_(visible, own)
    query = (
        select(*_columns())
        .select_from(Comment.__table__)
        .join(Contribution.__table__, Contribution.id == comment.id)
        .join(Account, Account.id == Contribution.author_id)
        .join(Revision, Revision.id == _shown_revision(for_member=for_member))
        .where(comment.on_id == bindparam("on_id"), visible, comment.depth <= bindparam("deepest"))
        .order_by(comment.path)
        .limit(bindparam("most"))
    )
    if is_branch:
        query = query.where(comment.path.between(bindparam("first"), bindparam("last")))
    if is_continued:
        query = query.where(comment.path > bindparam("after"))
    return query


class Part(NamedTuple):
    """What a member has to do with a conversation: which of it they reacted to, whether they have comments there that
    nobody else sees yet, and whether they follow what it is about.
    """

    reacted: set[int]
    has_hidden: bool
    is_following: bool


NO_PART = Part(set(), False, False)


def part_of(viewer_id: int, on_id: int, contribution_ids: Iterable[int]) -> Part:
    """One question for all of it."""
    values = {"viewer_id": viewer_id, "on_id": on_id, "ids": list(contribution_ids)}
    found = set(db.session.scalars(_part_of(), values))
    return Part(found - {NOT_PUBLIC, FOLLOWED}, NOT_PUBLIC in found, FOLLOWED in found)


@cache
def _part_of() -> CompoundSelect[int]:
    reacted = select(Reaction.contribution_id).where(
        Reaction.account_id == bindparam("viewer_id"),
        Reaction.contribution_id.in_(bindparam("ids", expanding=True)),
    )
    comment = Comment.__table__.c
    hidden = (
        select(literal(NOT_PUBLIC))
        .select_from(Contribution.__table__)
        .join(Comment.__table__, comment.id == Contribution.id)
        .where(
            Contribution.author_id == bindparam("viewer_id"),
            text("contribution.published_at IS NULL"),
            comment.on_id == bindparam("on_id"),
        )
    )
    followed = select(literal(FOLLOWED)).where(
        Follow.account_id == bindparam("viewer_id"), Follow.contribution_id == bindparam("on_id")
    )
    return union_all(reacted, hidden, followed)


def _columns() -> tuple[Any, ...]:
    """Those of ``Line``, in its order."""
    comment = Comment.__table__.c
    return (
        Contribution.id,
        comment.parent_id,
        comment.depth,
        comment.path,
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


def _shown_revision(*, for_member: bool) -> ColumnElement[int | None]:
    """The live revision, or, for the author of one that has none yet, the newest."""
    if not for_member:
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
