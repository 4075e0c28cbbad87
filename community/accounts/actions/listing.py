"""The list of makers and models that admins keep: adding, renaming, putting two of them together, taking one off.

Vehicles follow: what is listed anew gathers those that members typed so before, and a vehicle of a renamed or merged
model says what the list says. One that was merged is kept as another name of the other.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, or_, update
from sqlalchemy.exc import IntegrityError

from community.accounts import queries
from community.accounts.facts import VehiclesRelinked
from community.accounts.models import Maker, Model, Vehicle
from community.accounts.models.garage import LONGEST_SLUG, key
from community.kit import db, facts, text, unit_of_work
from community.kit.errors import Invalid

UNREADABLE = _l("A name needs a letter or a digit.")
ITSELF = _l("Choose another one: these two are the same.")
IN_USE = _l("It is in use, so it stays on the list. You can rename it, or merge it into another.")
LONGEST_STEM = LONGEST_SLUG - 10


def list_model(maker: str, name: str, from_year: int | None) -> Model:
    """Put a model on the list, and its maker where it is not there yet; adding it again changes nothing.

    Raises Invalid: a name in which nothing can be read.
    """
    _check(maker=maker, name=name)
    by = queries.maker_named(maker) or _list_maker(maker)
    known = queries.model_of_maker(by.id, name)
    if known is not None:
        return _meant(known)
    slug = _free_slug(f"{by.name} {name}")
    model = Model(maker=by, maker_id=by.id, name=name, folded=key(name), slug=slug, from_year=from_year)
    with _unless_there("name", name):
        db.session.add(model)
    _take_along(model)
    return model


def rename_model(model: Model, name: str, from_year: int | None) -> Model:
    """Its address stays. Raises Invalid."""
    _check(name=name)
    with _unless_there("name", name):
        model.name, model.folded, model.from_year = name, key(name), from_year
    _take_along(model)
    return model


def merge_model(model: Model, into: Model) -> Model:
    """From now on ``model`` is another name of ``into``. Raises Invalid."""
    if model.id == into.id or into.merged_into_id is not None:
        raise Invalid({"into": [ITSELF]})
    its_own = or_(Model.id == model.id, Model.merged_into_id == model.id)
    db.session.execute(update(Model).where(its_own).values(merged_into_id=into.id))
    db.session.execute(update(Vehicle).where(Vehicle.model_id == model.id).values(model_id=into.id))
    _take_along(into)
    return into


def remove_model(model: Model) -> Model:
    """Take one that no vehicle is of off the list, with its other names. Raises Invalid."""
    _delete(Model, model.id)
    return model


def rename_maker(maker: Maker, name: str) -> Maker:
    """Raises Invalid."""
    _check(name=name)
    with _unless_there("name", name):
        maker.name, maker.folded = name, key(name)
    for model in queries.models(maker.id):
        _take_along(model)
    return maker


def merge_maker(maker: Maker, into: Maker) -> Maker:
    """The models of ``maker`` are ``into``'s, those of one name put together. Raises Invalid."""
    if maker.id == into.id or into.merged_into_id is not None:
        raise Invalid({"into": [ITSELF]})
    for model in queries.models(maker.id):
        twin = queries.model_of_maker(into.id, model.name)
        if twin is not None:
            merge_model(model, _meant(twin))
        else:
            model.maker, model.maker_id = into, into.id
            _take_along(model)
    its_own = or_(Maker.id == maker.id, Maker.merged_into_id == maker.id)
    db.session.execute(update(Maker).where(its_own).values(merged_into_id=into.id))
    unit_of_work.public_change()
    return into


def remove_maker(maker: Maker) -> Maker:
    """Take one without models off the list, with its other names. Raises Invalid."""
    _delete(Maker, maker.id)
    return maker


def _take_along(model: Model) -> None:
    """Its vehicles say what the list says, and those that were typed so are of it."""
    db.session.flush()
    folded = key(model.maker.name, model.name)
    is_typed_so = Vehicle.model_id.is_(None) & (Vehicle.folded == folded)
    db.session.execute(
        update(Vehicle)
        .where(or_(Vehicle.model_id == model.id, is_typed_so))
        .values(model_id=model.id, maker=model.maker.name, model=model.name, folded=folded)
    )
    unit_of_work.public_change()
    facts.announce(VehiclesRelinked(model_id=model.id))


def _list_maker(name: str) -> Maker:
    maker = Maker(name=name, folded=key(name))
    with _unless_there("maker", name):
        db.session.add(maker)
    return maker


@contextmanager
def _unless_there(field: str, name: str) -> Iterator[None]:
    """What is written within. Raises Invalid where the list has such a name, as its own or as another one's."""
    try:
        with db.session.begin_nested():
            yield
    except IntegrityError:
        raise Invalid({field: [_l("“%(name)s” is on the list already.", name=name)]}) from None


def _delete(kind: type[Maker] | type[Model], number: int) -> None:
    """What the database does not let go of is in use."""
    try:
        with db.session.begin_nested():
            for which in (kind.merged_into_id == number, kind.id == number):
                db.session.execute(delete(kind).where(which))
    except IntegrityError:
        raise Invalid({"removal": [IN_USE]}) from None
    unit_of_work.public_change()


def _free_slug(name: str) -> str:
    stem = text.slug(name, limit=LONGEST_STEM, empty="model")
    taken = queries.slugs_like(stem)
    numbered = (f"{stem}-{number}" for number in range(2, len(taken) + 3))
    return stem if stem not in taken else next(slug for slug in numbered if slug not in taken)


def _meant(model: Model) -> Model:
    """The one a merged one is another name of."""
    if model.merged_into_id is None:
        return model
    return queries.model(model.merged_into_id) or model


def _check(**names: str) -> None:
    problems = {field: [UNREADABLE] for field, name in names.items() if not key(name)}
    if problems:
        raise Invalid(problems)
