"""What the forms of this room share: the version they were drawn from, the words in one language, the days."""

from datetime import date
from typing import Any, Protocol, Self

from flask_babel import lazy_gettext as _l
from wtforms import DateField, IntegerField, SelectField, ValidationError
from wtforms.validators import NumberRange, Optional
from wtforms.widgets import HiddenInput

from community.calls.models import LONGEST_CALL_TITLE, LONGEST_INTRODUCTION
from community.kit import i18n
from community.kit.forms import Form, OneTimeForm, TextBlock, TextLine, at_most, required
from community.kit.languages import INTERFACE, interface_name

BIGGEST = 2**31 - 1
FIRST, LAST = date(2000, 1, 1), date(2999, 12, 31)


class Versioned(Protocol):
    @property
    def version(self) -> int: ...


class VersionForm(Form):
    """``version`` is the one the page was drawn from."""

    version = IntegerField(default=1, widget=HiddenInput(), validators=[Optional(), NumberRange(1, BIGGEST)])

    @property
    def on(self) -> int:
        return self.version.data or 0

    def stand_on(self, thing: Versioned) -> Self:
        """Keep what was typed, and be sent again on top of this version."""
        self.version.data, self.version.raw_data = thing.version, None
        return self


class WordsForm(VersionForm):
    title = TextLine(_l("Title"), [at_most(LONGEST_CALL_TITLE)])
    introduction = TextBlock(_l("Introduction"), [at_most(LONGEST_INTRODUCTION)])


class GatheringForm(WordsForm, OneTimeForm):
    """Days are days of UTC, both included."""

    language = SelectField(_l("Language"))
    first_day = DateField(_l("From"), [required(_l("Choose a day."))])
    last_day = DateField(_l("To, that day included"), [required(_l("Choose a day."))])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.language.choices = [(code, interface_name(code)) for code in INTERFACE]
        self.language.data = self.language.data or i18n.language()

    def validate_first_day(self, field: DateField) -> None:
        _check_near(field)

    def validate_last_day(self, field: DateField) -> None:
        _check_near(field)

    @property
    def days(self) -> tuple[date, date]:
        """After validation both are there."""
        return self.first_day.data or FIRST, self.last_day.data or FIRST


def _check_near(field: DateField) -> None:
    if field.data and not FIRST <= field.data <= LAST:
        raise ValidationError(str(_l("This day is too far away.")))
