"""The stories and the ideas that hold all the words, a page of either."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, Select, and_, bindparam, distinct, func, or_, select, text, true
from sqlalchemy.orm import aliased

from community.accounts.models import Account
from community.contributions.models import Contribution, Edition, Kind, Revision
from community.contributions.models.contribution import LIVE_STORY
from community.ideas import queries as ideas
from community.kit import db, paging
from community.search.models import ANYWHERE, IN_TITLE, Entry, place_of
from community.search.queries.looking import (
    ABOVE_ALL,
    Looked,
    Question,
    holds,
    look,
    matching,
    spelling_of,
)
from community.stories.queries import CARD, Card

MOST_COUNTED = 500


class Found(NamedTuple):
    """An idea that was found, in its own language, and the languages whose words it was found by."""

    card: ideas.Card
    languages: tuple[str, ...]


def found(
    question: Question, languages: Collection[str], *, after: str | None = None, apart: Collection[int] = ()
) -> paging.Page[Sequence[Card]]:
    """A page of live stories, each in every one of the languages it was found in; no languages means all.

    Those of members ``apart`` are left out, and the page is shorter by them.

    Raises NotFound for a cursor that was not made here.
    """
    looked = look(Kind.STORY, question, languages, after)
    if not looked.entries:
        return paging.Page((), None)
    ids = [entry_id for entry_id, _in_title in looked.entries.values()]
    stories: defaultdict[int, list[Row[*tuple[Any, ...]]]] = defaultdict(list)
    cards = _cards(question, languages, ids)
    for row in db.session.execute(cards.where(Contribution.author_id.not_in(apart)) if apart else cards):
        stories[place_of(row.entry_id)].append(row)
    shown = [
        [_card(row) for row in stories[place]]
        for place, (_id, in_title) in looked.entries.items()
        # Found by its words in one language and by its title in another, it stands among the titles.
        if in_title or not any(row.in_title for row in stories[place])
    ]
    return paging.Page([cards for cards in shown if cards], _following(looked))


def ideas_found(
    question: Question,
    languages: Collection[str],
    *,
    after: str | None = None,
    apart: Collection[int] = (),
    most: int | None = None,
) -> paging.Page[Found]:
    """A page of listed ideas (``most`` of them), found by their words in whichever languages they can be read in.

    Those of members ``apart`` are left out, and those that were put together with others.

    Raises NotFound for a cursor that was not made here.
    """
    looked = look(Kind.IDEA, question, languages, after, most)
    if not looked.entries:
        return paging.Page((), None)
    numbers = [number for place in looked.entries for number in looked.matching[place]]
    read: defaultdict[int, list[str]] = defaultdict(list)
    places: dict[int, int] = {}
    for row in db.rows(_entries(), {"ids": numbers}):
        places[place_of(row.id)] = row.story_id
        read[row.story_id].append(row.language)
    cards = {card.id: card for card in ideas.cards_of(list(read), apart=apart)}
    found = [places[place] for place in looked.entries if places.get(place) in cards]
    return paging.Page([Found(cards[number], tuple(read[number])) for number in found], _following(looked))


@cache
def _entries() -> Select[int, int, str]:
    ids: ColumnElement[Any] = bindparam("ids", expanding=True)
    return select(Entry.id, Entry.story_id, Entry.language).where(Entry.id.in_(ids))


def _following(looked: Looked) -> str | None:
    place, (_id, in_title) = list(looked.entries.items())[-1]
    return paging.encode((int(in_title), place)) if looked.has_more else None


def left_out(question: Question, languages: Collection[str]) -> int:
    """How many live stories were found in other languages only; counted up to MOST_COUNTED."""
    if not languages:
        return 0
    spelling, other = spelling_of(), aliased(Entry)
    # In whatever order they come: PostgreSQL would look for the newest of them through all there are.
    matched = matching("outside").limit(MOST_COUNTED).subquery()
    inside = select(other.id).where(
        other.story_id == Entry.story_id, other.language.in_(languages), holds(other, ANYWHERE, question)
    )
    query = (
        select(func.count(distinct(Entry.story_id)))
        .join(matched, matched.c.id == Entry.id)
        .join(Contribution, Contribution.id == Entry.story_id)
        .where(text(LIVE_STORY), ~inside.exists())
    )
    outside = spelling.only(
        Kind.STORY, f"{spelling.words(ANYWHERE, question)}{spelling.but_not}{spelling.languages(languages)}"
    )
    return db.session.scalar(query, {"outside": outside, "outside_below": ABOVE_ALL}) or 0


def _cards(question: Question, languages: Collection[str], ids: list[int]) -> Select[Any]:
    """The stories of these entries, in each language they were found in."""
    chosen = aliased(Entry)
    columns: tuple[Any, ...] = (
        *CARD,
        Entry.id.label("entry_id"),
        Entry.language.label("read_in"),
        holds(Entry, IN_TITLE, question).label("in_title"),
        *(
            getattr(Edition, name).label(f"edition_{name}")
            for name in ("title", "excerpt", "minutes", "pictures")
        ),
    )
    return (
        select(*columns)
        .join(Entry, Entry.story_id == Contribution.id)
        .join(Revision, Revision.id == Contribution.live_revision_id)
        .join(Account, Account.id == Contribution.author_id)
        .outerjoin(Edition, and_(Edition.story_id == Entry.story_id, Edition.language == Entry.language))
        .where(
            text(LIVE_STORY),
            Entry.story_id.in_(select(chosen.story_id).where(chosen.id.in_(ids))),
            Entry.language.in_(languages) if languages else true(),
            holds(Entry, ANYWHERE, question),
            or_(Entry.language == Contribution.language, Edition.story_id.is_not(None)),
        )
    )


def _card(row: Row[*tuple[Any, ...]]) -> Card:
    own = Card(*row[: len(CARD)])
    if row.read_in == own.language:
        return own
    return own._replace(
        language=row.read_in,
        title=row.edition_title,
        excerpt=row.edition_excerpt,
        minutes=row.edition_minutes,
        pictures=row.edition_pictures,
        original=own,
    )
