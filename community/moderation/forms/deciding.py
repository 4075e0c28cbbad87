"""The decision form. Field names are part of the contract."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, SelectField
from wtforms.validators import InputRequired, NumberRange

from community.kit.forms import Form, TextBlock, TextLine, at_most
from community.moderation.actions import Ruling
from community.moderation.models import (
    LONGEST_EXPLANATION,
    LONGEST_FACTS,
    LONGEST_LEGAL_GROUND,
    Clause,
    Outcome,
)
from community.moderation.processing import choices

BIGGEST = 2**31 - 1


class DecisionForm(Form):
    """``revision`` and ``version`` say what the moderator had before them."""

    outcome = SelectField(
        _l("Decision"), choices=[(o.value, o.value) for o in Outcome if o is not Outcome.UNDO]
    )
    ground = SelectField(_l("Ground"))
    explanation = TextBlock(_l("Explanation for the author"), [at_most(LONGEST_EXPLANATION)])
    legal_ground = TextLine(_l("Law"), [at_most(LONGEST_LEGAL_GROUND)])
    facts = TextBlock(_l("Facts"), [at_most(LONGEST_FACTS)])
    revision = IntegerField(validators=[InputRequired(), NumberRange(1, BIGGEST)])
    version = IntegerField(validators=[InputRequired(), NumberRange(1, BIGGEST)])

    def offer(self, clauses: Sequence[Clause]) -> "DecisionForm":
        """The clauses in force as grounds."""
        self.ground.choices = [("", "–"), *choices(clauses)]
        self.ground.data = self.ground.data or ""
        return self

    def ruling(self) -> Ruling:
        return Ruling(
            outcome=Outcome(self.outcome.data),
            ground=self.ground.data or None,
            explanation=self.explanation.data or "",
            legal_ground=self.legal_ground.data or "",
            facts=self.facts.data or "",
            revision_number=self.revision.data or 0,
            version=self.version.data or 0,
        )
