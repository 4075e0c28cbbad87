"""The form that says what language a text is in. Field names are part of the contract."""

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField
from wtforms.validators import InputRequired, NumberRange

from community.contributions.models import Revision
from community.kit.forms import Form, LanguageField, TextLine, at_most
from community.moderation.actions.correcting import LONGEST_WORD
from community.moderation.forms.deciding import BIGGEST


class LanguageForm(Form):
    """``version`` says what the moderator had before them."""

    language = LanguageField(_l("It is in"))
    note = TextLine(_l("A word to the author"), [at_most(LONGEST_WORD)], id="language-note")
    version = IntegerField(validators=[InputRequired(), NumberRange(1, BIGGEST)])

    @classmethod
    def about(cls, revision: Revision, version: int, read: list[str]) -> "LanguageForm":
        """As the page shows it first: with the language the text says, and those its reader knows after it."""
        form = cls(formdata=None, data={"language": revision.language, "version": version})
        form.language.prefer(read, revision.language)
        return form
