"""Questions of the desk: what waits and for whom."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, func, literal, select, text, tuple_, union_all
from sqlalchemy.orm import aliased

from community.accounts.models import Account
from community.contributions.models import Contribution, Kind, Revision, State
from community.kit import db, paging
from community.moderation.models import Backlog, Review

PAGE = 25
MOST_PARTS = 60
IS_OPEN = text("review.closed_at IS NULL")


class Waiting(NamedTuple):
    """A line of the queue; ``claimed_by`` is the display name of who reads it until ``claimed_until``."""

    revision_id: int
    rank: int
    opened_at: datetime
    report_count: int
    escalated_at: datetime | None
    translation_wanted_at: datetime | None
    claimed_by_id: int | None
    claimed_until: datetime | None
    title: str
    excerpt: str
    finding: str | None
    language: str
    kind: Kind
    country: str
    state: State
    handle: str
    display_name: str
    author_id: int
    claimed_by: str | None


class Scope(NamedTuple):
    """Which of the waiting a moderator looks at; no languages or countries means all of them."""

    languages: tuple[str, ...]
    countries: tuple[str, ...]


def waiting(
    scope: Scope, *, viewer_id: int, after: str | None = None, limit: int = PAGE
) -> paging.Page[Waiting]:
    """What waits within the scope, reported first, then oldest first, without the viewer's own."""
    place = paging.decode(after, (int, str, int))
    found = _first(scope, viewer_id, place, limit + 1)
    claimer = aliased(Account)
    rows = db.session.execute(
        select(
            Review.revision_id,
            Review.rank,
            Review.opened_at,
            Review.report_count,
            Review.escalated_at,
            Review.translation_wanted_at,
            Review.claimed_by_id,
            Review.claimed_until,
            Revision.title,
            Revision.excerpt,
            Revision.finding,
            Review.language,
            Contribution.kind,
            Review.country,
            Contribution.state,
            Account.handle,
            Account.display_name,
            Review.author_id,
            claimer.display_name,
        )
        .join(Revision, Revision.id == Review.revision_id)
        .join(Contribution.__table__, Contribution.id == Review.contribution_id)
        .join(Account, Account.id == Review.author_id)
        .outerjoin(claimer, claimer.id == Review.claimed_by_id)
        .where(Review.revision_id.in_(found))
        .order_by(Review.rank, Review.opened_at, Review.revision_id)
    )
    return paging.page(
        [Waiting._make(row) for row in rows],
        limit,
        lambda row: (row.rank, paging.from_moment(row.opened_at), row.revision_id),
    )


def _first(
    scope: Scope, viewer_id: int, place: tuple[Any, ...] | None, most: int
) -> list[int]:
    """The numbers of the first ``most`` within the scope: each part of it read in order from its own index."""
    parts = [
        _part(conditions, viewer_id, place, most).subquery() for conditions in _parts(scope)
    ]
    together = union_all(*(select(part) for part in parts)).subquery()
    rows = db.session.execute(
        select(together.c.revision_id)
        .order_by(together.c.rank, together.c.opened_at, together.c.revision_id)
        .limit(most)
    )
    return [row.revision_id for row in rows]


def _parts(scope: Scope) -> Iterator[list[Any]]:
    """Conditions that are equalities where they can be, so that the index gives rows in the queue's order."""
    if not scope.languages:
        yield [Review.country.in_(scope.countries)] if scope.countries else []
    elif scope.countries and len(scope.languages) * len(scope.countries) <= MOST_PARTS:
        for language in scope.languages:
            for country in scope.countries:
                yield [Review.language == language, Review.country == country]
    else:
        for language in scope.languages:
            country_in = [Review.country.in_(scope.countries)] if scope.countries else []
            yield [Review.language == language, *country_in]


def _part(
    conditions: list[Any], viewer_id: int, place: tuple[Any, ...] | None, most: int
) -> Select[Any]:
    query = select(Review.revision_id, Review.rank, Review.opened_at).where(
        IS_OPEN, *conditions, Review.author_id != viewer_id
    )
    if place:
        rank, since, number = paging.to_count(place[0]), paging.to_moment(place[1]), place[2]
        query = query.where(
            tuple_(Review.rank, Review.opened_at, Review.revision_id)
            > tuple_(literal(rank), literal(since, Review.opened_at.type), literal(number))
        )
    return query.order_by(Review.rank, Review.opened_at, Review.revision_id).limit(most)


def waiting_by_language(
    scope: Scope, *, viewer_id: int | None = None
) -> tuple[dict[str, int], dict[str, int]]:
    """How many wait in each language, without the viewer's own: within the scope, and in the rest.

    A row a language and country is read, however much waits.
    """
    inside: dict[str, int] = {}
    outside: dict[str, int] = {}
    counted = list(db.session.execute(select(Backlog.language, Backlog.country, Backlog.waiting)))
    if viewer_id is not None:
        own = select(Review.language, Review.country, -func.count()).where(
            IS_OPEN, Review.author_id == viewer_id
        )
        counted += list(db.session.execute(own.group_by(Review.language, Review.country)))
    for language, country, number in counted:
        is_within = (not scope.languages or language in scope.languages) and (
            not scope.countries or country in scope.countries
        )
        side = inside if is_within else outside
        side[language] = side.get(language, 0) + number
    return {k: v for k, v in inside.items() if v}, {k: v for k, v in outside.items() if v}


def backlog() -> tuple[int, datetime | None]:
    """How many reviews are open, and since when the oldest is."""
    waiting, oldest = db.session.execute(
        select(func.count(), func.min(Review.opened_at)).where(IS_OPEN)
    ).one()
    return waiting, oldest
