"""The form of a comment."""

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField
from wtforms.validators import NumberRange, Optional

from community.comments.models import LONGEST_COMMENT
from community.contributions.actions import Wording
from community.kit import i18n
from community.kit.forms import LanguageField, OneTimeForm, TextBlock, at_most, required

BIGGEST_KEY = 2**63 - 1


class CommentForm(OneTimeForm):
    parent_id = IntegerField(validators=[Optional(), NumberRange(1, BIGGEST_KEY)])
    body = TextBlock(_l("Your answer"), [required(_l("Write something first.")), at_most(LONGEST_COMMENT)])
    language = LanguageField(_l("Language"))

    def offer(self, read: list[str], *, spoken: str = "") -> "CommentForm":
        """The member's own languages first; of these, the one that is ``spoken`` in the conversation."""
        self.language.prefer(sorted(read, key=lambda code: code != spoken), i18n.language())
        return self

    def wording(self) -> Wording:
        return Wording(title="", body=self.body.data or "", language=self.language.data)
