"""The writing page's form, and the yes or no of somebody who is quoted."""

from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, IntegerField, SelectField
from wtforms.validators import NumberRange, Optional, Regexp

from community.accounts.models import Model
from community.contributions.actions import Wording
from community.contributions.models import LONGEST_TITLE, Concern, Revision
from community.contributions.models.concern import AREA, COUNTRY, MODEL
from community.ideas.models import Area
from community.ideas.processing import halves
from community.ideas.processing.words import AREAS
from community.kit import countries, i18n
from community.kit.forms import (
    Form,
    LanguageField,
    MultiCheckboxField,
    OneTimeForm,
    TextBlock,
    TextLine,
    at_most,
)

FIRST_SEQUENCE = 1
LAST_SEQUENCE = 2**31 - 1
LONGEST_HALF = 5_000
NOT_KEPT = "0"
CHANGED = _l("Its author changed this paragraph after you chose it. Choose another one, or go on without it.")


class IdeaForm(OneTimeForm):
    """``story`` and ``part`` name the paragraph it begins with; ``seen`` says that its likes were shown.

    ``without`` is the button that takes a paragraph out: the quote's number, or NOT_KEPT for one not kept yet.

    ``countries_at_hand`` and ``models_at_hand`` stand in sight: those chosen, then the likely ones.
    """

    sequence = IntegerField(default=FIRST_SEQUENCE, validators=[Optional(), NumberRange(0, LAST_SEQUENCE)])
    title = TextLine(_l("Title"), [at_most(LONGEST_TITLE)])
    missing = TextBlock(_l("What is missing today?"), [at_most(LONGEST_HALF)])
    better = TextBlock(_l("What would be better?"), [at_most(LONGEST_HALF)])
    language = LanguageField(_l("Language"))
    area = SelectField(_l("Area"))
    countries = MultiCheckboxField(_l("Countries it concerns"))
    models = MultiCheckboxField(_l("Models it concerns"))
    story = HiddenField()
    part = HiddenField(validators=[Optional(), Regexp(r"[0-9a-f]{16}\Z", message=CHANGED)])
    seen = HiddenField()
    without = HiddenField()
    may_quote = BooleanField(_l("The maker may quote this story, with my name"))

    def offer(
        self, *, read: Sequence[str], near: Iterable[str], models: Sequence[Model], driven: Iterable[int]
    ) -> "IdeaForm":
        """Fill the lists: first the member's own languages, what is ``near`` them and what they have ``driven``."""
        self.language.prefer(read, i18n.language())
        self.area.choices = [
            ("", str(_l("Choose one"))),
            *((area.value, str(name)) for area, name in AREAS.items()),
        ]
        self.area.data = self.area.data or ""
        self.countries.choices = every = countries.choices(i18n.language())
        self.models.choices = listed = [(str(model.id), model.whole_name) for model in models]
        self.countries_at_hand = _at_hand(self.countries.data, near, every)
        self.models_at_hand = _at_hand(self.models.data, (str(number) for number in driven), listed)
        return self

    def wording(self) -> Wording:
        return Wording(
            title=self.title.data or "",
            body=halves.join(self.missing.data or "", self.better.data or ""),
            language=self.language.data,
            concerns=(
                *((Concern(AREA, self.area.data),) if self.area.data else ()),
                *(Concern(COUNTRY, code) for code in sorted(set(self.countries.data or ()))),
                *(Concern(MODEL, number) for number in sorted(set(self.models.data or ()))),
            ),
        )

    @property
    def saves(self) -> int | None:
        """Which save of the draft this is; None from a client that does not say."""
        return self.sequence.data if self.sequence.raw_data else None

    @property
    def saves_before(self) -> int:
        """The last save this page knows of."""
        return max((self.sequence.data or FIRST_SEQUENCE) - 1, 0)


class AnswerForm(Form):
    """``agree`` is 1 for yes, 0 for no."""

    agree = HiddenField()


def typed(revision: Revision) -> dict[str, Any]:
    """What the form shows of a text that was kept."""
    missing, better = halves.split(revision.body)
    said: dict[str, list[str]] = {AREA: [], COUNTRY: [], MODEL: []}
    for concern in revision.concerns:
        said[concern.kind].append(concern.value)
    return {
        "title": revision.title,
        "missing": missing,
        "better": better,
        "language": revision.language,
        "area": next((value for value in said[AREA] if value in set(Area)), ""),
        "countries": said[COUNTRY],
        "models": said[MODEL],
    }


def _at_hand(chosen: Iterable[str] | None, likely: Iterable[str], every: list[tuple[str, str]]) -> list[str]:
    known = dict(every)
    return [one for one in dict.fromkeys([*(chosen or ()), *likely]) if one in known]
