"""The forms of the guidelines: a clause in every language of the interface, and its templates."""

from typing import Any, Self

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, IntegerField, SelectField
from wtforms.validators import InputRequired, NumberRange
from wtforms.widgets import HiddenInput

from community.kit.forms import Form, TextBlock, TextLine, at_most
from community.kit.languages import INTERFACE, own_name
from community.moderation.actions.guidelines import Draft, Said
from community.moderation.models import (
    LONGEST_CLAUSE_TEXT,
    LONGEST_CLAUSE_TITLE,
    LONGEST_NUMBER,
    LONGEST_TEMPLATE,
    Category,
    Clause,
)
from community.moderation.processing.guidelines import CATEGORIES

BIGGEST = 2**31 - 1


class ClauseForm(Form):
    """What a version says: ``title_<language>`` and ``text_<language>`` for each language of the interface."""

    category = SelectField(_l("Category"), default=Category.OTHER_VIOLATION.value)
    is_illegal = BooleanField(_l("It speaks of the law: a decision on this ground has to name the law"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.category.choices = [(category.value, str(words)) for category, words in CATEGORIES.items()]

    def draft(self) -> Draft:
        return Draft(
            words={code: Said(self._said(f"title_{code}"), self._said(f"text_{code}")) for code in INTERFACE},
            category=Category(self.category.data),
            is_illegal=bool(self.is_illegal.data),
        )

    def parts(self) -> list[tuple[str, str, Any, Any]]:
        """Language, its own name, title and text: as the page shows them."""
        return [(c, own_name(c), self[f"title_{c}"], self[f"text_{c}"]) for c in INTERFACE]

    def _said(self, name: str) -> str:
        return self[name].data or ""


class AmendForm(ClauseForm):
    """``version`` is the one the page was drawn from."""

    version = IntegerField(widget=HiddenInput(), validators=[InputRequired(), NumberRange(1, BIGGEST)])

    @classmethod
    def of(cls, clause: Clause) -> Self:
        """Filled in with a version."""
        words = {f"title_{said.language}": said.title for said in clause.texts}
        words |= {f"text_{said.language}": said.text for said in clause.texts}
        given = {"category": clause.category, "is_illegal": clause.is_illegal, "version": clause.version}
        return cls(data={**given, **words})

    def stand_on(self, clause: Clause) -> Self:
        """Keep what was typed, and be sent again on top of this version."""
        self.version.data = clause.version
        self.version.raw_data = None
        return self


class AddForm(ClauseForm):
    """``number`` is the one the page promised: the same form sent twice adds one clause."""

    number = TextLine(widget=HiddenInput(), validators=[InputRequired(), at_most(LONGEST_NUMBER)])


class EndForm(Form):
    """``version`` is the one the page asked about."""

    version = IntegerField(widget=HiddenInput(), validators=[InputRequired(), NumberRange(1, BIGGEST)])


class TemplatesForm(Form):
    """``text_<language>`` for each language; ``drawn`` names what the page showed."""

    drawn = HiddenField()

    def texts(self) -> dict[str, str]:
        return {code: self[f"text_{code}"].data or "" for code in INTERFACE}

    def parts(self) -> list[tuple[str, str, Any]]:
        return [(code, own_name(code), self[f"text_{code}"]) for code in INTERFACE]


for _code in INTERFACE:
    _named = {"language": own_name(_code)}
    setattr(
        ClauseForm,
        f"title_{_code}",
        TextLine(_l("Title (%(language)s)", **_named), [at_most(LONGEST_CLAUSE_TITLE)]),
    )
    setattr(
        ClauseForm,
        f"text_{_code}",
        TextBlock(_l("Text (%(language)s)", **_named), [at_most(LONGEST_CLAUSE_TEXT)]),
    )
    setattr(
        TemplatesForm,
        f"text_{_code}",
        TextBlock(_l("Template (%(language)s)", **_named), [at_most(LONGEST_TEMPLATE)]),
    )
