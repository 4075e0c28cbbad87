"""What everything somebody follows brought: stories, ideas and the maker's answers in one list, newest first."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from enum import IntEnum
from functools import lru_cache
from typing import Any, NamedTuple

from flask import current_app
from markupsafe import Markup

from community.accounts import access as accounts
from community.accounts import queries as account_queries
from community.contributions import access as contributions_access
from community.contributions import queries as contributions
from community.contributions.models import Subject
from community.contributions.queries import Found, Place
from community.ideas import queries as ideas
from community.ideas.processing import speaking
from community.ideas.queries import followed as followed_ideas
from community.ideas.queries.board import Named
from community.ideas.queries.followed import Answer
from community.kit import countries, i18n, keeping, paging
from community.kit.errors import NotFound
from community.stories import processing as story_processing
from community.stories.queries import Card, followed

PAGE = 24
KEPT_HOMES = 60  # of about 40 kB
KEPT_LINES = 1_000  # of about 1.5 kB
TOP = Place(datetime.max.replace(tzinfo=UTC), paging.BIGGEST_KEY)


class Kind(IntEnum):
    """What arrives, in the order in which things of one moment stand."""

    STORY = 0
    IDEA = 1
    ANSWER = 2


class Arrival(NamedTuple):
    """One of the three, and why it is there: ``because`` is what was followed, in the reader's language."""

    kind: Kind
    found: Found
    because: str
    thing: Card | ideas.Card | Answer


class Shown(NamedTuple):
    """A page of them, drawn; empty where there are none."""

    drawn: Markup
    next: str | None


Ask = Callable[[Place], list[Found]]


def shown(account_id: int, *, after: str | None) -> Shown:
    """A page of it for the signed-in member; kept until they follow something else or something public changes.

    Raises NotFound for a cursor that was not made here.
    """
    extent = contributions.extent(account_id)
    key = (account_id, after, extent, tuple(accounts.apart()), contributions_access.spoken(), i18n.language())
    return keeping.kept("own homes", key, lambda: _draw(account_id, after), most=KEPT_HOMES)


def _draw(account_id: int, after: str | None) -> Shown:
    page, spoken = arrivals(account_id, after=after), i18n.language()
    topics = {number: (slug, name) for number, slug, name in contributions.topics(spoken)}
    stages = ideas.stages_by_number(spoken)
    lines = (_drawn(one, topics.get(_topic(one) or 0), stages.get(_stage(one)), spoken) for one in page.rows)
    return Shown(Markup().join(lines), page.next)


def _topic(one: Arrival) -> int | None:
    return getattr(one.thing, "topic_id", None)


def _stage(one: Arrival) -> int:
    return getattr(one.thing, "stage_id", 0) or getattr(one.thing, "to_id", 0)


@lru_cache(maxsize=KEPT_LINES)
def _drawn(one: Arrival, topic: tuple[str, str] | None, stage: Named | None, _spoken: str) -> Markup:
    macro: Any = current_app.jinja_env.get_template("pages/_arrival.html").module
    line: Markup = macro.arrival(one, {_topic(one): topic} if topic else {}, {_stage(one): stage})
    return line


def arrivals(account_id: int, *, after: str | None, limit: int = PAGE) -> paging.Page[Arrival]:
    """A page of it, each thing once, whatever its language. Raises NotFound for a cursor that was not made here."""
    apart = accounts.apart()
    asks: dict[Kind, Ask] = {
        Kind.STORY: lambda below: followed.found(account_id, below, limit=limit + 1, apart=apart),
        Kind.IDEA: lambda below: followed_ideas.found(account_id, below, limit=limit + 1, apart=apart),
        Kind.ANSWER: lambda below: followed_ideas.answers_found(account_id, below, limit=limit + 1),
    }
    last = _last(after)
    found = [(kind, one) for kind, ask in asks.items() for one in ask(_below(kind, last))]
    found.sort(key=lambda pair: (pair[1].moment, -pair[0], pair[1].id), reverse=True)
    page = paging.page(
        found, limit, lambda pair: (paging.from_moment(pair[1].moment), int(pair[0]), pair[1].id)
    )
    return paging.Page(_dressed(page.rows), page.next)


def _last(after: str | None) -> tuple[datetime, Kind, int] | None:
    place = paging.decode(after, (str, int, int))
    if place is None:
        return None
    moment, kind, number = place
    if kind not in list(Kind):
        raise NotFound
    return paging.to_moment(moment), Kind(int(kind)), int(number)


def _below(kind: Kind, last: tuple[datetime, Kind, int] | None) -> Place:
    """Where to go on with one kind: what stands after the last one seen has its moment, or an earlier one."""
    if last is None:
        return TOP
    moment, last_kind, number = last
    if kind is last_kind:
        return Place(moment, number)
    return Place(moment, paging.BIGGEST_KEY if kind > last_kind else 0)


def _dressed(rows: Sequence[tuple[Kind, Found]]) -> list[Arrival]:
    """With what each shows. What is gone since it was found is left out."""
    ids = {kind: [one.id for its, one in rows if its is kind] for kind in Kind}
    spoken = contributions_access.spoken()
    (cards,) = story_processing.dressed(spoken, followed.cards_of(ids[Kind.STORY]))
    (said,) = speaking.said(spoken, ideas.cards_of(ids[Kind.IDEA]))
    by_kind: dict[Kind, Mapping[int, Card | ideas.Card | Answer]] = {
        Kind.STORY: {card.id: card for card in cards},
        Kind.IDEA: {card.id: card for card in said},
        Kind.ANSWER: {answer.id: answer for answer in followed_ideas.answers_of(ids[Kind.ANSWER])},
    }
    names = _names([one for _kind, one in rows])
    arrived = []
    for kind, one in rows:
        thing = by_kind[kind].get(one.id)
        if thing is not None:
            by = getattr(thing, "display_name", "")
            because = by if one.subject is Subject.MEMBER else names.get((one.subject, one.value), "")
            arrived.append(Arrival(kind, one, because, thing))
    return arrived


def _names(found: Sequence[Found]) -> dict[tuple[Subject, str], str]:
    """What was followed, by name; a followed idea's is its title, which stands there anyway."""
    models = [int(one.value) for one in found if one.subject is Subject.MODEL]
    named: dict[tuple[Subject, str], str] = {
        (Subject.TOPIC, str(number)): name for number, _slug, name in contributions.topics(i18n.language())
    }
    if models:
        whole = account_queries.model_names(models)
        named |= {(Subject.MODEL, str(number)): name for number, name in whole.items()}
    codes = {one.value for one in found if one.subject is Subject.COUNTRY}
    return named | {(Subject.COUNTRY, code): countries.name(code, i18n.language()) for code in codes}
