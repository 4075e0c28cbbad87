"""The form of a comment."""

from flask_babel import lazy_gettext as _l
from markupsafe import Markup
from wtforms import IntegerField
from wtforms.validators import NumberRange, Optional

from community.comments.models import LONGEST_COMMENT
from community.contributions.actions import Wording
from community.kit import i18n, languages
from community.kit.forms import LanguageField, OneTimeForm, TextBlock, at_most, own_languages, required
from community.kit.numbers import BIGGEST


def languages_for(read: list[str], *, spoken: str) -> Markup:
    """The options ``CommentForm.offer`` would begin its languages with."""
    first = [code for code in _in_order(read, spoken) if languages.is_language(code)]
    return own_languages(first[0] if first else i18n.language(), first)


class CommentForm(OneTimeForm):
    token: Markup | None = None
    """Stands in place of the session's own token; see ``with_gaps``."""

    parent_id = IntegerField(validators=[Optional(), NumberRange(1, BIGGEST)])
    body = TextBlock(_l("Your answer"), [required(_l("Write something first.")), at_most(LONGEST_COMMENT)])
    language = LanguageField(_l("Language"))

    def offer(self, read: list[str], *, spoken: str = "") -> "CommentForm":
        """The member's own languages first; of these, the one that is ``spoken`` in the conversation."""
        self.language.prefer(_in_order(read, spoken), i18n.language())
        return self

    @classmethod
    def with_gaps(cls, *, token: Markup, form: Markup, own: Markup) -> "CommentForm":
        """The form of nobody in particular, for a page with gaps."""
        drawn = cls(formdata=None, meta={"csrf": False})
        drawn.token = Markup('<input id="csrf_token" name="csrf_token" type="hidden" value="{}">').format(
            token
        )
        drawn.form_id.data, drawn.language.own = form, own
        return drawn

    def wording(self) -> Wording:
        return Wording(title="", body=self.body.data or "", language=self.language.data)


def _in_order(read: list[str], spoken: str) -> list[str]:
    """What somebody reads, the language that is spoken first."""
    return sorted(read, key=lambda code: code != spoken)
