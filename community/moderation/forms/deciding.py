"""The forms of the desk: one decision, many at once, handing on. Field names are part of the contract."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Self

from flask_babel import lazy_gettext as _l
from wtforms import Field, HiddenField, IntegerField, SelectField, ValidationError
from wtforms.form import BaseForm
from wtforms.validators import InputRequired, NumberRange, Optional

from community.kit.forms import Form, TextBlock, TextLine, at_most
from community.kit.numbers import BIGGEST as BIGGEST_KEY
from community.moderation.actions import Ruling
from community.moderation.actions.bulk import MOST, OUTCOMES, Chosen
from community.moderation.models import (
    LONGEST_DESK_NOTE,
    LONGEST_EXPLANATION,
    LONGEST_FACTS,
    LONGEST_LEGAL_GROUND,
    RESTRICTIONS,
    Clause,
    Outcome,
)
from community.moderation.processing import choices

NAMES = {
    Outcome.APPROVE: _l("Approve"),
    Outcome.KEEP: _l("Leave as it is"),
    Outcome.RETURN: _l("Return"),
    Outcome.REFUSE: _l("Refuse"),
    Outcome.HIDE: _l("Hide"),
    Outcome.RESTORE: _l("Restore"),
    Outcome.LOCK: _l("Close the conversation"),
    Outcome.UNLOCK: _l("Open the conversation"),
}
BIGGEST = 2**31 - 1


class ReasonsForm(Form):
    """What every decision may say for itself; ``template`` is the button that puts the ground's words in."""

    outcomes: ClassVar[tuple[Outcome, ...]] = ()

    outcome = SelectField(_l("Decision"))
    ground = SelectField(_l("Ground"))
    explanation = TextBlock(_l("Explanation for the author"), [at_most(LONGEST_EXPLANATION)])
    legal_ground = TextLine(_l("Law"), [at_most(LONGEST_LEGAL_GROUND)])
    facts = TextBlock(_l("Facts for the record"), [at_most(LONGEST_FACTS)])
    template = HiddenField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.outcome.choices = [(one.value, str(NAMES[one])) for one in self.outcomes]

    def offer(self, clauses: Sequence[Clause]) -> Self:
        """The clauses in force as grounds."""
        self.ground.choices = [("", "–"), *choices(clauses)]
        self.ground.data = self.ground.data or ""
        return self

    def fill_in(self, templates: Mapping[str, str]) -> bool:
        """Whether the words of the ground's template were asked for; they come after what was typed."""
        if not self.template.data:
            return False
        typed = (self.explanation.data or "").strip()
        words = templates.get(self.ground.data or "", "")
        self.explanation.data = "\n\n".join(part for part in (typed, words) if part)
        return True

    def ruling(self, *, revision_number: int = 0, version: int = 0) -> Ruling:
        return Ruling(
            outcome=Outcome(self.outcome.data),
            ground=self.ground.data or None,
            explanation=self.explanation.data or "",
            legal_ground=self.legal_ground.data or "",
            facts=self.facts.data or "",
            revision_number=revision_number,
            version=version,
        )


class DecisionForm(ReasonsForm):
    """``revision`` and ``version`` say what the moderator had before them."""

    outcomes = tuple(one for one in Outcome if one is not Outcome.UNDO)

    revision = IntegerField(validators=[InputRequired(), NumberRange(1, BIGGEST)])
    version = IntegerField(validators=[InputRequired(), NumberRange(1, BIGGEST)])

    def seen(self) -> Ruling:
        """The ruling on what was seen."""
        return self.ruling(revision_number=self.revision.data or 0, version=self.version.data or 0)


class ChosenField(Field):
    """Boxes of the queue, each "revision:number:version" as it was drawn."""

    data: list[Chosen]

    def process_formdata(self, values: list[Any]) -> None:
        self.data = []
        self.data = [_chosen(value) for value in dict.fromkeys(values)]

    def pre_validate(self, _form: BaseForm) -> None:
        if not self.data and not self.process_errors:
            raise ValidationError(_l("Choose something first."))
        if len(self.data) > MOST:
            raise ValidationError(_l("Choose at most %(most)d at once.", most=MOST))


class BulkForm(ReasonsForm):
    """One outcome, ground and explanation for all that is ``chosen``."""

    outcomes = OUTCOMES

    chosen = ChosenField(_l("Chosen"))

    @property
    def needs_words(self) -> bool:
        """Whether this is the queue's own short form, and the outcome needs more than it asks for."""
        has_asked = self.explanation.raw_data is not None and len(self.explanation.raw_data) > 0
        return self.outcome.data in {*RESTRICTIONS, Outcome.RETURN} and not has_asked


class EscalationForm(Form):
    escalation = TextBlock(_l("What should the admins look at?"), [at_most(LONGEST_DESK_NOTE)])


class ReleaseForm(Form):
    """``revision_id`` lets one item go, else all; ``is_leaving`` is set by a page that is being left."""

    revision_id = IntegerField(validators=[Optional(), NumberRange(1, BIGGEST_KEY)])
    is_leaving = HiddenField()


class PressForm(Form):
    """A button: nothing but the session's token."""


def _chosen(value: object) -> Chosen:
    parts = str(value).split(":")
    numbers = [int(part) if part.isdecimal() and len(part) < 20 else 0 for part in parts]
    if len(numbers) != 3 or not (
        0 < numbers[0] <= BIGGEST_KEY and all(0 < n <= BIGGEST for n in numbers[1:])
    ):
        raise ValueError(_l("Not a valid choice."))
    return Chosen(*numbers)
