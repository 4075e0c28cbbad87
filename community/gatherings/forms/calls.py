"""The forms of calls."""

from typing import Any, Self

from flask_babel import lazy_gettext as _l
from wtforms import ValidationError

from community.calls.actions import Draft, Said
from community.calls.models import LONGEST_QUESTION, LONGEST_TERMS, LONGEST_WHY, Call, CallText
from community.gatherings.forms.parts import GatheringForm, VersionForm, WordsForm
from community.kit import countries, i18n, languages
from community.kit.forms import SeveralField, TextBlock, at_most

LONGEST_QUESTIONS = 2_500


class CallTextForm(WordsForm):
    """``questions`` stand one in a line."""

    questions = TextBlock(_l("Questions"), [at_most(LONGEST_QUESTIONS)])
    terms = TextBlock(_l("Terms"), [at_most(LONGEST_TERMS)])

    @classmethod
    def of(cls, call: Call, language: str) -> Self:
        """Filled in with what it says in a language."""
        said = next((one for one in call.texts if one.language == language), None)
        return cls(data={"version": call.version, **_words(said)})

    def validate_questions(self, field: Any) -> None:
        if any(len(line) > LONGEST_QUESTION for line in (field.data or "").splitlines()):
            raise ValidationError(str(_l("Use at most 300 characters for each question.")))

    def said(self) -> Said:
        return Said(self.title.data or "", self.introduction.data or "", self.terms.data or "", self._asked())

    def _asked(self) -> tuple[str, ...]:
        lines = (line.strip() for line in (self.questions.data or "").splitlines())
        return tuple(line for line in lines if line)


class EarlyEndForm(VersionForm):
    why = TextBlock(_l("Why it ends early"), [at_most(LONGEST_WHY)])


class CallForm(CallTextForm, GatheringForm):
    """No countries or no languages means all."""

    countries = SeveralField(_l("Countries"))
    languages = SeveralField(_l("Languages"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.countries.choices = countries.choices(i18n.language())
        self.languages.choices = languages.choices(i18n.language())

    @classmethod
    def about(cls, call: Call) -> Self:
        """Filled in with what it is now."""
        names = ("version", "language", "first_day", "last_day", "countries", "languages")
        given = {name: getattr(call, name) for name in names}
        return cls(data={**given, **_words(call.words(call.language))})

    def draft(self) -> Draft:
        first, last = self.days
        return Draft(
            said=self.said(),
            language=self.language.data,
            first_day=first,
            last_day=last,
            countries=tuple(self.countries.data or ()),
            languages=tuple(self.languages.data or ()),
        )


def _words(said: CallText | None) -> dict[str, str]:
    if said is None:
        return {}
    return {
        "title": said.title,
        "introduction": said.introduction,
        "terms": said.terms,
        "questions": "\n".join(question.words for question in said.questions),
    }
