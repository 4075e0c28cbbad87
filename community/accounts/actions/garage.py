"""The garage: what members do with their vehicles. The list of makers and models is ``listing``."""

import hashlib
from dataclasses import dataclass, fields
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError

from community.accounts import queries
from community.accounts.facts import VehiclesRelinked
from community.accounts.models import Account, Model, Powertrain, Unit, Vehicle
from community.accounts.models.garage import key
from community.kit import clock, db, facts, text, unit_of_work
from community.kit.errors import Invalid, Words
from community.policy import rules
from community.policy.permissions import Permission

MOST_VEHICLES = 100
DESCRIBED = ("folded", "year", "powertrain", "since_year")
"""What a story's form says of a vehicle."""
FULL = _l("Your garage is full: it holds %(number)d vehicles at most.", number=MOST_VEHICLES)
NAMELESS = _l("Say which model it is.")
BEFORE = _l("This is before the year it became yours.")


@dataclass(frozen=True, kw_only=True)
class Car:
    """A vehicle as its owner describes it. ``odometer`` counts whole ``unit``; years are the calendar's."""

    model: str
    maker: str = ""
    year: int | None = None
    powertrain: Powertrain | None = None
    since_year: int | None = None
    until_year: int | None = None
    nickname: str = ""
    odometer: int | None = None
    unit: Unit | None = None
    is_public: bool = False


def park(car: Car, *, form_id: str, by: Account) -> Vehicle:
    """Put a vehicle into the member's garage; the form makes one however often it is sent. Raises Invalid.

    What somebody may not put before others stays private.
    """
    earlier = queries.vehicle_by_form(by.id, form_id)
    if earlier is not None:
        return earlier
    values = _values(car)
    values["is_public"] = car.is_public and rules.can(by, Permission.SUBMIT)
    if len(queries.vehicles(by.id)) >= MOST_VEHICLES:
        raise Invalid({"model": [FULL]})
    vehicle = Vehicle(account_id=by.id, form_id=form_id, created_at=clock.now(), **values)
    try:
        with db.session.begin_nested():
            db.session.add(vehicle)
    except IntegrityError:
        twin = queries.vehicle_by_form(by.id, form_id)
        if twin is None:
            raise
        return twin
    if vehicle.is_public:
        unit_of_work.public_change()
    return vehicle


def park_for(form_id: str, car: Car, *, by: Account) -> Vehicle:
    """The vehicle a story's form describes: the one that is there already, or a new one. Raises Invalid.

    A story's form is sent many times and may come to describe another vehicle, so each of them has a number.
    """
    values = _values(car)
    described = [values[name] for name in DESCRIBED]
    for vehicle in queries.vehicles(by.id):
        if [getattr(vehicle, name) for name in DESCRIBED] == described:
            return vehicle
    number = hashlib.sha256(repr((form_id, described)).encode()).hexdigest()
    return park(car, form_id=number, by=by)


def change(vehicle: Vehicle, car: Car) -> Vehicle:
    """Raises Invalid."""
    was = vehicle.model_id, vehicle.powertrain
    for name, value in _values(car).items():
        setattr(vehicle, name, value)
    db.session.flush()
    unit_of_work.public_change()
    if (vehicle.model_id, vehicle.powertrain) != was:
        facts.announce(VehiclesRelinked(vehicle_id=vehicle.id))
    return vehicle


def remove(vehicle: Vehicle) -> None:
    """Take it out of the garage. The stories that name it go on naming maker, model and years; the rest is wiped."""
    unit_of_work.public_change()
    vehicle.removed_at, vehicle.is_public = clock.now(), False
    vehicle.nickname, vehicle.odometer, vehicle.odometer_unit = "", None, None
    db.session.flush()


def _values(car: Car) -> dict[str, Any]:
    """The columns, maker and model in the listed spelling where they are listed. Raises Invalid."""
    _check(car)
    values: dict[str, Any] = {one.name: getattr(car, one.name) for one in fields(car) if one.name != "unit"}
    values["odometer_unit"] = None if car.odometer is None else car.unit or Unit.KILOMETRES
    listed = _listed(car)
    if listed:
        values["maker"], values["model"] = listed.maker.name, listed.name
    values["model_id"] = listed.id if listed else None
    values["folded"] = key(values["maker"], values["model"])
    return values


def _listed(car: Car) -> Model | None:
    """The model it is on the list as, which nobody merges into another until this is done."""
    found = queries.model_named(car.maker, car.model)
    if found is None:
        return None
    db.session.refresh(found, ["merged_into_id"], with_for_update={"read": True})
    return found if found.merged_into_id is None else queries.model(found.merged_into_id)


def _check(car: Car) -> None:
    problems: dict[str, list[Words]] = {}
    if text.is_blank(car.model):
        problems["model"] = [NAMELESS]
    if car.since_year and car.until_year and car.until_year < car.since_year:
        problems["until_year"] = [BEFORE]
    if problems:
        raise Invalid(problems)
