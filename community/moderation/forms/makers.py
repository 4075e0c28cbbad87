"""The forms of the list of makers and models: a new one, another name, one put into another."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, SelectField
from wtforms.validators import NumberRange, Optional

from community.accounts.models.garage import FIRST_YEAR, LAST_YEAR, LONGEST_MAKER, LONGEST_MODEL
from community.kit.forms import Form, OneTimeForm, TextLine, at_most, required

YEARS = NumberRange(FIRST_YEAR, LAST_YEAR, _l("Give a year, such as 2021."))


class ListingForm(OneTimeForm):
    maker = TextLine(_l("Maker"), [required(_l("Say who makes it.")), at_most(LONGEST_MAKER)])
    name = TextLine(_l("Model"), [required(_l("Say which model it is.")), at_most(LONGEST_MODEL)])
    from_year = IntegerField(_l("Built since"), [Optional(), YEARS])


class ModelForm(Form):
    name = TextLine(_l("Name"), [required(_l("Give a name.")), at_most(LONGEST_MODEL)])
    from_year = IntegerField(_l("Built since"), [Optional(), YEARS])


class MakerForm(Form):
    name = TextLine(_l("Name"), [required(_l("Give a name.")), at_most(LONGEST_MAKER)])


class MergingForm(Form):
    into = SelectField(_l("Into"))

    def offer(self, others: Iterable[tuple[int, str]]) -> "MergingForm":
        """``others`` are what it can be put into."""
        choices = [(str(number), name) for number, name in others]
        self.into.choices = [("", str(_l("Choose one"))), *choices]
        self.into.validators = [required(_l("Choose the one it is to be put into."))]
        return self


class RemovalForm(Form):
    """A single button; what the list cannot let go of is said beside it."""
