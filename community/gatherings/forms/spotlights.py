"""The forms of spotlights."""

from typing import Any, Self

from flask_babel import lazy_gettext as _l
from wtforms import ValidationError

from community.gatherings import processing
from community.gatherings.actions import Draft
from community.gatherings.forms.parts import GatheringForm, WordsForm
from community.gatherings.models import Spotlight
from community.kit.forms import TextBlock, at_most

LONGEST_LIST = 12_000
"""Of addresses: as many stories as a spotlight holds, each with the longest address there is."""


class SpotlightForm(GatheringForm):
    stories = TextBlock(_l("Stories"), [at_most(LONGEST_LIST)])

    @classmethod
    def of(cls, spotlight: Spotlight, lines: str) -> Self:
        """Filled in with what it says and holds now."""
        said = spotlight.words(spotlight.language)
        given = {name: getattr(spotlight, name) for name in ("version", "language", "first_day", "last_day")}
        return cls(data={**given, "title": said.title, "introduction": said.introduction, "stories": lines})

    def validate_stories(self, field: Any) -> None:
        _found, wrong = processing.numbers(field.data or "")
        if wrong:
            raise ValidationError(str(_l("This is no address of a story: %(line)s", line=wrong[0])))

    def draft(self) -> Draft:
        first, last = self.days
        chosen, _wrong = processing.numbers(self.stories.data or "")
        return Draft(
            self.title.data or "", self.introduction.data or "", self.language.data, first, last, chosen
        )


class SpotlightTextForm(WordsForm):
    @classmethod
    def of(cls, spotlight: Spotlight, language: str) -> Self:
        """Filled in with what it says in a language."""
        said = next((one for one in spotlight.texts if one.language == language), None)
        words = {"title": said.title, "introduction": said.introduction} if said else {}
        return cls(data={"version": spotlight.version, **words})
