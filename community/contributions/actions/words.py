"""The lists of words that are looked at before anybody else reads a text; admins keep them."""

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from community.accounts.models import Account
from community.contributions import queries
from community.contributions.models import (
    ANY_LANGUAGE,
    LONGEST_WORD,
    LONGEST_WORD_NOTE,
    ListedWord,
)
from community.contributions.processing import words
from community.kit import clock, db, languages
from community.kit.errors import Invalid

LONGEST_FOLDED = 4 * LONGEST_WORD
"""Some characters fold into several: as much as the column holds."""
NOT_COMPARED = _l(
    "Begin and end with a letter, a digit or an emoji: other signs are passed over when texts are compared."
)
TOO_LONG = _l("Use at most %(max)d characters.", max=LONGEST_WORD)
NOTE_TOO_LONG = _l("Use at most %(max)d characters.", max=LONGEST_WORD_NOTE)


def add_word(word: str, language: str, note: str, *, by: Account) -> ListedWord:
    """List a word for a language, or for all (ANY_LANGUAGE); adding it again changes nothing.

    Raises Invalid: nothing in it can be compared, it is too long, or the list has it in another spelling.
    """
    folded = words.listed_form(word)
    _check(word, folded, language, note)
    new = ListedWord(
        language=language, word=word, folded=folded, note=note, by_id=by.id, created_at=clock.now()
    )
    try:
        with db.session.begin_nested():
            db.session.add(new)
    except IntegrityError:
        return _listed_already(word, folded, language)
    return new


def remove_word(word_id: int) -> bool:
    """Take a word off its list; False when it is not there any more."""
    return db.changed(db.session.execute(delete(ListedWord).where(ListedWord.id == word_id)))


def _check(word: str, folded: str, language: str, note: str) -> None:
    problems = {}
    if not folded:
        problems["word"] = [NOT_COMPARED]
    elif len(word) > LONGEST_WORD or len(folded) > LONGEST_FOLDED:
        problems["word"] = [TOO_LONG]
    if language != ANY_LANGUAGE and not languages.is_language(language):
        problems["language"] = [_l("Not a valid choice.")]
    if len(note) > LONGEST_WORD_NOTE:
        problems["note"] = [NOTE_TOO_LONG]
    if problems:
        raise Invalid(problems)


def _listed_already(word: str, folded: str, language: str) -> ListedWord:
    earlier = queries.listed_word(language, folded)
    if earlier is None or earlier.word != word:
        spelled = earlier.word if earlier else word
        raise Invalid({"word": [_l("It is listed already, as “%(word)s”.", word=spelled)]})
    return earlier
