"""Questions about translations: of stories and ideas, and to members."""

from community.translations.queries.lists import Line, mine, of_thing
from community.translations.queries.records import (
    attempts,
    by_form,
    edition,
    has_any,
    languages_of,
    live_of,
    live_passages,
    live_revision,
    lock,
    original,
    own,
    translated_ideas,
    translation,
)
from community.translations.queries.wanted import Wanted, wanted, wanted_ideas

__all__ = [
    "Line",
    "Wanted",
    "attempts",
    "by_form",
    "edition",
    "has_any",
    "languages_of",
    "live_of",
    "live_passages",
    "live_revision",
    "lock",
    "mine",
    "of_thing",
    "original",
    "own",
    "translated_ideas",
    "translation",
    "wanted",
    "wanted_ideas",
]
