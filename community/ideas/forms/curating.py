"""What a curator fills in: a move with its answer, a note, who sees to an idea, what it is put together with."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import Field, IntegerField, RadioField, SelectField, ValidationError
from wtforms.validators import InputRequired, NumberRange, Optional
from wtforms.widgets import HiddenInput

from community.accounts.models import Account
from community.ideas.actions import Said
from community.ideas.actions.moving import NEEDS
from community.ideas.models import LONGEST_ANSWER, LONGEST_FUNCTION, LONGEST_LINE, LONGEST_NOTE, Idea, Meaning
from community.ideas.models.merge import LONGEST_WHY
from community.ideas.queries import Named
from community.kit import i18n
from community.kit.forms import Form, LanguageField, OneTimeForm, TextBlock, TextLine, at_most, required
from community.kit.numbers import BIGGEST

LONGEST_ADDRESS = 300
MOST_MOVES = 2**31 - 2
_NUMBER = re.compile(r"(?:.*/ideas/)?(\d{1,18})(?:[/?#].*)?", re.ASCII)


class MoveForm(OneTimeForm):
    """``on`` is the count of moves that the answer was written on; what a stage does not need is not read."""

    on = IntegerField(widget=HiddenInput(), validators=[InputRequired(), NumberRange(0, MOST_MOVES)])
    stage = RadioField(_l("Stage"), validators=[required(_l("Choose a stage."))])
    answer = TextBlock(_l("Your answer"), [at_most(LONGEST_ANSWER)])
    function = TextLine(_l("What you do"), [at_most(LONGEST_FUNCTION)])
    language = LanguageField(_l("Language of your answer"), may_be_none=False)
    reason = TextLine(_l("Reason"), [at_most(LONGEST_LINE)])
    shipped_models = TextLine(_l("In which models"), [at_most(LONGEST_LINE)])
    shipped_countries = TextLine(_l("In which countries"), [at_most(LONGEST_LINE)])
    shipped_version = TextLine(_l("Since which version"), [at_most(LONGEST_LINE)])

    def offer(self, stages: Sequence[Named], idea: Idea, read: Sequence[str]) -> "MoveForm":
        """The stages that take ideas, the idea's own chosen; ``read`` are the curator's languages."""
        self.offered = [one for one in stages if one.is_used]
        self.stage.choices = [(one.slug, one.name) for one in self.offered]
        self.stage.data = self.stage.data or next(
            (one.slug for one in self.offered if one.id == idea.stage_id), ""
        )
        self.language.prefer(read, i18n.language())
        if self.on.data is None:
            self.on.data = idea.moves
        return self

    def stand_on(self, idea: Idea) -> "MoveForm":
        """Keep what was typed, and be sent again on top of the moves there are."""
        self.on.data, self.on.raw_data = idea.moves, None
        return self

    @property
    def count(self) -> int:
        """Of the moves the answer was written on."""
        return self.on.data or 0

    def meaning(self, slug: str) -> Meaning:
        return next(one.meaning for one in self.offered if one.slug == slug)

    def said(self) -> Said:
        """What was left in a field that the chosen stage does not show is not part of the answer."""
        needed = NEEDS.get(self.meaning(self.stage.data), ())
        return Said(
            answer=self.answer.data or "",
            function=self.function.data or "",
            language=self.language.data,
            **{name: self[name].data or "" for name in needed},
        )


class NoteForm(OneTimeForm):
    words = TextBlock(_l("A note for other curators"), [at_most(LONGEST_NOTE)])


class AssignForm(Form):
    """``instead_of`` is who saw to it when the page was drawn; nobody is 0."""

    curator = SelectField(_l("Hand it on to"))
    instead_of = IntegerField(widget=HiddenInput(), validators=[Optional(), NumberRange(0, BIGGEST)])

    def offer(self, team: Iterable[Account], idea: Idea) -> "AssignForm":
        self.curator.choices = [
            ("", str(_l("Nobody"))),
            *((str(one.id), one.display_name) for one in team),
        ]
        if self.curator.data is None:
            self.curator.data = str(idea.curator_id or "")
        if self.instead_of.data is None:
            self.instead_of.data = idea.curator_id or 0
        return self

    def stand_on(self, idea: Idea) -> "AssignForm":
        """Be sent again instead of who sees to it now."""
        self.instead_of.data, self.instead_of.raw_data = idea.curator_id or 0, None
        return self


class MergeForm(Form):
    original = TextLine(
        _l("Address or number of the original"),
        [required(_l("Say which idea it is the same as.")), at_most(LONGEST_ADDRESS)],
    )
    why = TextLine(_l("Why they are the same"), [at_most(LONGEST_WHY)])

    @property
    def number(self) -> int:
        found = _NUMBER.fullmatch((self.original.data or "").strip())
        return int(found[1]) if found else 0

    def validate_original(self, _field: Field) -> None:
        if not self.number:
            raise ValidationError(_l("Give the idea's number or the address of its page."))


class PartForm(Form):
    """A single button."""


def or_fresh(refused: Form | None, fresh: Any) -> Any:
    """The refused form where it is one of this kind."""
    return refused if type(refused) is type(fresh) else fresh
