"""The forms of an appeal: to begin one, to write in it, to decide it. Field names are part of the contract.

None carries a number of its own: that an act is appealed once, and the same words are said once, is held elsewhere.
"""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, RadioField, SelectField
from wtforms.validators import NumberRange, Optional

from community.contributions.models import Contribution
from community.kit.forms import Form, TextBlock, TextLine, at_most, required
from community.moderation.actions.appeals import Judgement
from community.moderation.actions.ruling import Ruling
from community.moderation.models import (
    LONGEST_ANSWER,
    LONGEST_EXPLANATION,
    LONGEST_FACTS,
    LONGEST_LEGAL_GROUND,
    LONGEST_MESSAGE,
    Appeal,
    Clause,
    Outcome,
    Verdict,
)
from community.moderation.processing import choices

BIGGEST = 2**31 - 1
VERDICTS = {
    Verdict.UPHELD: _l("The first decision stands"),
    Verdict.REVERSED: _l("The first decision was wrong"),
}


class AppealForm(Form):
    message = TextBlock(
        _l("What was overlooked?"), [required(_l("Write something first.")), at_most(LONGEST_MESSAGE)]
    )


class MessageForm(Form):
    message = TextBlock(
        _l("Your message"), [required(_l("Write something first.")), at_most(LONGEST_MESSAGE)]
    )


class VerdictForm(Form):
    """The last six fields are for a reporter who was right: the restriction that follows, on the text that was read."""

    verdict = RadioField(_l("Verdict"), [required(_l("Choose one of the two."))])
    answer = TextBlock(
        _l("Your answer, with its reasons"), [required(_l("Write something first.")), at_most(LONGEST_ANSWER)]
    )
    ground = SelectField(_l("Ground"))
    explanation = TextBlock(_l("Explanation for the author"), [at_most(LONGEST_EXPLANATION)])
    legal_ground = TextLine(_l("Law"), [at_most(LONGEST_LEGAL_GROUND)])
    facts = TextBlock(_l("Facts"), [at_most(LONGEST_FACTS)])
    revision = IntegerField(validators=[Optional(), NumberRange(1, BIGGEST)])
    version = IntegerField(validators=[Optional(), NumberRange(1, BIGGEST)])

    def offer(self, clauses: Sequence[Clause]) -> "VerdictForm":
        """The two verdicts, and the clauses in force as grounds."""
        self.verdict.choices = [(verdict.value, str(words)) for verdict, words in VERDICTS.items()]
        self.ground.choices = [("", "–"), *choices(clauses)]
        self.ground.data = self.ground.data or ""
        return self

    def shown(self, contribution: Contribution | None) -> "VerdictForm":
        """Remember which version of the live text the page is drawn from."""
        if contribution is not None and contribution.live_revision is not None:
            self.revision.data = self.revision.data or contribution.live_revision.number
            self.version.data = self.version.data or contribution.version
        return self

    def judgement(self, appeal: Appeal) -> Judgement:
        ruling = None
        if appeal.report_id is not None:
            ruling = Ruling(
                outcome=Outcome.HIDE,
                ground=self.ground.data or None,
                explanation=self.explanation.data or "",
                legal_ground=self.legal_ground.data or "",
                facts=self.facts.data or "",
                revision_number=self.revision.data or 0,
                version=self.version.data or 0,
                appeal_id=appeal.id,
            )
        return Judgement(verdict=Verdict(self.verdict.data), answer=self.answer.data or "", ruling=ruling)
