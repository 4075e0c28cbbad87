"""Live stories by the vehicle they name and by its model: kept with every move, read by the keyset.

Locks are taken in one order: the vehicle, the story's row here, the tallies.
"""

from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, bindparam, delete, insert, select, tuple_, update

from community.accounts.facts import VehiclesRelinked
from community.accounts.models import Maker, Model, Vehicle
from community.contributions.facts import Moved
from community.contributions.models import Contribution, Kind, Revision
from community.contributions.models.topic import ANY_COUNTRY
from community.kit import db, paging
from community.stories import queries
from community.stories.models import ModelTally, VehicleStory
from community.stories.queries import PAGE, Card

MOST_MODELS = 12
TOLD = (
    Contribution.id.label("story_id"),
    Vehicle.id.label("vehicle_id"),
    Vehicle.model_id,
    Contribution.country,
    Contribution.published_at,
)

Changes = Counter[tuple[int | None, str]]


class Told(NamedTuple):
    """A listed model and how many live stories are about it."""

    maker: str
    name: str
    slug: str
    stories: int


def keep(moved: Moved) -> None:
    """A story stands under the vehicle of its live revision for as long as it is live."""
    if moved.kind != Kind.STORY or (moved.was_on is None and moved.is_on is None):
        return
    changes: Changes = Counter()
    # Its vehicle first, shared: whoever changes the vehicle's model waits for this, or is waited for.
    row = db.session.execute(
        _told().with_for_update(of=Vehicle, read=True), {"id": moved.contribution_id}
    ).first()
    gone = (
        delete(VehicleStory)
        .where(VehicleStory.story_id == moved.contribution_id)
        .returning(VehicleStory.model_id, VehicleStory.country)
        .execution_options(synchronize_session=False)
    )
    for model_id, country in db.session.execute(gone).all():
        changes[model_id, country] -= 1
    if row is not None and moved.is_on is not None:
        db.session.execute(insert(VehicleStory).values(row._asdict()))
        changes[row.model_id, row.country] += 1
    _count(changes)


def follow(changed: VehiclesRelinked) -> None:
    """The stories of a vehicle are about the model it is listed as now."""
    of = (
        Vehicle.id == changed.vehicle_id
        if changed.vehicle_id is not None
        else Vehicle.model_id == changed.model_id
    )
    stale = (
        select(VehicleStory.country, VehicleStory.model_id.label("was"), Vehicle.model_id.label("now"))
        .join(Vehicle, Vehicle.id == VehicleStory.vehicle_id)
        .where(of, VehicleStory.model_id.is_distinct_from(Vehicle.model_id))
        .order_by(VehicleStory.story_id)
        .with_for_update(of=VehicleStory)
    )
    changes: Changes = Counter()
    for row in db.session.execute(stale).all():
        changes[row.was, row.country] -= 1
        changes[row.now, row.country] += 1
    now = select(Vehicle.model_id).where(Vehicle.id == VehicleStory.vehicle_id).scalar_subquery()
    db.session.execute(
        update(VehicleStory)
        .where(VehicleStory.vehicle_id.in_(select(Vehicle.id).where(of)))
        .values(model_id=now)
        .execution_options(synchronize_session=False)
    )
    _count(changes)


def cards_of_vehicle(vehicle_id: int, *, after: str | None = None, limit: int = PAGE) -> paging.Page[Card]:
    """The live stories that name a vehicle, newest first. Raises NotFound for a cursor that was not made here."""
    return _page({"vehicle_id": vehicle_id}, after, limit, ())


def cards_of_model(
    model_id: int,
    country: str = ANY_COUNTRY,
    *,
    after: str | None = None,
    limit: int = PAGE,
    apart: Sequence[int] = (),
) -> paging.Page[Card]:
    """The live stories about a model, newest first, but for those of members ``apart``.

    Raises NotFound for a cursor that was not made here.
    """
    place = {"country": country} if country else {}
    return _page({"model_id": model_id, **place}, after, limit, apart)


def stories_by_country(model_id: int) -> dict[str, int]:
    """How many live stories about a model there are from each country."""
    rows = db.session.execute(
        select(ModelTally.country, ModelTally.stories).where(
            ModelTally.model_id == model_id, ModelTally.country != ANY_COUNTRY, ModelTally.stories > 0
        )
    )
    return {row.country: row.stories for row in rows}


def stories_by_model() -> dict[int, int]:
    """How many live stories there are about each model."""
    rows = db.session.execute(
        select(ModelTally.model_id, ModelTally.stories).where(
            ModelTally.country == ANY_COUNTRY, ModelTally.stories > 0
        )
    )
    return {row.model_id: row.stories for row in rows}


def models_told_in(country: str) -> list[Told]:
    """The models most stories from a country are about, MOST_MODELS at most."""
    rows = db.session.execute(
        select(Maker.name, Model.name, Model.slug, ModelTally.stories)
        .join(Model, Model.id == ModelTally.model_id)
        .join(Maker, Maker.id == Model.maker_id)
        .where(ModelTally.country == country, ModelTally.stories > 0)
        .order_by(ModelTally.stories.desc(), Maker.folded, Model.folded)
        .limit(MOST_MODELS)
    )
    return [Told._make(row) for row in rows]


def _page(among: dict[str, Any], after: str | None, limit: int, apart: Sequence[int]) -> paging.Page[Card]:
    place = paging.decode(after, (str, int))
    values: dict[str, Any] = {**among, "most": limit + 1}
    if place:
        values |= {"key": paging.to_moment(place[0]), "last_id": place[1]}
    values |= {"apart": list(apart)} if apart else {}
    query = _list(tuple(among), is_continued=place is not None, has_apart=bool(apart))
    rows = [Card(*row) for row in db.session.execute(query, values)]
    return paging.page(rows, limit, lambda card: (paging.from_moment(card.published_at), card.id))


@cache
def _list(among: tuple[str, ...], *, is_continued: bool, has_apart: bool) -> Select[Any]:
    """Composed once for each shape. One stretch of one index, cut before anything is looked up."""
    moment, number = VehicleStory.published_at, VehicleStory.story_id
    where: list[ColumnElement[bool]] = [getattr(VehicleStory, name) == bindparam(name) for name in among]
    if is_continued:
        last: tuple[Any, Any] = bindparam("key", type_=moment.type), bindparam("last_id")
        where.append(tuple_(moment, number) < tuple_(*last))
    found = select(number.label("id"), moment.label("key")).where(*where)
    if has_apart:
        found = found.join(Contribution, Contribution.id == number).where(queries.not_by_those_apart())
    first = found.order_by(moment.desc(), number.desc()).limit(bindparam("most"))
    return queries.cards_found(first.subquery())


@cache
def _told() -> Select[Any]:
    """What a live story's row would hold; nothing for a story that names no vehicle."""
    columns: tuple[Any, ...] = TOLD
    return (
        select(*columns)
        .join(Revision, Revision.id == Contribution.live_revision_id)
        .join(Vehicle, Vehicle.id == Revision.vehicle_id)
        .where(Contribution.id == bindparam("id"))
    )


def _count(changes: Changes) -> None:
    """Added to in the database, rows in one order so that no two writers deadlock."""
    added: Counter[tuple[str, int]] = Counter()
    for (model_id, country), stories in changes.items():
        if model_id is not None:
            added[ANY_COUNTRY, model_id] += stories
            added[country, model_id] += stories
    for (country, model_id), stories in sorted(added.items()):
        if stories:
            row = db.insert(ModelTally).values(country=country, model_id=model_id, stories=max(stories, 0))
            db.session.execute(
                row.on_conflict_do_update(
                    index_elements=["country", "model_id"], set_={"stories": ModelTally.stories + stories}
                )
            )
