"""Questions of the desk: what waits and for whom."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum
from functools import cache, lru_cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, bindparam, case, func, select, text, tuple_, union_all
from sqlalchemy.orm import aliased

from community.accounts.models import Account, DeskCountry
from community.contributions.models import Contribution, Kind, Revision, State
from community.kit import db, paging
from community.moderation.models import Backlog, Rank, Review

PAGE = 25
MOST_PARTS = 60
# Written out, not bound: SQLite uses a partial index only for a condition it can read in the query.
IS_OPEN = text("review.closed_at IS NULL")
IS_ESCALATED = text("review.escalated_at IS NOT NULL")
WANTS_TRANSLATION = text("review.translation_wanted_at IS NOT NULL")


class Show(StrEnum):
    """What of a scope is shown."""

    REPORTED = "reported"
    WAITING = "waiting"
    AFTERWARDS = "afterwards"
    ESCALATED = "escalated"
    TRANSLATION = "translation"


RANKS = {Show.REPORTED: Rank.REPORTED, Show.WAITING: Rank.WAITING, Show.AFTERWARDS: Rank.AFTERWARDS}


class Waiting(NamedTuple):
    """A line of the queue; ``claimed_by`` is the display name of who reads it until ``claimed_until``.

    ``number`` and ``version`` are what a decision made from this line names.
    """

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
    finding_words: str
    number: int
    language: str
    kind: Kind
    country: str
    state: State
    version: int
    handle: str
    display_name: str
    author_id: int
    claimed_by: str | None
    photos: int


class Scope(NamedTuple):
    """Which of the waiting a moderator looks at; no languages or countries means all of them."""

    languages: tuple[str, ...]
    countries: tuple[str, ...]
    kind: Kind | None = None
    show: Show | None = None


class InLanguage(NamedTuple):
    """What waits in one language, without the asker's own; ``within`` the asked countries, and since when the oldest.

    ``countries`` is where it comes from: codes with commas between them.
    """

    language: str
    waiting: int
    within: int
    oldest_at: datetime | None
    countries: str


def desk_countries(account_id: int) -> tuple[str, ...]:
    """The countries a moderator looks after, by code; none means all."""
    return tuple(row.country for row in db.rows(_desk_countries(), {"account_id": account_id}))


def waiting(
    scope: Scope, *, viewer_id: int, after: str | None = None, limit: int = PAGE
) -> paging.Page[Waiting]:
    """What waits within the scope, reported first, then oldest first, without the viewer's own.

    Raises NotFound for a cursor that was not made here.
    """
    place = paging.decode(after, (int, str, int))
    query = _list(
        len(scope.languages),
        len(scope.countries),
        has_kind=scope.kind is not None,
        show=scope.show,
        is_continued=place is not None,
    )
    rows = db.rows(query, _values(scope, viewer_id, place, limit + 1))
    return paging.page([_line(*row) for row in rows], limit, place_of)


def _line(*columns: Any) -> Waiting:
    """Of the photos, which come last, only their number."""
    return Waiting._make((*columns[:-1], len(columns[-1])))


def place_of(row: Waiting | Review) -> paging.Place:
    """Where it stands in the queue, for ``paging.encode``."""
    return row.rank, paging.from_moment(row.opened_at), row.revision_id


def in_languages(scope: Scope, *, viewer_id: int) -> list[InLanguage]:
    """A row a language is read, however much waits: the largest first."""
    rows = [InLanguage._make(row) for row in db.rows(_in_languages(), {"countries": list(scope.countries)})]
    own = db.rows(_own(), {"viewer_id": viewer_id}) if viewer_id else []
    if own:
        rows = [
            _without(row, [country for language, country in own if language == row.language], scope)
            for row in rows
        ]
    return sorted((row for row in rows if row.waiting), key=lambda row: (-row.waiting, row.language))


def waiting_by_language(scope: Scope, *, viewer_id: int = 0) -> tuple[dict[str, int], dict[str, int]]:
    """How many wait in each language, without the viewer's own: within the scope, and in the rest."""
    return split(in_languages(scope, viewer_id=viewer_id), scope)


def split(rows: Iterable[InLanguage], scope: Scope) -> tuple[dict[str, int], dict[str, int]]:
    """By language: what is within the scope's languages and countries, and the rest."""
    inside: dict[str, int] = {}
    outside: dict[str, int] = {}
    for row in rows:
        is_asked = not scope.languages or row.language in scope.languages
        within = (row.within if scope.countries else row.waiting) if is_asked else 0
        inside |= {row.language: within} if within else {}
        outside |= {row.language: row.waiting - within} if row.waiting > within else {}
    return inside, outside


def backlog() -> tuple[int, datetime | None]:
    """How many reviews are open, and since when the oldest is."""
    waiting, oldest = db.session.execute(
        select(func.count(), func.min(Review.opened_at)).where(IS_OPEN)
    ).one()
    return waiting, oldest


@cache
def _desk_countries() -> Select[str]:
    """Composed once, as the two below: composing takes longer than running."""
    return (
        select(DeskCountry.country)
        .where(DeskCountry.account_id == bindparam("account_id"))
        .order_by(DeskCountry.country)
    )


@cache
def _in_languages() -> Select[Any]:
    is_within = Backlog.country.in_(bindparam("countries", expanding=True))
    oldest = (
        select(Review.opened_at)
        .where(IS_OPEN, Review.language == Backlog.language)
        .order_by(Review.opened_at)
        .limit(1)
        .correlate(Backlog)
    )
    columns: tuple[Any, ...] = (
        Backlog.language,
        func.sum(Backlog.waiting),
        func.sum(case((is_within, Backlog.waiting), else_=0)),
        oldest.scalar_subquery(),
        func.aggregate_strings(Backlog.country, ","),
    )
    return select(*columns).where(Backlog.waiting > 0).group_by(Backlog.language)


@cache
def _own() -> Select[str, str]:
    return select(Review.language, Review.country).where(IS_OPEN, Review.author_id == bindparam("viewer_id"))


def _without(row: InLanguage, own: list[str], scope: Scope) -> InLanguage:
    """``own`` are the countries of somebody's own texts in the language."""
    within = row.within - len([country for country in own if country in scope.countries])
    return row._replace(waiting=row.waiting - len(own), within=within)


@lru_cache(maxsize=256)
def _list(
    languages: int, countries: int, *, has_kind: bool, show: Show | None, is_continued: bool
) -> Select[Any]:
    """Each part of the scope is read in order from its own index, and the first of all of them are taken."""
    among: list[Any] = [IS_OPEN, Review.author_id != bindparam("viewer_id")]
    among += [Review.kind == bindparam("kind")] if has_kind else []
    among += [Review.rank == bindparam("rank")] if show in RANKS else []
    among += [IS_ESCALATED] if show is Show.ESCALATED else []
    among += [WANTS_TRANSLATION] if show is Show.TRANSLATION else []
    among += [_beyond()] if is_continued else []
    order = Review.rank, Review.opened_at, Review.revision_id
    parts = [
        select(*order).where(*among, *alternative).order_by(*order).limit(bindparam("most")).subquery()
        for alternative in _alternatives(languages, countries)
    ]
    found = parts[0]
    if len(parts) > 1:
        together = union_all(*(select(part) for part in parts)).subquery()
        place = together.c.rank, together.c.opened_at, together.c.revision_id
        found = select(together).order_by(*place).limit(bindparam("most")).subquery()
    return _rows().join(found, found.c.revision_id == Review.revision_id).order_by(*order)


def _alternatives(languages: int, countries: int) -> list[list[ColumnElement[bool]]]:
    """Conditions that are equalities where they can be, so that the index gives rows in the queue's order."""
    spoken: list[ColumnElement[bool]] = [
        Review.language == bindparam(f"language_{number}") for number in range(languages)
    ]
    country_in: list[ColumnElement[bool]] = (
        [Review.country.in_(bindparam("countries", expanding=True))] if countries else []
    )
    if not spoken or not countries or languages * countries > MOST_PARTS:
        return [[one, *country_in] for one in spoken] or [country_in]
    return [
        [one, Review.country == bindparam(f"country_{number}")]
        for one in spoken
        for number in range(countries)
    ]


def _beyond() -> ColumnElement[bool]:
    # The moment is bound with its column's type, so that it compares as one on both databases.
    since: ColumnElement[Any] = bindparam("after_at", type_=Review.opened_at.type)
    last: list[ColumnElement[Any]] = [bindparam("after_rank"), since, bindparam("after_id")]
    return tuple_(Review.rank, Review.opened_at, Review.revision_id) > tuple_(*last)


def _values(scope: Scope, viewer_id: int, place: paging.Place | None, most: int) -> Mapping[str, Any]:
    values: dict[str, Any] = {"viewer_id": viewer_id, "most": most, "countries": list(scope.countries)}
    values |= {f"language_{number}": code for number, code in enumerate(scope.languages)}
    values |= {f"country_{number}": code for number, code in enumerate(scope.countries)}
    values |= {"kind": scope.kind} if scope.kind else {}
    values |= {"rank": RANKS[scope.show]} if scope.show in RANKS else {}
    if place:
        rank, since, number = paging.to_count(place[0]), paging.to_moment(place[1]), place[2]
        values |= {"after_rank": rank, "after_at": since, "after_id": number}
    return values


def _rows() -> Select[Any]:
    """The columns of ``Waiting``, in their order; for the last of them the photos themselves."""
    claimer = aliased(Account)
    columns: tuple[Any, ...] = (
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
        Revision.finding_words,
        Revision.number,
        Review.language,
        Contribution.kind,
        Review.country,
        Contribution.state,
        Contribution.version,
        Account.handle,
        Account.display_name,
        Review.author_id,
        claimer.display_name,
        Revision.pictures,
    )
    return (
        select(*columns)
        .join(Revision, Revision.id == Review.revision_id)
        .join(Contribution.__table__, Contribution.id == Review.contribution_id)
        .join(Account, Account.id == Review.author_id)
        .outerjoin(claimer, claimer.id == Review.claimed_by_id)
    )
