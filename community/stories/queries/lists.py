"""Lists of stories: cards by keyset."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple
from urllib.parse import quote

from sqlalchemy import ColumnElement, Select, Subquery, bindparam, select, text, tuple_, union
from sqlalchemy.orm import InstrumentedAttribute

from community.accounts.models import Account
from community.contributions.models import (
    Contribution,
    Edition,
    Kind,
    Pictures,
    Revision,
)
from community.contributions.models.contribution import LIVE_STORY
from community.contributions.queries import Totals
from community.kit import db, paging
from community.kit import text as words
from community.media.queries import Ready

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
    """What a card in a list shows; ``processing.dressed`` adds the cover.

    ``original`` is the card of the story in its own language, where this one shows it in another.
    """

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
    original: "Card | None" = None

    @property
    def address(self) -> str:
        """Where it is read; a story shown in another language is opened in that one."""
        asked = f"?lang={self.language}" if self.original else ""
        return f"/stories/{self.id}/{quote(words.slug((self.original or self).title))}{asked}"


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
    """Which stories a list shows; no languages means all of them.

    ``translated`` are those languages in which some that were told in others can be read. What members ``apart`` told
    is left out.
    """

    country: str = ""
    languages: tuple[str, ...] = field(default=())
    translated: tuple[str, ...] = field(default=())
    topic_id: int | None = None
    sort: Sort = Sort.NEW
    apart: tuple[int, ...] = ()


def cards(chosen: Filter, *, after: str | None = None, limit: int = PAGE) -> paging.Page[Card]:
    """A page of live stories. Raises NotFound for a cursor that was not made here."""
    place = paging.decode(after, (str if chosen.sort is Sort.NEW else int, int))
    values: dict[str, Any] = {"country": chosen.country, "topic_id": chosen.topic_id, "most": limit + 1}
    values |= {f"language_{number}": language for number, language in enumerate(chosen.languages)}
    values |= {f"edition_{number}": language for number, language in enumerate(chosen.translated)}
    values |= {"apart": list(chosen.apart)} if chosen.apart else {}
    if place:
        values["key"] = paging.to_moment(place[0]) if chosen.sort is Sort.NEW else paging.to_count(place[0])
        values["last_id"] = place[1]
    query = _list(
        chosen.sort,
        by_country=bool(chosen.country),
        by_topic=chosen.topic_id is not None,
        languages=len(chosen.languages),
        editions=len(chosen.translated),
        is_continued=place is not None,
        has_apart=bool(chosen.apart),
    )
    rows = [Card(*row) for row in db.session.execute(query, values)]
    return paging.page(rows, limit, lambda card: _place(card, chosen.sort))


def cards_among(
    totals: Totals, chosen: Filter, *, after: str | None = None, limit: int = PAGE
) -> paging.Page[Card]:
    """``cards``, knowing how many stories there are in each language: those with none are not looked for.

    Raises NotFound for a cursor that was not made here.
    """
    if not chosen.languages:
        return cards(chosen, after=after, limit=limit)
    told = tuple(code for code in chosen.languages if totals.told.get(code))
    translated = tuple(code for code in chosen.languages if totals.translated.get(code))
    if not told and not translated:
        return paging.Page((), None)
    if len(told) == len(totals.told):
        told = translated = ()
    return cards(replace(chosen, languages=told, translated=translated), after=after, limit=limit)


@cache
def _list(
    sort: Sort,
    *,
    by_country: bool,
    by_topic: bool,
    languages: int,
    editions: int,
    is_continued: bool,
    has_apart: bool,
) -> Select[Any]:
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
    if editions and not spoken:
        alternatives = []
    among += [not_by_those_apart()] if has_apart else []
    beyonds = _beyond(sort) if is_continued else [[]]
    parts = [
        select(Contribution.id, column.label("key"))
        .where(text(LIVE_STORY), *among, *alternative, *beyond)
        .order_by(column.desc(), Contribution.id.desc())
        .limit(bindparam("most"))
        for alternative in alternatives
        for beyond in beyonds
    ]
    translated: list[ColumnElement[str]] = [bindparam(f"edition_{number}") for number in range(editions)]
    parts += [_translated(sort, code, [*among, *beyond]) for code in translated for beyond in beyonds]
    return cards_found(_merged(parts))


def not_by_those_apart() -> ColumnElement[bool]:
    """Asked for members with blocks only: ``apart`` is bound to the list of them."""
    return Contribution.author_id.not_in(bindparam("apart", expanding=True))


def _merged(parts: list[Select[Any]]) -> Subquery:
    """The first of all parts together. A story may be told in one of the languages and translated into another."""
    found = parts[0].subquery()
    if len(parts) == 1:
        return found
    merged = union(*(select(part.subquery()) for part in parts)).subquery()
    first = select(merged).order_by(merged.c.key.desc(), merged.c.id.desc()).limit(bindparam("most"))
    return first.subquery()


def _translated(
    sort: Sort, language: ColumnElement[str], among: list[ColumnElement[bool]]
) -> Select[int, Any]:
    """The stories that can be read in a language they were not told in."""
    first = (Edition.published_at, Edition.story_id) if sort is Sort.NEW else (COLUMN[sort], Contribution.id)
    return (
        select(Contribution.id, COLUMN[sort].label("key"))
        .join(Edition, Edition.story_id == Contribution.id)
        .where(Edition.kind == Kind.STORY, Edition.language == language, *among)
        .order_by(*(column.desc() for column in first))
        .limit(bindparam("most"))
    )


def cards_found(found: Subquery) -> Select[Any]:
    """The cards of the stories in ``found``, which holds ``id`` and ``key``: the highest key first."""
    return (
        cards_query()
        .join(found, found.c.id == Contribution.id)
        .order_by(found.c.key.desc(), found.c.id.desc())
    )


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
    query = cards_query().where(
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


def cards_query() -> Select[Any]:
    """Of all live revisions; whoever asks says which."""
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
