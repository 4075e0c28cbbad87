"""What everything somebody follows brought: stories, ideas and the maker's answers in one list, newest first."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from enum import IntEnum
from typing import NamedTuple

from community.accounts import access as accounts
from community.accounts import queries as account_queries
from community.contributions import queries as contributions
from community.contributions.models import Subject
from community.contributions.queries import Found, Place
from community.ideas import queries as ideas
from community.ideas.queries import followed as followed_ideas
from community.ideas.queries.followed import Answer
from community.kit import countries, i18n, paging
from community.kit.errors import NotFound
from community.stories import access as stories
from community.stories import processing as story_processing
from community.stories.queries import Card, followed

PAGE = 24
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


Ask = Callable[[Place], list[Found]]


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
    (cards,) = story_processing.dressed(stories.spoken(), followed.cards_of(ids[Kind.STORY]))
    by_kind: dict[Kind, Mapping[int, Card | ideas.Card | Answer]] = {
        Kind.STORY: {card.id: card for card in cards},
        Kind.IDEA: {card.id: card for card in ideas.cards_of(ids[Kind.IDEA])},
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
