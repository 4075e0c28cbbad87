"""Questions of the desk: what waits and for whom, one review, an author's history, the public log."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Integer, Select, and_, cast, func, select, text, true, tuple_
from sqlalchemy.orm import joinedload

from community.accounts.models import Account
from community.contributions.models import Contribution, Kind, Revision, State
from community.kit import db, paging
from community.moderation.models import Decision, Ground, Outcome

PAGE = 50
LOG_PAGE = 50
IS_WAITING = text("revision.state = 'waiting'")


class Waiting(NamedTuple):
    """A line of the queue."""

    revision_id: int
    submitted_at: datetime
    title: str
    excerpt: str
    language: str
    kind: Kind
    country: str
    state: State
    handle: str
    display_name: str
    author_id: int


class Scope(NamedTuple):
    """Which of the waiting a moderator looks at; no languages or countries means all of them."""

    languages: tuple[str, ...]
    countries: tuple[str, ...]


def waiting(
    scope: Scope, *, viewer_id: int, after: str | None = None, limit: int = PAGE
) -> paging.Page[Waiting]:
    """What waits within the scope, oldest first, without the viewer's own."""
    query = _waiting(
        Revision.id,
        Revision.submitted_at,
        Revision.title,
        Revision.excerpt,
        Revision.language,
        Contribution.kind,
        Contribution.country,
        Contribution.state,
        Account.handle,
        Account.display_name,
        Contribution.author_id,
    ).join(Account, Account.id == Contribution.author_id)
    query = query.where(Contribution.author_id != viewer_id, *_within(scope))
    place = paging.decode(after, (str, int))
    if place:
        query = query.where(
            tuple_(Revision.submitted_at, Revision.id) > (paging.to_moment(place[0]), place[1])
        )
    found = db.session.execute(query.order_by(Revision.submitted_at, Revision.id).limit(limit + 1))
    rows = [Waiting._make(row) for row in found]
    return paging.page(rows, limit, lambda row: (paging.from_moment(row.submitted_at), row.revision_id))


def waiting_by_language(
    scope: Scope, *, viewer_id: int | None = None
) -> tuple[dict[str, int], dict[str, int]]:
    """How many wait in each language, without the viewer's own: within the scope, and in the rest.

    Only what waits is read.
    """
    inside, outside = {}, {}
    is_within = and_(true(), *_within(scope))
    query = _waiting(Revision.language, func.sum(cast(is_within, Integer)), func.count()).group_by(
        Revision.language
    )
    if viewer_id is not None:
        query = query.where(Contribution.author_id != viewer_id)
    for language, within, total in db.session.execute(query):
        inside[language], outside[language] = within, total - within
    return {k: v for k, v in inside.items() if v}, {k: v for k, v in outside.items() if v}


def backlog() -> tuple[int, datetime | None]:
    """How many revisions wait, and since when the oldest does."""
    waiting, oldest = db.session.execute(
        select(func.count(), func.min(Revision.submitted_at)).where(IS_WAITING)
    ).one()
    return waiting, oldest


def revision(revision_id: int) -> Revision | None:
    return db.session.get(Revision, revision_id)


def decision(decision_id: int) -> Decision | None:
    return db.session.get(Decision, decision_id)


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


class Logged(NamedTuple):
    """A line of the public log: nothing in it names a member."""

    id: int
    created_at: datetime
    kind: str
    language: str
    country: str
    outcome: Outcome
    ground: Ground | None
    waited_seconds: int | None


def public_log(*, after: str | None = None, limit: int = LOG_PAGE) -> paging.Page[Logged]:
    """Newest first."""
    query = select(
        Decision.id,
        Decision.created_at,
        Decision.kind,
        Decision.language,
        Decision.country,
        Decision.outcome,
        Decision.ground,
        Decision.waited_seconds,
    )
    place = paging.decode(after, (int,))
    if place:
        query = query.where(Decision.id < place[0])
    rows = [Logged(*row) for row in db.session.execute(query.order_by(Decision.id.desc()).limit(limit + 1))]
    return paging.page(rows, limit, lambda row: (row.id,))


def _waiting(*columns: Any) -> Select[Any]:
    return (
        select(*columns)
        .select_from(Revision)
        .join(Contribution.__table__, Contribution.id == Revision.contribution_id)
        .where(IS_WAITING, Contribution.state.in_((State.WAITING, State.LIVE)))
    )


def _within(scope: Scope) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if scope.languages:
        conditions.append(Revision.language.in_(scope.languages))
    if scope.countries:
        conditions.append(Contribution.country.in_(scope.countries))
    return conditions
