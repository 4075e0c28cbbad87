"""The writing page's form and the list's filters."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, IntegerField, SelectField
from wtforms.validators import NumberRange, Optional

from community.accounts.models import Powertrain, Vehicle
from community.accounts.models.garage import FIRST_YEAR, LAST_YEAR, LONGEST_MODEL
from community.contributions.actions import Wording
from community.contributions.models import LONGEST_BODY, LONGEST_TITLE
from community.kit import i18n
from community.kit.forms import Form, LanguageField, OneTimeForm, TextBlock, TextLine, at_most

POWERTRAINS = {
    Powertrain.PETROL: _l("petrol"),
    Powertrain.DIESEL: _l("diesel"),
    Powertrain.HYBRID: _l("hybrid"),
    Powertrain.PLUG_IN: _l("plug-in hybrid"),
    Powertrain.ELECTRIC: _l("electric"),
    Powertrain.HYDROGEN: _l("hydrogen"),
}
YEARS = NumberRange(FIRST_YEAR, LAST_YEAR, _l("Give a year, such as 2021."))
FIRST_SEQUENCE = 1
LAST_SEQUENCE = 2**31 - 1

Topics = list[tuple[int, str, str]]


class StoryForm(OneTimeForm):
    """``vehicle`` names one from the garage; the fields after it describe a new one."""

    sequence = IntegerField(default=FIRST_SEQUENCE, validators=[Optional(), NumberRange(0, LAST_SEQUENCE)])
    title = TextLine(_l("Title"), [at_most(LONGEST_TITLE)])
    body = TextBlock(_l("Your story"), [at_most(LONGEST_BODY)])
    language = LanguageField(_l("Language"))
    topic = SelectField(_l("Topic"))
    vehicle = SelectField(_l("From my garage"))
    vehicle_model = TextLine(_l("Model"), [at_most(LONGEST_MODEL)])
    vehicle_year = IntegerField(_l("Model year"), [Optional(), YEARS])
    vehicle_powertrain = SelectField(_l("Powertrain"))
    vehicle_since = IntegerField(_l("Mine since"), [Optional(), YEARS])

    def offer(self, *, topics: Topics, garage: list[Vehicle], read: list[str]) -> "StoryForm":
        """Fill the lists: the member's own languages first."""
        self.language.prefer(read, i18n.language())
        self.topic.choices = [("", str(_l("Choose one"))), *((slug, name) for _, slug, name in topics)]
        self.vehicle.choices = [("", "–"), *((str(vehicle.id), vehicle.model) for vehicle in garage)]
        self.vehicle_powertrain.choices = [
            ("", "–"),
            *((kind.value, str(name)) for kind, name in POWERTRAINS.items()),
        ]
        self._topics = {slug: number for number, slug, _ in topics}
        for field in (self.topic, self.vehicle, self.vehicle_powertrain):
            field.data = field.data or ""
        return self

    def wording(self, vehicle_id: int | None = None) -> Wording:
        chosen = int(self.vehicle.data) if (self.vehicle.data or "").isdecimal() else None
        return Wording(
            title=self.title.data or "",
            body=self.body.data or "",
            language=self.language.data,
            topic_id=self._topics.get(self.topic.data),
            vehicle_id=vehicle_id or chosen,
        )

    @property
    def saves(self) -> int | None:
        """Which save of the draft this is; None from a client that does not say."""
        return self.sequence.data if self.sequence.raw_data else None

    @property
    def saves_before(self) -> int:
        """The last save this page knows of."""
        return max((self.sequence.data or FIRST_SEQUENCE) - 1, 0)


class GuessForm(Form):
    text = TextBlock(validators=[at_most(LONGEST_BODY)])


class PreviewForm(Form):
    title = TextLine(validators=[at_most(LONGEST_TITLE)])
    body = TextBlock(validators=[at_most(LONGEST_BODY)])
    language = HiddenField()
