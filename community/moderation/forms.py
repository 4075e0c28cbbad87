"""The decision form. Field names are part of the contract."""

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, SelectField
from wtforms.validators import InputRequired, NumberRange

from community.kit.forms import Form, TextBlock, at_most
from community.moderation.actions import Ruling
from community.moderation.models import LONGEST_EXPLANATION, Ground, Outcome
from community.moderation.processing import clauses

BIGGEST = 2**31 - 1


class DecisionForm(Form):
    """``revision`` and ``version`` say what the moderator had before them."""

    outcome = SelectField(_l("Decision"))
    ground = SelectField(_l("Ground"))
    explanation = TextBlock(_l("Explanation for the author"), [at_most(LONGEST_EXPLANATION)])
    revision = IntegerField(validators=[InputRequired(), NumberRange(1, BIGGEST)])
    version = IntegerField(validators=[InputRequired(), NumberRange(1, BIGGEST)])

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.outcome.choices = [(outcome.value, outcome.value) for outcome in Outcome]
        self.ground.choices = [
            ("", "–"),
            *((c.ground.value, f"{c.ground.value} {c.title}") for c in clauses()),
        ]
        self.ground.data = self.ground.data or ""

    def ruling(self) -> Ruling:
        return Ruling(
            outcome=Outcome(self.outcome.data),
            ground=Ground(self.ground.data) if self.ground.data else None,
            explanation=self.explanation.data or "",
            revision_number=self.revision.data or 0,
            version=self.version.data or 0,
        )
