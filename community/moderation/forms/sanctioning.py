"""What a moderator fills in about a member: a note, a sanction, the end of one. And what the member answers."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, IntegerField, RadioField, SelectField
from wtforms.validators import InputRequired, NumberRange, Optional

from community.kit.forms import Form, OneTimeForm, TextBlock, TextLine, at_most, required
from community.kit.numbers import BIGGEST
from community.moderation.actions.sanctions import LONGEST_DAYS, SHORTEST_DAYS, Charge
from community.moderation.models import (
    LONGEST_FACTS,
    LONGEST_LEGAL_GROUND,
    LONGEST_NOTE,
    LONGEST_REASON,
    Clause,
    Gravity,
    Intent,
    Measure,
)
from community.moderation.processing import choices
from community.moderation.processing.members import GRAVITIES, INTENTS, MEASURES


class SanctionForm(OneTimeForm):
    """How much was restricted, of how much, is counted by the action and never typed."""

    measure = RadioField(_l("Measure"), validators=[required(_l("Choose a measure."))])
    days = IntegerField(
        _l("Days without posting"),
        [
            Optional(),
            NumberRange(SHORTEST_DAYS, LONGEST_DAYS, _l("Say for how many days, from 1 to 365.")),
        ],
    )
    ground = SelectField(_l("Ground"))
    legal_ground = TextLine(_l("Law"), [at_most(LONGEST_LEGAL_GROUND)])
    explanation = TextBlock(_l("Explanation for the member"), [at_most(LONGEST_REASON)])
    facts = TextBlock(_l("Facts"), [at_most(LONGEST_FACTS)])
    gravity = RadioField(
        _l("How grave"),
        validators=[required(_l("Say how grave it is."))],
    )
    intent = RadioField(
        _l("Intent"),
        validators=[required(_l("Say what you know of their intent."))],
    )

    def offer(self, clauses: Sequence[Clause], *, may_close: bool) -> "SanctionForm":
        """The clauses in force as grounds, and the measures this moderator may take."""
        self.ground.choices = [("", "–"), *choices(clauses)]
        self.ground.data = self.ground.data or ""
        offered = [measure for measure in Measure if may_close or measure is not Measure.CLOSURE]
        self.measure.choices = [(measure.value, str(MEASURES[measure])) for measure in offered]
        self.gravity.choices = [(one.value, str(words)) for one, words in GRAVITIES.items()]
        self.intent.choices = [(one.value, str(words)) for one, words in INTENTS.items()]
        return self

    def charge(self) -> Charge:
        return Charge(
            measure=Measure(self.measure.data),
            ground=self.ground.data or "",
            explanation=self.explanation.data or "",
            facts=self.facts.data or "",
            legal_ground=self.legal_ground.data or "",
            days=self.days.data,
            gravity=Gravity(self.gravity.data),
            intent=Intent(self.intent.data),
        )


class NoteForm(Form):
    """``contribution`` is what it is written beside; ``back`` the page its form stood on."""

    body = TextBlock(_l("A note for other moderators"), [at_most(LONGEST_NOTE)])
    contribution = IntegerField(validators=[Optional(), NumberRange(1, BIGGEST)])
    back = HiddenField()


class LiftForm(Form):
    explanation = TextBlock(
        _l("Why it ends"),
        [required(_l("Say why it ends; the member reads this.")), at_most(LONGEST_REASON)],
    )


class AcknowledgementForm(Form):
    """``warning`` is the newest warning that stood on the page."""

    warning = IntegerField(validators=[InputRequired(), NumberRange(1, BIGGEST)])
