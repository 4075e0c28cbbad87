"""The forms of the word lists: a word to list, and a text to try the lists on."""

from flask_babel import lazy_gettext as _l
from wtforms import SelectField

from community.contributions.models import ANY_LANGUAGE, LONGEST_BODY, LONGEST_WORD, LONGEST_WORD_NOTE
from community.kit import i18n, languages
from community.kit.forms import Form, LanguageField, OneTimeForm, TextBlock, TextLine, at_most, required

EVERY_LANGUAGE = _l("Every language")


class WordForm(OneTimeForm):
    word = TextLine(_l("Word or words"), [required(_l("Give a word.")), at_most(LONGEST_WORD)])
    language = SelectField(_l("In texts in"))
    note = TextLine(_l("Why it is listed"), [at_most(LONGEST_WORD_NOTE)])

    def offer(self, language: str = ANY_LANGUAGE) -> "WordForm":
        """Fill the list of languages; ``language`` is the one looked at."""
        self.language.choices = [(ANY_LANGUAGE, str(EVERY_LANGUAGE)), *languages.choices(i18n.language())]
        self.language.data = self.language.data or language
        return self


class TrialForm(Form):
    text = TextBlock(_l("A text"), [required(_l("Write something first.")), at_most(LONGEST_BODY)])
    language = LanguageField(_l("Language"))

    def offer(self, read: list[str]) -> "TrialForm":
        self.language.prefer(read, i18n.language())
        return self
