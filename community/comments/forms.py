"""The form of a comment."""

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, SelectField
from wtforms.validators import NumberRange, Optional

from community.comments.models import LONGEST_COMMENT
from community.contributions.actions import Wording
from community.kit import i18n, languages
from community.kit.forms import OneTimeForm, TextBlock, at_most, required

BIGGEST_KEY = 2**63 - 1


class CommentForm(OneTimeForm):
    parent_id = IntegerField(validators=[Optional(), NumberRange(1, BIGGEST_KEY)])
    body = TextBlock(_l("Your answer"), [required(_l("Write something first.")), at_most(LONGEST_COMMENT)])
    language = SelectField(_l("Language"))

    def offer(self, read: list[str]) -> "CommentForm":
        """Fill the list of languages: the member's own first."""
        spoken = i18n.language()
        names = dict(languages.choices(spoken))
        own = [code for code in read if code in names]
        self.language.choices = [(code, names[code]) for code in own] + [
            (code, name) for code, name in names.items() if code not in own
        ]
        self.language.data = self.language.data or (own[0] if own else spoken)
        return self

    def wording(self) -> Wording:
        return Wording(title="", body=self.body.data or "", language=self.language.data)
