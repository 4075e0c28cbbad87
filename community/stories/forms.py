"""The writing page's form and the list's filters."""

from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    FieldList,
    FormField,
    HiddenField,
    IntegerField,
    MultipleFileField,
    RadioField,
    SelectField,
)
from wtforms.validators import NumberRange, Optional, Regexp

from community.accounts.actions.garage import Car
from community.accounts.forms.garage import POWERTRAINS, YEARS
from community.accounts.models import Powertrain, Vehicle
from community.accounts.models.garage import LONGEST_MAKER, LONGEST_MODEL
from community.calls.models import MOST_QUESTIONS, Call
from community.contributions.actions import Wording
from community.contributions.models import (
    LONGEST_ALT,
    LONGEST_BODY,
    LONGEST_CALL_ANSWER,
    LONGEST_CAPTION,
    LONGEST_TITLE,
    MOST_PICTURES,
    Answer,
    Answers,
    Picture,
    Pictures,
    Purpose,
    Revision,
)
from community.kit import i18n
from community.kit.forms import Form, LanguageField, OneTimeForm, TextBlock, TextLine, at_most
from community.kit.numbers import is_id

FIRST_SEQUENCE = 1
LAST_SEQUENCE = 2**31 - 1
MOST_CALLS = 50

Topics = list[tuple[int, str, str]]


class PictureForm(Form):
    """A photo in a story. ``place`` puts the photos in order; those that are the same keep theirs."""

    class Meta(Form.Meta):
        csrf = False

    key = HiddenField(validators=[Optional(), Regexp(r"[0-9a-f]{16}\Z")])
    alt = TextLine(_l("For those who do not see it"), [at_most(LONGEST_ALT)])
    caption = TextLine(_l("Caption"), [at_most(LONGEST_CAPTION)])
    place = IntegerField(_l("Place"), [Optional(), NumberRange(0, 99)])
    remove = BooleanField(_l("Take it out"))


class CallForm(Form):
    """What belongs to one call of those that can be chosen: its questions in their order, and its terms."""

    class Meta(Form.Meta):
        csrf = False

    number = HiddenField()
    answers = FieldList(TextBlock(_l("Answer"), [at_most(LONGEST_CALL_ANSWER)]), max_entries=MOST_QUESTIONS)
    accepts = BooleanField(_l("I accept the terms of this call"))


class StoryForm(OneTimeForm):
    """``vehicle`` names one from the garage; the fields after it describe a new one.

    ``shows_photos`` is sent by pages that show photos and consents: a client that knows none of them changes none. In
    the same way a client that sends no ``call`` changes nothing of what the story answers.
    """

    sequence = IntegerField(default=FIRST_SEQUENCE, validators=[Optional(), NumberRange(0, LAST_SEQUENCE)])
    title = TextLine(_l("Title"), [at_most(LONGEST_TITLE)])
    body = TextBlock(_l("Your story"), [at_most(LONGEST_BODY)])
    language = LanguageField(_l("Language"))
    topic = SelectField(_l("Topic"))
    vehicle = SelectField(_l("From my garage"))
    vehicle_maker = TextLine(_l("Maker"), [at_most(LONGEST_MAKER)])
    vehicle_model = TextLine(_l("Model"), [at_most(LONGEST_MODEL)])
    vehicle_year = IntegerField(_l("Model year"), [Optional(), YEARS])
    vehicle_powertrain = SelectField(_l("Powertrain"))
    vehicle_since = IntegerField(_l("Mine since"), [Optional(), YEARS])
    vehicle_is_public = BooleanField(_l("Show the car to everybody"), default=True)
    pictures = FieldList(FormField(PictureForm), _l("Photos"), max_entries=MOST_PICTURES)
    files = MultipleFileField(_l("Add photos"))
    shows_photos = HiddenField(default="1")
    may_quote = BooleanField(_l("The maker may quote this story, with my name"))
    people_agreed = BooleanField(_l("Everybody who can be recognised in the photos agreed to be shown"))

    call = RadioField(_l("Answer a call"))
    calls = FieldList(FormField(CallForm), max_entries=MOST_CALLS)

    def offer(
        self, *, topics: Topics, garage: list[Vehicle], read: list[str], calls: Sequence[Call] = ()
    ) -> "StoryForm":
        """Fill the lists: the member's own languages first."""
        self.language.prefer(read, i18n.language())
        self.topic.choices = [("", str(_l("Choose one"))), *((slug, name) for _, slug, name in topics)]
        self.vehicle.choices = [("", "–"), *((str(vehicle.id), vehicle.label) for vehicle in garage)]
        self.vehicle_powertrain.choices = [
            ("", "–"),
            *((kind.value, str(name)) for kind, name in POWERTRAINS.items()),
        ]
        self._topics = {slug: number for number, slug, _ in topics}
        for field in (self.topic, self.vehicle, self.vehicle_powertrain):
            field.data = field.data or ""
        self._ask(calls)
        return self

    def _ask(self, calls: Sequence[Call]) -> None:
        """A part for each call that can be chosen; what was typed into one stays in it."""
        self.call.choices = [("", str(_l("No call"))), *((str(call.id), "") for call in calls)]
        self.call.data = self.call.data or ""
        sent = {part.form.number.data: part.form for part in self.calls}
        for call in calls:
            if str(call.id) not in sent:
                sent[str(call.id)] = self.calls.append_entry({"number": str(call.id)}).form
            part = sent[str(call.id)]
            # Ticked under other terms, as a page shows them that was drawn before they changed, is not accepted.
            if part.accepts.raw_data and part.accepts.raw_data != [str(call.terms_version)]:
                part.accepts.data = False
            while len(part.answers) < len(call.words(call.language).questions):
                part.answers.append_entry("")
        self.asked: list[tuple[Call, CallForm]] = [(call, sent[str(call.id)]) for call in calls]

    @property
    def chosen_vehicle(self) -> int | None:
        """The number of one from the garage."""
        chosen = self.vehicle.data or ""
        return int(chosen) if is_id(chosen) else None

    def car(self) -> Car | None:
        """A vehicle described in the form."""
        if not self.vehicle_model.data:
            return None
        return Car(
            maker=self.vehicle_maker.data or "",
            model=self.vehicle_model.data,
            year=self.vehicle_year.data,
            powertrain=Powertrain(self.vehicle_powertrain.data) if self.vehicle_powertrain.data else None,
            since_year=self.vehicle_since.data,
            is_public=bool(self.vehicle_is_public.data),
        )

    @property
    def chosen_pictures(self) -> Pictures:
        """In their order, without those taken out."""
        return _chosen(self.pictures)

    @property
    def blank_picture(self) -> PictureForm:
        """What the page draws a photo with that is chosen in the browser: its number stands in place of N."""
        return PictureForm(formdata=None, prefix="pictures-N-")

    @property
    def knows_photos(self) -> bool:
        return not self.is_submitted() or bool(self.shows_photos.raw_data)

    @property
    def chosen_call(self) -> int | None:
        """The number of the call it answers."""
        chosen = self.call.data or ""
        return int(chosen) if is_id(chosen) else None

    @property
    def knows_calls(self) -> bool:
        return not self.is_submitted() or bool(self.call.raw_data)

    @property
    def accepts(self) -> bool:
        """The terms of the chosen call."""
        return any(part.form.accepts.data for part in self.calls if part.form.number.data == self.call.data)

    @property
    def given_answers(self) -> Answers:
        """To the chosen call, by the number of the question; those left empty are left out."""
        chosen = next((part.form for part in self.calls if part.form.number.data == self.call.data), None)
        given = enumerate(chosen.answers.data, 1) if chosen and self.call.data else ()
        return tuple(Answer(number, words) for number, words in given if words)

    def leave_call(self) -> None:
        """It answers no call after all."""
        self.call.data = ""

    @property
    def purposes(self) -> set[Purpose]:
        """What the author agrees to."""
        agreed = {Purpose.QUOTE: self.may_quote.data, Purpose.PEOPLE: self.people_agreed.data}
        return {purpose for purpose, is_given in agreed.items() if is_given}

    def wording(self, vehicle_id: int | None = None, *, was: Revision | None = None) -> Wording:
        """``was`` is the text before it, for a client that does not know of all its parts."""
        return Wording(
            title=self.title.data or "",
            body=self.body.data or "",
            language=self.language.data,
            topic_id=self._topics.get(self.topic.data),
            vehicle_id=vehicle_id or self.chosen_vehicle,
            pictures=was.pictures if was and not self.knows_photos else self.chosen_pictures,
            answers=was.answers if was and not self.knows_calls else self.given_answers,
            call_id=was.call_id if was and not self.knows_calls else self.chosen_call,
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
    pictures = FieldList(FormField(PictureForm), max_entries=MOST_PICTURES)

    @property
    def chosen_pictures(self) -> Pictures:
        """As of StoryForm."""
        return _chosen(self.pictures)


def _chosen(pictures: Iterable[Any]) -> Pictures:
    shown = [entry.form for entry in pictures if entry.form.key.data and not entry.form.remove.data]
    shown.sort(key=lambda one: 99 if one.place.data is None else one.place.data)
    return tuple(Picture(one.key.data, one.alt.data or "", one.caption.data or "") for one in shown)
