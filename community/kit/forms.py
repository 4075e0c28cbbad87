"""Forms: text normalised as it comes in, errors in words, nothing typed ever lost.

What a form does not name is never read. A room's forms say which fields there are; its actions say what is right.
"""

import re
import secrets
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, TypeVar

from flask import request
from flask_babel import get_translations, gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from markupsafe import Markup, escape
from wtforms import Field, HiddenField, SelectMultipleField, StringField, TextAreaField, ValidationError
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget, html_params

from community.kit import i18n, languages, text
from community.kit.errors import Conflict, Invalid, Words

Done = TypeVar("Done")
FORM_ID = re.compile(r"[0-9A-Za-z_-]{8,64}")
OR_NONE = _l("Another language, or none")
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


# What the forms library itself may say, for the catalogues; it asks ``_Words`` for the translation.
_BUILT_IN = (
    _l("Not a valid choice."),
    _l("Not a valid date value."),
    _l("Not a valid integer value."),
    _l("This field is required."),
    _l("Invalid Choice: could not coerce."),
)


class _Words:
    """The library's own catalogues would be read anew with every form; ours are in memory."""

    def gettext(self, words: str) -> str:
        return str(gettext(words))

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        # Not Flask-Babel's own, which fills in the placeholders that the library means to fill in itself.
        return str(get_translations().ngettext(singular, plural, number))


class Form(FlaskForm):
    """``attempt`` validates, runs one action, and turns its refusal into words beside the fields."""

    class Meta(FlaskForm.Meta):
        def get_translations(self, _form: object) -> _Words:
            return _Words()

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


def posted_json(place: str) -> dict[str, Any]:
    """What a script sent instead of a form. Raises Invalid, at the field ``place``, for anything but an object."""
    try:
        given = request.get_json(silent=True)
    except RecursionError:  # brackets in brackets in brackets
        given = None
    if not isinstance(given, dict):
        raise Invalid({place: [gettext("Nothing came with this request.")]})
    return given


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


def new_form_id() -> str:
    return secrets.token_hex(16)


class FormId(HiddenField):
    """A one-time number: the same form sent again is the same act."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(default=new_form_id, **kwargs)

    def pre_validate(self, _form: Any) -> None:
        if not FORM_ID.fullmatch(self.data or ""):
            self.data = new_form_id()


class OneTimeForm(Form):
    """A form that creates something, once."""

    form_id = FormId()

    @property
    def number(self) -> str:
        return self.form_id.data or ""


class LanguageField(Field):
    """One of the content languages, the reader's own first; last, where it ``may_be_none``, that it is another.

    The list of all of them is long and drawn on many pages, so it is drawn once for each interface language.
    """

    data: str

    def __init__(self, label: Words, *, may_be_none: bool = True, **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self.may_be_none = may_be_none
        self.read: Sequence[str] = ()
        self.own: Markup | None = None
        """What stands above all others in place of the reader's own; None draws those of ``read``."""

    def prefer(self, read: Sequence[str], otherwise: str) -> None:
        """Put the languages somebody reads first; preset the first of them, or ``otherwise``."""
        self.read = [code for code in read if languages.is_language(code)]
        self.data = self.data or (self.read[0] if self.read else otherwise)

    def pre_validate(self, _form: Any) -> None:
        is_known = languages.may_carry if self.may_be_none else languages.is_language
        if not is_known(self.data or ""):
            raise ValidationError(self.gettext("Not a valid choice."))

    def widget(self, field: "LanguageField", **kwargs: Any) -> Markup:
        own = own_languages(field.data, field.read) if field.own is None else field.own
        attributes = html_params(**{"id": field.id, "name": field.name, **kwargs})
        every = _all_languages(i18n.language(), may_be_none=field.may_be_none)
        return Markup(f"<select {attributes}>{own}<hr>{every}</select>")  # noqa: S704 - escaped


def own_languages(chosen: str, read: Sequence[str]) -> Markup:
    """The options of the languages somebody reads, ``chosen`` first and selected."""
    spoken, first = i18n.language(), dict.fromkeys([chosen, *read] if chosen else read)
    return Markup("").join(Markup(_option(code, spoken, is_chosen=code == chosen)) for code in first)  # noqa: S704 - escaped


def _option(code: str, spoken: str, *, is_chosen: bool = False) -> str:
    if code == languages.UNTAGGED:
        name = str(OR_NONE)
    else:
        name = languages.name(code, spoken) if languages.is_language(code) else code
    return f'<option value="{escape(code)}"{" selected" if is_chosen else ""}>{escape(name)}</option>'


@lru_cache
def _all_languages(spoken: str, *, may_be_none: bool) -> str:
    listed = "".join(_option(code, spoken) for code, _name in languages.choices(spoken))
    return f"{listed}<hr>{_option(languages.UNTAGGED, spoken)}" if may_be_none else listed


class SeveralField(SelectMultipleField):
    """Several of a list."""

    def pre_validate(self, _form: Any) -> None:
        # The library's own words have a plural, which it takes from catalogues of its own.
        if not {*(self.data or ())} <= {value for value, *_ in self.iter_choices()}:
            raise ValidationError(self.gettext("Not a valid choice."))


class MultiCheckboxField(SeveralField):
    """Each a box."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def required(words: Words) -> InputRequired:
    return InputRequired(message=words)


def at_most(characters: int) -> Length:
    return Length(max=characters, message=_l("Use at most %(max)d characters."))
