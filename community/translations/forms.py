"""The forms of translations: a language to begin in, an author's yes or no, and the editor's pairs."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, IntegerField, Label
from wtforms.validators import NumberRange, Optional
from wtforms.widgets import HiddenInput

from community.contributions.models import (
    LONGEST_ALT,
    LONGEST_BODY,
    LONGEST_CAPTION,
    LONGEST_TITLE,
    Passage,
    Passages,
)
from community.kit import i18n, text
from community.kit.errors import Words
from community.kit.forms import Form, LanguageField, OneTimeForm, TextBlock, TextLine, at_most
from community.translations.actions.writing import Typed
from community.translations.processing.parts import Part, Role

FIRST_SEQUENCE = 1
BIGGEST = 2**31 - 1
OTHERWISE = ("en", "es")
FINGERPRINT = re.compile(r"[0-9a-f]{16}")
EARLIER = _l("What you said before")


class BeginForm(Form):
    """``language`` is the one it is brought to."""

    language = LanguageField(_l("Into which language?"), may_be_none=False)

    def offer(self, read: Sequence[str], *, told_in: str) -> "BeginForm":
        """The member's own languages first, without the one it is told in."""
        otherwise = next(code for code in (i18n.language(), *OTHERWISE) if code != told_in)
        self.language.prefer([code for code in read if code != told_in], otherwise)
        return self


class PermissionForm(Form):
    """``is_permitted`` is 1 to let others translate it, 0 to say no."""

    is_permitted = HiddenField()


class PartForm(Form):
    """What each part of an original is said again in, by its role."""

    title = TextLine(_l("Title"), [at_most(LONGEST_TITLE)])
    text = TextBlock(_l("Paragraph"), [at_most(LONGEST_BODY)])
    alt = TextLine(_l("For those who do not see it"), [at_most(LONGEST_ALT)])
    caption = TextLine(_l("Caption"), [at_most(LONGEST_CAPTION)])


class TranslationForm(OneTimeForm):
    """``text-<key>`` says a part again, ``machine-<key>`` is the fingerprint of what a machine proposed for it.

    ``original`` is the number of the original's revision the page was drawn from. What was typed for parts that are
    not in the original any more comes along, and so does what was said of parts the request does not speak of.
    """

    sequence = IntegerField(
        default=FIRST_SEQUENCE,
        widget=HiddenInput(),
        validators=[Optional(), NumberRange(0, BIGGEST)],
    )
    original = IntegerField(widget=HiddenInput(), validators=[Optional(), NumberRange(1, BIGGEST)])

    def __init__(
        self,
        parts: Sequence[Part],
        earlier: Sequence[Part],
        said: Passages,
        *,
        formdata: Any = None,
        **given: Any,
    ) -> None:
        """``earlier`` are parts of older texts of the original; ``said`` is what was kept so far."""
        super().__init__(formdata=formdata, **given)
        self._sent, self._said = formdata, {one.key: one for one in said}
        self.keys = [part.key for part in parts]
        self.left = self._left(earlier)
        photos = list(dict.fromkeys(part.photo for part in parts if part.photo))
        for number, part in enumerate(parts):
            self._ask(part.key, part.role, _label(part, number, photos))
        for key in self.left:
            self._ask(key, Role.TEXT, EARLIER)

    def typed(self) -> Typed:
        texts = {key: self[f"text-{key}"].data or "" for key in (*self.keys, *self.left)}
        return Typed(texts, {key: self._proposed(key) for key in texts})

    @property
    def passages(self) -> Passages:
        """What readers would be shown."""
        typed = self.typed()
        return tuple(Passage(key, typed.texts[key], typed.machine[key]) for key in self.keys)

    @property
    def done(self) -> int:
        """How many parts are said."""
        return sum(not text.is_blank(self[f"text-{key}"].data or "") for key in self.keys)

    @property
    def left_over(self) -> list[Any]:
        """The fields of what belongs to no part any more and says something."""
        fields = [self[f"text-{key}"] for key in self.left]
        return [field for field in fields if not text.is_blank(field.data or "")]

    @property
    def saves(self) -> int | None:
        """Which save of the draft this is; None from a client that does not say."""
        return self.sequence.data if self.sequence.raw_data else None

    @property
    def saves_before(self) -> int:
        """The last save this page knows of."""
        return max((self.sequence.data or FIRST_SEQUENCE) - 1, 0)

    def was_drawn_from(self, number: int) -> bool:
        """Whether the page showed this revision of the original; a client that does not say is believed."""
        return self.original.data in (None, number)

    def _say(self, errors: Mapping[str, Any]) -> None:
        """Parts are named by their keys."""
        present = set(self.keys)
        super()._say({f"text-{key}" if key in present else key: words for key, words in errors.items()})

    def _left(self, earlier: Sequence[Part]) -> list[str]:
        """Keys of what was said, or is sent, for parts that are not in the original any more."""
        sent = [part.key for part in earlier if self._sent is not None and f"text-{part.key}" in self._sent]
        present = set(self.keys)
        return [key for key in dict.fromkeys([*self._said, *sent]) if key not in present]

    def _ask(self, key: str, role: Role, words: Words) -> None:
        asked: tuple[tuple[str, Any, str], ...] = (
            (f"text-{key}", getattr(PartForm, role), self._text_of(key)),
            (f"machine-{key}", HiddenField(), self._machine_of(key)),
        )
        for name, field, data in asked:
            bound = self._fields[name] = field.bind(form=self, name=name)
            bound.label = Label(bound.id, words)
            bound.process(self._sent, data)

    def _text_of(self, key: str) -> str:
        return self._said[key].text if key in self._said else ""

    def _machine_of(self, key: str) -> str:
        return self._said[key].machine if key in self._said else ""

    def _proposed(self, key: str) -> str:
        """What is known of a machine's part in it; no page can make that unknown again."""
        given = self[f"machine-{key}"].data or ""
        return given if FINGERPRINT.fullmatch(given) else self._machine_of(key)


def _label(part: Part, number: int, photos: Sequence[str]) -> Words:
    """The title is the first of all parts, so a paragraph's number is its place among them."""
    if part.role is Role.TITLE:
        return _l("Title")
    if part.role is Role.TEXT:
        return _l("Paragraph %(number)s", number=number)
    photo = photos.index(part.photo) + 1
    if part.role is Role.ALT:
        return _l("What photo %(number)s shows", number=photo)
    return _l("Caption of photo %(number)s", number=photo)
