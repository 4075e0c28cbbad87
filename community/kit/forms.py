"""Forms: text normalised as it comes in, errors in words, nothing typed ever lost.

What a form does not name is never read. A room's forms say which fields there are; its actions say what is right.
"""

import re
import secrets
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectMultipleField, StringField, TextAreaField, ValidationError
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from community.kit import text
from community.kit.errors import Conflict, Invalid, Words

Done = TypeVar("Done")
FORM_ID = re.compile(r"[0-9A-Za-z_-]{8,64}")
UNFIT = {
    "control": _l(
        "This holds control characters that cannot be kept. They were taken out; please check and send again."
    ),
    "surrogate": _l(
        "This holds broken characters that cannot be kept. They were taken out; please check and send again."
    ),
    "noncharacter": _l(
        "This holds broken characters that cannot be kept. They were taken out; please check and send again."
    ),
    "marks": _l("This holds too many marks on one letter."),
}


class Form(FlaskForm):
    """``attempt`` validates, runs one action, and turns its refusal into words beside the fields."""

    status = 200

    def attempt(self, action: Callable[[], Done]) -> Done | None:
        """What the action gives, or None with ``errors`` and ``status`` set (422, or 409 when somebody was faster)."""
        if not self.validate():
            self.status = 422
            return None
        try:
            return action()
        except Invalid as error:
            self.status = error.status
            self._say(error.errors)
        except Conflict as error:
            self.status = error.status
            self.form_errors.append(error.message)
        return None

    def refusal(self) -> Invalid:
        """What is wrong, for those who asked in JSON."""
        return Invalid({name: list(field.errors) for name, field in self._fields.items() if field.errors})

    def _say(self, errors: Mapping[str, Any]) -> None:
        for name, words in errors.items():
            if name in self._fields:
                self._fields[name].errors = [*self._fields[name].errors, *words]
            else:
                self.form_errors.extend(words)


class _Normalised:
    """Reads a field through ``text.normalise``; what cannot be kept is named, and the rest of it comes back."""

    is_multiline = False
    data: str | None

    def process_formdata(self, values: list[Any]) -> None:
        if not values:
            return
        given = values[0] if isinstance(values[0], str) else ""
        try:
            self.data = text.normalise(given, multiline=self.is_multiline)
        except text.UnfitText as error:
            self.data = "".join(
                c for c in given if (c.isprintable() or c == "\n") and not "\ud800" <= c <= "\udfff"
            )
            raise ValidationError(UNFIT.get(error.code, UNFIT["control"])) from None


class TextLine(_Normalised, StringField):
    """One line."""


class TextBlock(_Normalised, TextAreaField):
    """Several lines."""

    is_multiline = True


class FormId(HiddenField):
    """A one-time number: the same form sent again is the same act."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(default=lambda: secrets.token_hex(16), **kwargs)

    def pre_validate(self, _form: Any) -> None:
        if not FORM_ID.fullmatch(self.data or ""):
            self.data = secrets.token_hex(16)


class OneTimeForm(Form):
    """A form that creates something, once."""

    form_id = FormId()

    @property
    def number(self) -> str:
        return self.form_id.data or ""


class MultiCheckboxField(SelectMultipleField):
    """Several of a list, each a box."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def required(words: Words) -> InputRequired:
    return InputRequired(message=words)


def at_most(characters: int) -> Length:
    return Length(max=characters, message=_l("Use at most %(max)d characters."))
