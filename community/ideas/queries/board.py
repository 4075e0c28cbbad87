"""The maker's side: stages, what was answered, what waits for an answer."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, exists, func, select, tuple_, union_all
from sqlalchemy.orm import aliased, joinedload

from community.accounts.models import Account
from community.contributions.models import Contribution, Revision
from community.ideas.models import (
    IDEA,
    Area,
    IdeaConcern,
    IdeaNote,
    Meaning,
    Stage,
    StageName,
    Step,
    Sum,
)
from community.ideas.models.idea import IS_LISTED
from community.ideas.models.stage import ENDS
from community.kit import db, paging

SHOWN = 6
"""Cards a stage shows on the board."""
PAGE = 24
NOBODY = 0


class Named(NamedTuple):
    """A stage in the reader's language, or else in English."""

    id: int
    slug: str
    meaning: Meaning
    is_used: bool
    name: str

    @property
    def is_end(self) -> bool:
        return self.meaning in ENDS


class Card(NamedTuple):
    """An idea as the board shows it. The maker was last heard at ``answered_at``, or else it was listed then."""

    id: int
    title: str
    language: str
    country: str
    area: Area | None
    stage_id: int
    listed_at: datetime
    answered_at: datetime
    supporter_count: int
    breadth: int
    curator_id: int | None
    curator: str | None


class Count(NamedTuple):
    """How many ideas stand in a stage, and how many of them were last answered before the moment that was asked for."""

    ideas: int
    due: int


@dataclass(frozen=True)
class Choice:
    """Which ideas the board shows; what is empty does not matter. ``curator_id`` may be NOBODY."""

    area: Area | None = None
    country: str = ""
    curator_id: int | None = None
    due_before: datetime | None = None


def stages(language: str) -> list[Named]:
    """All of them, in the order of the board."""
    return [Named._make(row) for row in db.session.execute(_stages(), {"language": language})]


def stage_names() -> dict[int, dict[str, str]]:
    """By stage and language, as far as there are any."""
    found: dict[int, dict[str, str]] = defaultdict(dict)
    for one in db.session.scalars(select(StageName)):
        found[one.stage_id][one.language] = one.name
    return found


def table() -> Sequence[Stage]:
    """The stages as admins keep them, in the order of the board."""
    return db.session.scalars(select(Stage).order_by(Stage.position, Stage.id)).all()


def heads(of: Sequence[Named], choice: Choice, *, limit: int = SHOWN) -> Mapping[int, list[Card]]:
    """The first cards of each stage: where an answer is due, who waits longest; in a last stage, the newest."""
    found: dict[int, list[Card]] = defaultdict(list)
    for card in _cards(of, choice, None, limit):
        found[card.stage_id].append(card)
    ends = {one.id for one in of if one.is_end}
    return {number: _ordered(cards, is_end=number in ends) for number, cards in found.items()}


def listing(
    of: Sequence[Named], choice: Choice, *, after: str | None = None, limit: int = PAGE
) -> paging.Page[Card]:
    """A page of stages in which one order holds. Raises NotFound for a cursor that was not made here."""
    is_end = any(one.is_end for one in of)
    cards = _ordered(_cards(of, choice, paging.decode(after, (str, int)), limit + 1), is_end=is_end)
    return paging.page(cards, limit, lambda card: (paging.from_moment(card.answered_at), card.id))


def counts(choice: Choice, *, due_before: datetime) -> dict[int, Count]:
    """By stage; one without ideas is missing."""
    values = {**_values(choice), "due": due_before}
    rows = db.rows(_counts(frozenset(_values(choice))), values)
    return {stage_id: Count(ideas, due or 0) for stage_id, ideas, due in rows}


def countries() -> list[str]:
    """Those that any idea says it is about."""
    return [code for (code,) in db.rows(_countries(), {}) if code]


def stages_by_number(language: str) -> dict[int, Named]:
    """The same, for lists of ideas that each name theirs."""
    return {one.id: one for one in stages(language)}


def steps(idea_id: int) -> Sequence[Step]:
    """What the maker said about it, newest first, with who said it and where it led."""
    return db.session.scalars(
        select(Step)
        .where(Step.idea_id == idea_id)
        .options(joinedload(Step.by), joinedload(Step.to))
        .order_by(Step.number.desc())
    ).all()


def notes(idea_id: int) -> Sequence[IdeaNote]:
    """First to last, with their authors."""
    return db.session.scalars(
        select(IdeaNote)
        .where(IdeaNote.idea_id == idea_id)
        .options(joinedload(IdeaNote.by))
        .order_by(IdeaNote.id)
    ).all()


def due_before(moment: datetime) -> int:
    """How many listed ideas, in no last stage, the maker was last heard on before then."""
    return db.session.scalar(_due(), {"moment": moment}) or 0


@cache
def _stages() -> Select[Any]:
    own, english = aliased(StageName), aliased(StageName)
    name = func.coalesce(own.name, english.name, Stage.slug)
    columns: tuple[Any, ...] = (Stage.id, Stage.slug, Stage.meaning, Stage.is_used, name)
    return (
        select(*columns)
        .outerjoin(own, and_(own.stage_id == Stage.id, own.language == bindparam("language")))
        .outerjoin(english, and_(english.stage_id == Stage.id, english.language == "en"))
        .order_by(Stage.position, Stage.id)
    )


@cache
def _due() -> Select[int]:
    is_due = IDEA.c.answered_at < bindparam("moment", type_=IDEA.c.answered_at.type)
    return (
        select(func.count())
        .select_from(IDEA)
        .join(Stage, Stage.id == IDEA.c.stage_id)
        .where(IS_LISTED, is_due, Stage.meaning.not_in(ENDS))
    )


def _cards(of: Sequence[Named], choice: Choice, place: paging.Place | None, limit: int) -> list[Card]:
    """At most ``limit`` of each stage, in no order."""
    if not of:
        return []
    values = {**_values(choice), "most": limit}
    values |= {f"stage_{number}": one.id for number, one in enumerate(of)}
    if place:
        values |= {"last_answered": paging.to_moment(place[0]), "last_id": place[1]}
    shape = frozenset(values)
    return [Card._make(row) for row in db.rows(_stretches(tuple(one.is_end for one in of), shape), values)]


def _ordered(cards: Sequence[Card], *, is_end: bool) -> list[Card]:
    return sorted(cards, key=lambda card: (card.answered_at, card.id), reverse=is_end)


def _values(choice: Choice) -> dict[str, Any]:
    """What the chosen conditions are filled with; their names say which there are."""
    given = {
        "area": choice.area,
        "country": choice.country,
        "curator": choice.curator_id,
        "due_before": choice.due_before,
    }
    return {name: value for name, value in given.items() if value is not None and value != ""}


@cache
def _stretches(ends: tuple[bool, ...], shape: frozenset[str]) -> Select[Any]:
    """Composed once for each shape: of every stage one stretch of ix_idea_stage, then the rows it names."""
    parts = (select(_stretch(number, shape, is_end=is_end).subquery()) for number, is_end in enumerate(ends))
    table, curator = Contribution.__table__, aliased(Account)
    return (
        select(
            IDEA.c.id,
            Revision.title,
            table.c.language,
            table.c.country,
            *(IDEA.c[name] for name in Card._fields[4:11]),
            curator.display_name,
        )
        .join(table, table.c.id == IDEA.c.id)
        .join(Revision, Revision.id == table.c.live_revision_id)
        .outerjoin(curator, curator.id == IDEA.c.curator_id)
        .where(IDEA.c.id.in_(union_all(*parts)))
    )


def _stretch(number: int, shape: frozenset[str], *, is_end: bool) -> Select[Any]:
    keys = (IDEA.c.answered_at, IDEA.c.id)
    query = select(IDEA.c.id).where(IDEA.c.stage_id == bindparam(f"stage_{number}"), *_conditions(shape))
    if "last_id" in shape:
        last = tuple_(bindparam("last_answered", type_=IDEA.c.answered_at.type), bindparam("last_id"))
        query = query.where(tuple_(*keys) < last if is_end else tuple_(*keys) > last)
    return query.order_by(*(key.desc() if is_end else key for key in keys)).limit(bindparam("most"))


@cache
def _counts(shape: frozenset[str]) -> Select[Any]:
    is_due = IDEA.c.answered_at < bindparam("due", type_=IDEA.c.answered_at.type)
    return (
        select(IDEA.c.stage_id, func.count(), func.sum(case((is_due, 1), else_=0)))
        .where(*_conditions(shape))
        .group_by(IDEA.c.stage_id)
    )


def _conditions(shape: frozenset[str]) -> list[ColumnElement[bool]]:
    found: list[Any] = [IS_LISTED]
    if "area" in shape:
        found.append(IDEA.c.area == bindparam("area", type_=IDEA.c.area.type))
    if "country" in shape:
        found.append(
            exists().where(
                IdeaConcern.idea_id == IDEA.c.id,
                IdeaConcern.kind == Sum.COUNTRY,
                IdeaConcern.value == bindparam("country"),
            )
        )
    if "curator" in shape:
        found.append(func.coalesce(IDEA.c.curator_id, NOBODY) == bindparam("curator"))
    if "due_before" in shape:
        found.append(IDEA.c.answered_at < bindparam("due_before", type_=IDEA.c.answered_at.type))
    return found


@cache
def _countries() -> Select[Any]:
    """From one to the next in ix_idea_concern_value, so that it costs what there are countries, not ideas."""
    of_countries = IdeaConcern.kind == Sum.COUNTRY
    found = select(func.min(IdeaConcern.value).label("value")).where(of_countries).cte(recursive=True)
    following = (
        select(func.min(IdeaConcern.value)).where(of_countries, IdeaConcern.value > found.c.value)
    ).scalar_subquery()
    found = found.union_all(select(following).where(found.c.value.is_not(None)))
    return select(found.c.value)
