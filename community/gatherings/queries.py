"""Questions about spotlights, and the stories that a spotlight or a call gathers: joined when they are read."""

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, bindparam, func, select, text, tuple_
from sqlalchemy.orm import joinedload, selectinload

from community.calls.models import Call, CallStory
from community.contributions.models import Contribution, Kind, Revision, State
from community.contributions.models.contribution import LIVE_STORY
from community.gatherings.models import Spotlight, SpotlightStory
from community.kit import clock, db, paging
from community.stories import queries as stories
from community.stories.queries import Card

MOST_FEATURED = 3
MOST_LISTED = 5_000
PAGE = 24


class Line(NamedTuple):
    """A story a curator put in, shown or not."""

    id: int
    title: str
    is_live: bool


def spotlight(spotlight_id: int) -> Spotlight | None:
    """With its words."""
    return db.session.scalars(_spotlights().where(Spotlight.id == spotlight_id)).unique().first()


def by_form(by_id: int, form_id: str) -> Spotlight | None:
    return (
        db.session.scalars(_spotlights().where(Spotlight.by_id == by_id, Spotlight.form_id == form_id))
        .unique()
        .first()
    )


def of_call(call_id: int) -> Spotlight | None:
    """What a call ended as."""
    return db.session.scalars(_spotlights().where(Spotlight.call_id == call_id)).unique().first()


def featured() -> Sequence[Spotlight]:
    """Those of today, MOST_FEATURED at most, the newest first."""
    today = clock.now().date()
    return db.session.scalars(
        select(Spotlight)
        .where(Spotlight.published_at.is_not(None), Spotlight.first_day <= today, Spotlight.last_day >= today)
        .options(selectinload(Spotlight.texts))
        .order_by(Spotlight.published_at.desc(), Spotlight.id.desc())
        .limit(MOST_FEATURED)
    ).all()


def published(*, after: str | None = None, limit: int = PAGE) -> paging.Page[Spotlight]:
    """The newest first. Raises NotFound for a cursor that was not made here."""
    asked = select(Spotlight).where(Spotlight.published_at.is_not(None))
    place = paging.decode(after, (str, int))
    if place:
        moment = paging.to_moment(place[0])
        asked = asked.where(tuple_(Spotlight.published_at, Spotlight.id) < (moment, place[1]))
    rows = db.session.scalars(
        asked.options(selectinload(Spotlight.texts))
        .order_by(Spotlight.published_at.desc(), Spotlight.id.desc())
        .limit(limit + 1)
    ).all()
    return paging.page(rows, limit, _place)


def all_published() -> Sequence[Spotlight]:
    """The newest first, MOST_LISTED at most."""
    return db.session.scalars(
        select(Spotlight)
        .where(Spotlight.published_at.is_not(None))
        .options(selectinload(Spotlight.texts))
        .order_by(Spotlight.published_at.desc(), Spotlight.id.desc())
        .limit(MOST_LISTED)
    ).all()


def every(*, after: str | None = None, limit: int = PAGE) -> paging.Page[Spotlight]:
    """Drafts too, the newest first: for curators. Raises NotFound for a cursor that was not made here."""
    asked = select(Spotlight).options(selectinload(Spotlight.texts))
    place = paging.decode(after, (int,))
    if place:
        asked = asked.where(Spotlight.id < place[0])
    rows = db.session.scalars(asked.order_by(Spotlight.id.desc()).limit(limit + 1)).all()
    return paging.page(rows, limit, lambda one: (one.id,))


def countries(spotlight_ids: Sequence[int], *, apart: Sequence[int] = ()) -> dict[int, list[str]]:
    """Where the stories are from that each shows, in the order the stories have; none of members ``apart``."""
    first = func.min(SpotlightStory.position)
    asked = (
        select(SpotlightStory.spotlight_id, Contribution.country)
        .join(Contribution, Contribution.id == SpotlightStory.story_id)
        .where(SpotlightStory.spotlight_id.in_(spotlight_ids), text(LIVE_STORY))
        .group_by(SpotlightStory.spotlight_id, Contribution.country)
        .order_by(first, Contribution.country)
    )
    if apart:
        asked = asked.where(Contribution.author_id.not_in(apart))
    found: dict[int, list[str]] = {}
    for spotlight_id, country in db.session.execute(asked) if spotlight_ids else ():
        found.setdefault(spotlight_id, []).append(country)
    return found


def cards(spotlight_id: int, *, apart: Sequence[int] = ()) -> list[Card]:
    """Its live stories in the curator's order, but for those of members ``apart``."""
    values = {"spotlight_id": spotlight_id, **({"apart": list(apart)} if apart else {})}
    return [Card(*row) for row in db.session.execute(_cards(has_apart=bool(apart)), values)]


def counted(calls: Sequence[Call], *, apart: Sequence[int] = ()) -> dict[int, int]:
    """How many live stories answer each, but for those of members ``apart``."""
    counts = {call.id: call.story_count for call in calls}
    if apart and counts:
        left_out = (
            select(CallStory.call_id, func.count().label("stories"))
            .join(Contribution, Contribution.id == CallStory.story_id)
            .where(CallStory.call_id.in_(counts), Contribution.author_id.in_(apart))
            .group_by(CallStory.call_id)
        )
        for row in db.session.execute(left_out):
            counts[row.call_id] -= row.stories
    return counts


def lines(spotlight_id: int) -> list[Line]:
    """All its stories in the curator's order, with those nobody is shown at present."""
    rows = db.session.execute(
        select(SpotlightStory.story_id, func.coalesce(Revision.title, ""), Contribution.state)
        .join(Contribution, Contribution.id == SpotlightStory.story_id)
        .outerjoin(Revision, Revision.id == Contribution.live_revision_id)
        .where(SpotlightStory.spotlight_id == spotlight_id)
        .order_by(SpotlightStory.position)
    )
    return [Line(number, title, state is State.LIVE) for number, title, state in rows]


def live_among(story_ids: Sequence[int]) -> set[int]:
    """Those everybody can read."""
    asked = select(Contribution.id).where(
        Contribution.id.in_(story_ids), Contribution.kind == Kind.STORY, Contribution.state == State.LIVE
    )
    return set(db.session.scalars(asked)) if story_ids else set()


def newest_of_call(call_id: int, most: int) -> list[int]:
    """The stories that answer a call, the newest first."""
    asked = select(CallStory.story_id).where(CallStory.call_id == call_id)
    return list(
        db.session.scalars(
            asked.order_by(CallStory.published_at.desc(), CallStory.story_id.desc()).limit(most)
        )
    )


def gathered(spotlight_id: int) -> Select[int]:
    """The numbers of its stories."""
    return select(SpotlightStory.story_id).where(SpotlightStory.spotlight_id == spotlight_id)


def answering(call_id: int, *, but_in: int) -> Select[int]:
    """The numbers of the stories of a call by members who have none in the spotlight ``but_in``."""
    shown = select(Contribution.author_id).where(Contribution.id.in_(gathered(but_in)))
    return (
        select(CallStory.story_id)
        .join(Contribution, Contribution.id == CallStory.story_id)
        .where(CallStory.call_id == call_id, Contribution.author_id.not_in(shown))
    )


def cards_of_call(
    call_id: int, *, after: str | None = None, limit: int = PAGE, apart: Sequence[int] = ()
) -> paging.Page[Card]:
    """The live stories that answer it, the newest first, but for those of members ``apart``.

    Raises NotFound for a cursor that was not made here.
    """
    place = paging.decode(after, (str, int))
    values: dict[str, Any] = {"call_id": call_id, "most": limit + 1}
    if place:
        values |= {"key": paging.to_moment(place[0]), "last_id": place[1]}
    values |= {"apart": list(apart)} if apart else {}
    query = _of_call(is_continued=place is not None, has_apart=bool(apart))
    rows = [Card(*row) for row in db.session.execute(query, values)]
    return paging.page(rows, limit, lambda card: (paging.from_moment(card.published_at), card.id))


def _spotlights() -> Select[Spotlight]:
    return select(Spotlight).options(joinedload(Spotlight.texts))


def _place(one: Spotlight) -> paging.Place:
    return (paging.from_moment(one.published_at) if one.published_at else "", one.id)


@cache
def _cards(*, has_apart: bool) -> Select[Any]:
    found = (
        select(SpotlightStory.story_id.label("id"), (-SpotlightStory.position).label("key"))
        .join(Contribution, and_(Contribution.id == SpotlightStory.story_id, text(LIVE_STORY)))
        .where(SpotlightStory.spotlight_id == bindparam("spotlight_id"))
    )
    if has_apart:
        found = found.where(stories.not_by_those_apart())
    return stories.cards_found(found.subquery())


@cache
def _of_call(*, is_continued: bool, has_apart: bool) -> Select[Any]:
    """One stretch of one index, cut before anything is looked up."""
    moment, number = CallStory.published_at, CallStory.story_id
    asked = select(number.label("id"), moment.label("key")).where(CallStory.call_id == bindparam("call_id"))
    if has_apart:
        asked = asked.join(Contribution, Contribution.id == number).where(stories.not_by_those_apart())
    if is_continued:
        last: tuple[Any, Any] = bindparam("key", type_=moment.type), bindparam("last_id")
        asked = asked.where(tuple_(moment, number) < tuple_(*last))
    first = asked.order_by(moment.desc(), number.desc()).limit(bindparam("most"))
    return stories.cards_found(first.subquery())
