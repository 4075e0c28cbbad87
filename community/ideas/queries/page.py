"""What an idea's page shows beside its words: who stands behind it and where, the way it went, what it came from."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    CompoundSelect,
    Select,
    String,
    and_,
    bindparam,
    cast,
    func,
    literal,
    null,
    or_,
    select,
    text,
    union_all,
)
from sqlalchemy.orm import aliased, joinedload

from community.accounts.models import Maker, Model, Vehicle
from community.ideas.models import Idea, IdeaConcern, IdeaTally, Stage, StageName, Step, Sum, Vote
from community.ideas.queries.board import Named
from community.kit import db


class Listed(NamedTuple):
    """A model of the list, as it is called and found."""

    number: str
    slug: str
    name: str


@dataclass(frozen=True)
class Sums:
    """Supporters by country and by model, most first; and the countries and models an idea says it is about."""

    countries: dict[str, int] = field(default_factory=dict)
    models: dict[Listed, int] = field(default_factory=dict)
    about_countries: list[str] = field(default_factory=list)
    about_models: list[Listed] = field(default_factory=list)


class Way(NamedTuple):
    """Every stage in the order of the board, and what the maker said, newest first."""

    stages: list[Named]
    steps: list[Step]


class Place(NamedTuple):
    """Where a member stands to an idea: their vote with the model it is for and what they said, and their cars.

    ``cars`` are the listed ones of their garage, (number, name) of their models.
    """

    has_voted: bool
    comment_id: int | None
    model_id: int | None
    cars: tuple[tuple[int, str], ...]


def place(idea_id: int, account_id: int) -> Place:
    """One question for all of it."""
    rows = db.rows(_place(), {"idea_id": idea_id, "account_id": account_id})
    cars = tuple((row.model_id, f"{row.maker} {row.model}".strip()) for row in rows if row.added)
    vote = next((row for row in rows if not row.added), None)
    return Place(True, vote.comment_id, vote.model_id, cars) if vote else Place(False, None, None, cars)


def sums(idea_id: int) -> Sums:
    """What was listed under another name since counts for that one."""
    found = Sums()
    for kind, value, votes, slug, maker, model in db.session.execute(_sums(), {"idea_id": idea_id}):
        listed = Listed(value, slug, f"{maker} {model}") if slug else None
        if kind is Sum.COUNTRY and votes is None:
            found.about_countries.append(value)
        elif kind is Sum.COUNTRY:
            found.countries[value] = votes
        elif listed and votes is None:
            found.about_models.append(listed)
        elif listed:
            found.models[listed] = found.models.get(listed, 0) + votes
    return found


def way(idea_id: int, language: str) -> Way:
    """The stages named in ``language`` or else in English; each step with who made it."""
    stages: dict[int, Named] = {}
    steps: list[Step] = []
    values = {"idea_id": idea_id, "language": language}
    for stage, own, english, step in db.session.execute(_way(), values):
        name = own or english or stage.slug
        stages[stage.id] = Named(stage.id, stage.slug, stage.meaning, stage.is_used, name)
        if step is not None:
            steps.append(step)
    return Way(list(stages.values()), sorted(steps, key=lambda step: -step.number))


def put_together(idea: Idea) -> Sequence[Idea]:
    """What was put together with it, with their words; of one that was itself: the original."""
    table = Idea.__table__.c
    asked = or_(table.merged_into_id == idea.id, table.id == (idea.merged_into_id or 0))
    return db.session.scalars(
        select(Idea).where(asked).options(joinedload(Idea.live_revision)).order_by(Idea.id)
    ).all()


@cache
def _place() -> CompoundSelect[Any]:
    """Cars last added first."""
    vote: tuple[Any, ...] = (
        literal(0).label("added"),
        Vote.comment_id,
        Vote.model_id,
        null().label("maker"),
        null().label("model"),
    )
    car: tuple[Any, ...] = (Vehicle.id, null(), Vehicle.model_id, Vehicle.maker, Vehicle.model)
    is_own = Vehicle.account_id == bindparam("account_id")
    return union_all(
        select(*vote).where(Vote.idea_id == bindparam("idea_id"), Vote.account_id == bindparam("account_id")),
        select(*car).where(is_own, Vehicle.removed_at.is_(None), Vehicle.model_id.is_not(None)),
    ).order_by(text("added DESC"))


@cache
def _sums() -> Select[Any]:
    parts = union_all(
        select(IdeaTally.kind, IdeaTally.value, IdeaTally.votes).where(
            IdeaTally.idea_id == bindparam("idea_id"), IdeaTally.votes > 0
        ),
        select(IdeaConcern.kind, IdeaConcern.value, null()).where(
            IdeaConcern.idea_id == bindparam("idea_id")
        ),
    ).subquery()
    named, listed = aliased(Model), aliased(Model)
    is_named = and_(parts.c.kind == Sum.MODEL, cast(named.id, String) == parts.c.value)
    return (
        select(parts.c.kind, parts.c.value, parts.c.votes, listed.slug, Maker.name, listed.name)
        .select_from(parts)
        .outerjoin(named, is_named)
        .outerjoin(listed, listed.id == func.coalesce(named.merged_into_id, named.id))
        .outerjoin(Maker, Maker.id == listed.maker_id)
        .order_by(parts.c.votes.desc(), parts.c.value)
    )


@cache
def _way() -> Select[Any]:
    own, english = aliased(StageName), aliased(StageName)
    columns: tuple[Any, ...] = (Stage, own.name, english.name, Step)
    return (
        select(*columns)
        .outerjoin(own, and_(own.stage_id == Stage.id, own.language == bindparam("language")))
        .outerjoin(english, and_(english.stage_id == Stage.id, english.language == "en"))
        .outerjoin(Step, and_(Step.to_id == Stage.id, Step.idea_id == bindparam("idea_id")))
        .options(joinedload(Step.by))
        .order_by(Stage.position, Stage.id)
    )
