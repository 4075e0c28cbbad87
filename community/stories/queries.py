"""Questions about stories: one story as its page needs it, and lists of cards by keyset."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, Subquery, bindparam, select, text, tuple_, union_all
from sqlalchemy.orm import InstrumentedAttribute, joinedload

from community.accounts.models import Account, Vehicle
from community.contributions.models import Contribution, Kind, Pictures, Revision, RevisionState, State
from community.contributions.models.contribution import LIVE_STORY
from community.kit import db, paging
from community.media.queries import Ready
from community.stories.models import Story

PAGE = 24


class Sort(StrEnum):
    NEW = "new"
    LOVED = "loved"
    DISCUSSED = "discussed"


COLUMN: dict[Sort, InstrumentedAttribute[Any]] = {
    Sort.NEW: Contribution.published_at,
    Sort.LOVED: Contribution.reaction_count,
    Sort.DISCUSSED: Contribution.comment_count,
}


class Card(NamedTuple):
    """What a card in a list shows; ``processing.with_covers`` adds the cover."""

    id: int
    title: str
    excerpt: str
    minutes: int
    language: str
    country: str
    topic_id: int | None
    published_at: datetime
    reaction_count: int
    comment_count: int
    handle: str
    display_name: str
    pictures: Pictures
    cover: Ready | None = None


CARD = (
    Contribution.id,
    Revision.title,
    Revision.excerpt,
    Revision.minutes,
    Contribution.language,
    Contribution.country,
    Contribution.topic_id,
    Contribution.published_at,
    Contribution.reaction_count,
    Contribution.comment_count,
    Account.handle,
    Account.display_name,
    Revision.pictures,
)


@dataclass(frozen=True)
class Filter:
    """Which stories a list shows; no languages means all of them."""

    country: str = ""
    languages: tuple[str, ...] = field(default=())
    topic_id: int | None = None
    sort: Sort = Sort.NEW


def story(story_id: int) -> Story | None:
    """With its author, live revision and vehicle, in one query."""
    return db.session.scalar(_story(), {"id": story_id})


@cache
def _story() -> Select[Story]:
    """Composed once: composing takes longer than running it."""
    return (
        select(Story)
        .where(Story.id == bindparam("id"))
        .options(
            joinedload(Story.author, innerjoin=True),
            joinedload(Story.live_revision),
            joinedload(Story.vehicle).joinedload(Vehicle.listed),
        )
    )


def by_form(author_id: int, form_id: str) -> Story | None:
    return db.session.scalar(select(Story).where(Story.author_id == author_id, Story.form_id == form_id))


def cards(chosen: Filter, *, after: str | None = None, limit: int = PAGE) -> paging.Page[Card]:
    """A page of live stories. Raises NotFound for a cursor that was not made here."""
    place = paging.decode(after, (str if chosen.sort is Sort.NEW else int, int))
    values: dict[str, Any] = {"country": chosen.country, "topic_id": chosen.topic_id, "most": limit + 1}
    values |= {f"language_{number}": language for number, language in enumerate(chosen.languages)}
    if place:
        values["key"] = paging.to_moment(place[0]) if chosen.sort is Sort.NEW else paging.to_count(place[0])
        values["last_id"] = place[1]
    query = _list(
        chosen.sort,
        by_country=bool(chosen.country),
        by_topic=chosen.topic_id is not None,
        languages=len(chosen.languages),
        is_continued=place is not None,
    )
    rows = [Card(*row) for row in db.session.execute(query, values)]
    return paging.page(rows, limit, lambda card: _place(card, chosen.sort))


def cards_among(
    totals: Mapping[str, int], chosen: Filter, *, after: str | None = None, limit: int = PAGE
) -> paging.Page[Card]:
    """``cards``, knowing how many stories there are in each language: those with none are not looked for.

    Raises NotFound for a cursor that was not made here.
    """
    if not chosen.languages:
        return cards(chosen, after=after, limit=limit)
    present = tuple(code for code in chosen.languages if totals.get(code))
    if not present:
        return paging.Page((), None)
    wanted = () if len(present) == len(totals) else present
    return cards(replace(chosen, languages=wanted), after=after, limit=limit)


@cache
def _list(sort: Sort, *, by_country: bool, by_topic: bool, languages: int, is_continued: bool) -> Select[Any]:
    """Composed once for each shape: composing takes longer than running it.

    Each part is one stretch of one index: a list in several languages takes the first of each and merges them, and a
    list by a count goes on first among the rows that tie with the last one seen, then below them. SQLite would
    otherwise sort a whole language, or walk through all of the tie.
    """
    column = COLUMN[sort]
    among = [Contribution.country == bindparam("country")] if by_country else []
    among += [Contribution.topic_id == bindparam("topic_id")] if by_topic else []
    spoken: list[ColumnElement[str]] = [bindparam(f"language_{number}") for number in range(languages)]
    if spoken and among:
        alternatives: list[list[ColumnElement[bool]]] = [[Contribution.language.in_(spoken)]]
    else:
        alternatives = [[Contribution.language == code] for code in spoken] or [[]]
    parts = [
        select(Contribution.id, column.label("key"))
        .where(text(LIVE_STORY), *among, *alternative, *beyond)
        .order_by(column.desc(), Contribution.id.desc())
        .limit(bindparam("most"))
        for alternative in alternatives
        for beyond in (_beyond(sort) if is_continued else [[]])
    ]
    found = parts[0].subquery()
    if len(parts) > 1:
        merged = union_all(*(select(part.subquery()) for part in parts)).subquery()
        found = (
            select(merged)
            .order_by(merged.c.key.desc(), merged.c.id.desc())
            .limit(bindparam("most"))
            .subquery()
        )
    return cards_found(found)


def cards_found(found: Subquery) -> Select[Any]:
    """The cards of the stories in ``found``, which holds ``id`` and ``key``: the highest key first."""
    return _cards().join(found, found.c.id == Contribution.id).order_by(found.c.key.desc(), found.c.id.desc())


def _beyond(sort: Sort) -> list[list[ColumnElement[bool]]]:
    """What lies below the last row seen, in one stretch or two."""
    column = COLUMN[sort]
    # The key is bound with its column's type, so that a moment compares as one on both databases.
    key: ColumnElement[Any] = bindparam("key", type_=column.type)
    last_id: ColumnElement[int] = bindparam("last_id")
    if sort is Sort.NEW:
        return [[tuple_(column, Contribution.id) < tuple_(key, last_id)]]
    return [[column == key, Contribution.id < last_id], [column < key]]


def cards_by_author(author_id: int, *, after: str | None = None, limit: int = PAGE) -> paging.Page[Card]:
    """A member's live stories, newest first."""
    query = _cards().where(
        Contribution.author_id == author_id,
        Contribution.kind == Kind.STORY,
        text("contribution.state = 'live'"),
    )
    place = paging.decode(after, (str, int))
    if place:
        query = query.where(
            tuple_(Contribution.published_at, Contribution.id) < (paging.to_moment(place[0]), place[1])
        )
    rows = _rows(query.order_by(Contribution.published_at.desc(), Contribution.id.desc()).limit(limit + 1))
    return paging.page(rows, limit, lambda card: _place(card, Sort.NEW))


class Mine(NamedTuple):
    """A line of a member's own contributions: where it stands, and what waits beside it."""

    id: int
    kind: Kind
    state: State
    version: int
    title: str
    excerpt: str
    language: str
    revision_state: RevisionState
    changed_at: datetime
    saved_at: datetime

    @property
    def is_returned(self) -> bool:
        """Only a moderator's return makes a submitted text a draft again."""
        return self.state is State.DRAFT and self.version > 1


def mine(author_id: int, *, after: str | None = None, limit: int = PAGE) -> paging.Page[Mine]:
    """A member's own stories in every state, last changed first, each with its newest revision."""
    newest = (
        select(Revision.id)
        .where(Revision.contribution_id == Contribution.id)
        .order_by(Revision.number.desc())
        .limit(1)
        .correlate(Contribution)
        .scalar_subquery()
    )
    query = (
        select(
            Contribution.id,
            Contribution.kind,
            Contribution.state,
            Contribution.version,
            Revision.title,
            Revision.body.label("excerpt"),
            Revision.language,
            Revision.state.label("revision_state"),
            Contribution.changed_at,
            Revision.saved_at,
        )
        .join(Revision, Revision.id == newest)
        .where(
            Contribution.author_id == author_id,
            Contribution.kind == Kind.STORY,
            Contribution.state != State.ERASED,
        )
    )
    place = paging.decode(after, (str, int))
    if place:
        query = query.where(
            tuple_(Contribution.changed_at, Contribution.id) < (paging.to_moment(place[0]), place[1])
        )
    found = db.session.execute(
        query.order_by(Contribution.changed_at.desc(), Contribution.id.desc()).limit(limit + 1)
    )
    rows = [Mine._make(row) for row in found]
    return paging.page(rows, limit, lambda row: (paging.from_moment(row.changed_at), row.id))


def _cards() -> Select[Any]:
    columns: tuple[Any, ...] = CARD
    return (
        select(*columns)
        .join(Revision, Revision.id == Contribution.live_revision_id)
        .join(Account, Account.id == Contribution.author_id)
    )


def _rows(query: Select[Any]) -> Sequence[Card]:
    return [Card(*row) for row in db.session.execute(query)]


def _place(card: Card, sort: Sort) -> paging.Place:
    match sort:
        case Sort.NEW:
            return paging.from_moment(card.published_at), card.id
        case Sort.LOVED:
            return card.reaction_count, card.id
        case Sort.DISCUSSED:
            return card.comment_count, card.id
