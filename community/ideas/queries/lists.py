"""Lists of ideas: cards by keyset."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple
from urllib.parse import quote as quoted

from sqlalchemy import ColumnElement, Select, bindparam, exists, or_, select, tuple_

from community.accounts.models import Account
from community.contributions.models import Consent, Contribution, Edition, Purpose, Revision, State
from community.contributions.models.consent import IS_GIVEN
from community.ideas.models import IDEA, Area, IdeaConcern, Quote, Sum, Vote
from community.ideas.models.idea import IS_LISTED
from community.kit import db, paging, text

PAGE = 24
MOST_FED = 50


class Sort(StrEnum):
    """``BROAD`` puts first what was joined lately from the most countries, so that no one place can push an idea up."""

    BROAD = "broad"
    NEW = "new"
    SUPPORTED = "supported"


class Card(NamedTuple):
    """What a line of a list shows.

    ``original`` is the card of the idea in its own language, where this one shows it in another.
    """

    id: int
    title: str
    excerpt: str
    language: str
    country: str
    area: Area | None
    stage_id: int
    listed_at: datetime
    answered_at: datetime | None
    supporter_count: int
    breadth: int
    fresh_breadth: int
    comment_count: int
    curator_id: int | None
    merged_into_id: int | None
    handle: str
    display_name: str
    original: "Card | None" = None

    @property
    def address(self) -> str:
        """Where it is read; one shown in another language is opened in that one."""
        asked = f"?lang={self.language}" if self.original else ""
        return f"/ideas/{self.id}/{quoted(text.slug((self.original or self).title))}{asked}"


@dataclass(frozen=True)
class Filter:
    """Which ideas a list shows; what is empty does not matter. Those of members ``apart`` are left out.

    Kept to ``languages`` it holds what was written in one of them, and what can be read in one.
    """

    sort: Sort = Sort.BROAD
    stage_id: int | None = None
    area: Area | None = None
    country: str = ""
    model_id: int | None = None
    curator_id: int | None = None
    languages: tuple[str, ...] = ()
    apart: tuple[int, ...] = ()


KEYS: dict[Sort, tuple[Any, ...]] = {
    Sort.NEW: (IDEA.c.listed_at, IDEA.c.id),
    Sort.SUPPORTED: (IDEA.c.supporter_count, IDEA.c.id),
    Sort.BROAD: (IDEA.c.fresh_breadth, IDEA.c.supporter_count, IDEA.c.id),
}
COLUMNS = (
    IDEA.c.id,
    Revision.title,
    Revision.excerpt,
    Contribution.language,
    Contribution.country,
    IDEA.c.area,
    IDEA.c.stage_id,
    IDEA.c.listed_at,
    IDEA.c.answered_at,
    IDEA.c.supporter_count,
    IDEA.c.breadth,
    IDEA.c.fresh_breadth,
    Contribution.comment_count,
    IDEA.c.curator_id,
    IDEA.c.merged_into_id,
    Account.handle,
    Account.display_name,
)


def cards(chosen: Filter, *, after: str | None = None, limit: int = PAGE) -> paging.Page[Card]:
    """A page of listed ideas. Raises NotFound for a cursor that was not made here."""
    is_new = chosen.sort is Sort.NEW
    place = paging.decode(after, (str, int) if is_new else (int,) * len(KEYS[chosen.sort]))
    values: dict[str, Any] = {"most": limit + 1}
    values |= {name: value for name, value in asked_by(chosen).items() if value}
    for number, part in enumerate(place or ()):
        is_id = number == len(KEYS[chosen.sort]) - 1
        values[f"key_{number}"] = (
            part if is_id else paging.to_moment(part) if is_new else paging.to_count(part)
        )
    shape = frozenset(name for name in asked_by(chosen) if name in values)
    query = _list(chosen.sort, shape, is_continued=place is not None)
    rows = [Card(*row) for row in db.session.execute(query, values)]
    return paging.page(rows, limit, lambda card: _place(card, chosen.sort))


def cards_of(idea_ids: Sequence[int], *, apart: Collection[int] = ()) -> list[Card]:
    """Those of them that are listed, in no order; none of members ``apart``."""
    values: dict[str, Any] = {"ids": list(idea_ids)} | ({"apart": list(apart)} if apart else {})
    return [Card(*row) for row in db.session.execute(_cards_of(has_apart=bool(apart)), values)]


@cache
def _cards_of(*, has_apart: bool) -> Select[Any]:
    query = cards_query().where(IDEA.c.id.in_(bindparam("ids", expanding=True)), IS_LISTED)
    return narrowed(query, frozenset({"apart"})) if has_apart else query


def supported_by(account_id: int, limit: int = PAGE) -> list[Card]:
    """What a member stands behind, newest first."""
    query = (
        cards_query()
        .join(Vote, Vote.idea_id == IDEA.c.id)
        .where(Vote.account_id == account_id, IS_LISTED)
        .order_by(Vote.created_at.desc(), IDEA.c.id.desc())
        .limit(limit)
    )
    return [Card(*row) for row in db.session.execute(query)]


def fed_by(
    *, story_id: int | None = None, account_id: int | None = None, apart: Sequence[int] = ()
) -> list[Card]:
    """The listed ideas that quote a story, or anything a member told, and may show it; newest first.

    Those of members ``apart`` are left out.
    """
    agreed = exists().where(
        Consent.contribution_id == Quote.story_id, Consent.purpose == Purpose.QUOTE, IS_GIVEN
    )
    of = Quote.story_id == story_id if story_id is not None else Quote.account_id == account_id
    story = Contribution.__table__.alias("story")
    numbers = (
        select(Quote.idea_id)
        .join(story, story.c.id == Quote.story_id)
        .where(of, Quote.refused_at.is_(None), story.c.state == State.LIVE, agreed)
    )
    query = (
        cards_query()
        .where(IDEA.c.id.in_(numbers), IS_LISTED)
        .order_by(IDEA.c.listed_at.desc(), IDEA.c.id.desc())
    )
    if apart:
        query = query.where(Contribution.__table__.c.author_id.not_in(apart))
    return [Card(*row) for row in db.session.execute(query.limit(MOST_FED))]


def asked_by(chosen: Filter) -> dict[str, Any]:
    """By the name it is bound under, what a filter asks for; what is empty does not matter."""
    return {
        "stage_id": chosen.stage_id,
        "area": chosen.area,
        "country": chosen.country,
        "model": str(chosen.model_id or ""),
        "curator_id": chosen.curator_id,
        "languages": chosen.languages,
        "apart": chosen.apart,
    }


@cache
def _list(sort: Sort, asked: frozenset[str], *, is_continued: bool) -> Select[Any]:
    """Composed once for each shape."""
    query = narrowed(cards_query().where(IS_LISTED), asked)
    keys = KEYS[sort]
    if is_continued:
        last: list[Any] = [bindparam(f"key_{n}", type_=key.type) for n, key in enumerate(keys)]
        query = query.where(tuple_(*keys) < tuple_(*last))
    return query.order_by(*(key.desc() for key in keys)).limit(bindparam("most"))


def narrowed(query: Select[Any], asked: frozenset[str]) -> Select[Any]:
    """To what is asked for by name; the values are bound under the same names."""
    for name in ("stage_id", "area", "curator_id"):
        if name in asked:
            query = query.where(IDEA.c[name] == bindparam(name, type_=IDEA.c[name].type))
    if "languages" in asked:
        spoken: ColumnElement[Any] = bindparam("languages", expanding=True)
        is_told = Contribution.language.in_(spoken)
        is_brought = exists().where(Edition.story_id == IDEA.c.id, Edition.language.in_(spoken))
        query = query.where(or_(is_told, is_brought))
    if "apart" in asked:
        query = query.where(Contribution.author_id.not_in(bindparam("apart", expanding=True)))
    for name, kind in (("country", Sum.COUNTRY), ("model", Sum.MODEL)):
        if name in asked:
            query = query.where(
                exists().where(
                    IdeaConcern.idea_id == IDEA.c.id,
                    IdeaConcern.kind == kind,
                    IdeaConcern.value == bindparam(name),
                )
            )
    return query


def cards_query() -> Select[Any]:
    """Rows of Card, of whatever idea."""
    return (
        select(*COLUMNS)
        .join(Contribution.__table__, Contribution.__table__.c.id == IDEA.c.id)
        .join(Revision, Revision.id == Contribution.__table__.c.live_revision_id)
        .join(Account, Account.id == Contribution.__table__.c.author_id)
    )


def _place(card: Card, sort: Sort) -> tuple[Any, ...]:
    if sort is Sort.NEW:
        return paging.from_moment(card.listed_at), card.id
    if sort is Sort.SUPPORTED:
        return card.supporter_count, card.id
    return card.fresh_breadth, card.supporter_count, card.id
