"""The garage's form: a vehicle as its owner describes it."""

import re
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, IntegerField, SelectField, ValidationError
from wtforms.validators import NumberRange, Optional
from wtforms.widgets import TextInput

from community.accounts.actions.garage import NAMELESS, Car
from community.accounts.models import Powertrain, Unit, Vehicle
from community.accounts.models.garage import (
    FARTHEST,
    FIRST_YEAR,
    LAST_YEAR,
    LONGEST_MAKER,
    LONGEST_MODEL,
    LONGEST_NICKNAME,
)
from community.kit.forms import OneTimeForm, TextLine, at_most, required

POWERTRAINS = {
    Powertrain.PETROL: _l("petrol"),
    Powertrain.DIESEL: _l("diesel"),
    Powertrain.HYBRID: _l("hybrid"),
    Powertrain.PLUG_IN: _l("plug-in hybrid"),
    Powertrain.ELECTRIC: _l("electric"),
    Powertrain.HYDROGEN: _l("hydrogen"),
}
UNITS = {Unit.KILOMETRES: _l("kilometres"), Unit.MILES: _l("miles")}
YEARS = NumberRange(FIRST_YEAR, LAST_YEAR, _l("Give a year, such as 2021."))
NOT_WHOLE = _l("Give a whole number, such as 84000.")
TOO_FAR = _l("Give a number up to %(max)s.")
LONGEST_NUMBER = 40
# The road distances of CLDR's unit preferences; territories measure as the state their roads belong to.
IN_MILES = frozenset(["AS", "GB", "GG", "GU", "IM", "JE", "MP", "PR", "US", "VI"])
# Digits in groups of three as people write them in one country or another.
GROUPED = re.compile(r"\d{1,3}(?:([.,'’٬\s])\d{3})(?:\1\d{3})*|\d+")


class WholeNumber(IntegerField):
    """Read as written by hand, with signs or spaces between the thousands and with any script's digits."""

    widget = TextInput()

    def process_formdata(self, values: list[Any]) -> None:
        given = str(values[0]).strip() if values else ""
        if not given:
            self.data = None
        elif len(given) <= LONGEST_NUMBER and GROUPED.fullmatch(given):
            self.data = int("".join(sign for sign in given if sign.isdecimal()))
        else:
            self.data = None
            raise ValidationError(str(NOT_WHOLE))


class VehicleForm(OneTimeForm):
    maker = TextLine(_l("Maker"), [at_most(LONGEST_MAKER)])
    model = TextLine(_l("Model"), [required(NAMELESS), at_most(LONGEST_MODEL)])
    year = IntegerField(_l("Model year"), [Optional(), YEARS])
    powertrain = SelectField(_l("Powertrain"))
    since_year = IntegerField(_l("Mine since"), [Optional(), YEARS])
    until_year = IntegerField(_l("Mine until"), [Optional(), YEARS])
    nickname = TextLine(_l("What you call it"), [at_most(LONGEST_NICKNAME)])
    odometer = WholeNumber(_l("Odometer"), [Optional(), NumberRange(0, FARTHEST, TOO_FAR)])
    odometer_unit = SelectField(_l("Counts in"))
    is_public = BooleanField(_l("Show it to everybody"), default=True)

    def offer(self, country: str) -> "VehicleForm":
        """Fill the lists; the unit is the one of roads in ``country``."""
        self.powertrain.choices = [
            ("", "–"),
            *((kind.value, str(name)) for kind, name in POWERTRAINS.items()),
        ]
        self.powertrain.data = self.powertrain.data or ""
        self.odometer_unit.choices = [(unit.value, str(name)) for unit, name in UNITS.items()]
        preset = Unit.MILES if country in IN_MILES else Unit.KILOMETRES
        self.odometer_unit.data = self.odometer_unit.data or preset.value
        return self

    def car(self) -> Car:
        return Car(
            maker=self.maker.data or "",
            model=self.model.data or "",
            year=self.year.data,
            powertrain=Powertrain(self.powertrain.data) if self.powertrain.data else None,
            since_year=self.since_year.data,
            until_year=self.until_year.data,
            nickname=self.nickname.data or "",
            odometer=self.odometer.data,
            unit=Unit(self.odometer_unit.data),
            is_public=bool(self.is_public.data),
        )


def typed(vehicle: Vehicle) -> dict[str, object]:
    """What the form would have said for this vehicle."""
    same = (
        "maker",
        "model",
        "year",
        "powertrain",
        "since_year",
        "until_year",
        "nickname",
        "odometer",
        "odometer_unit",
        "is_public",
    )
    return {name: getattr(vehicle, name) for name in same}
