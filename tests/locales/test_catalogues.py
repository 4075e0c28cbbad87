"""Every catalogue is whole: nothing missing or bent on the way, nothing left in English, one word for one thing."""

import gettext
import io
import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from community.cli.translations import PLURALS
from community.config import ROOT
from community.kit import languages
from tests.locales import glossary

TRANSLATED = [language for language in languages.INTERFACE if language != "en"]
TEMPLATE = ROOT / "locales" / "messages.pot"
MARKS = re.compile(r"%\(\w+\)[a-z]|%%|\{\w*\}|</?[a-z]\w*[^>]*>|&\w+;")
WORDS = re.compile(r"[^\W\d_]{2,}")
# In some languages these are what they are in English: names, abbreviations, patterns, words of both.
SAME_IN_ENGLISH = frozenset[str]()
MOST_SAME_WORDS = 2
TERMS = (
    "story", "contribution", "moderator", "member", "decision", "appeal", "guidelines", "draft", "garage", "photo",
    "translation",
)  # fmt: skip
LEAST_USED = 0.9
COUNTS = (*range(22), 100, 101, 111, 1_000, 100_000)


@pytest.mark.parametrize("language", languages.INTERFACE)
def test_it_reads_strictly(language: str) -> None:
    raw = file(language).read_bytes()
    found = read_po(io.BytesIO(raw), abort_invalid=True)
    text = raw.decode("utf-8")
    assert "\r" not in text
    assert text.endswith("\n")
    assert found.charset == "utf-8"
    assert str(found.locale_identifier) == languages.folder(language)
    assert len(re.findall(r"^msgid ", text, re.MULTILINE)) == len(found) + 1, "the same string stands twice"
    assert not found.fuzzy
    assert not found.obsolete


@pytest.mark.parametrize("language", languages.INTERFACE)
def test_it_has_the_plurals_of_its_language_and_each_is_filled(language: str) -> None:
    """English is the source: what is empty there is said as it stands in the code."""
    found, (number, _rule) = catalogue(language), PLURALS[language]
    assert found.num_plurals == number
    plural = [one for one in found if one.pluralizable]
    assert plural
    if language != "en":
        assert [one.id for one in plural if len(texts(one)) != number or not all(texts(one))] == []
    read = compiled(language)
    said = {read.ngettext("%(num)s story", "%(num)s stories", count) for count in COUNTS}
    assert len(said) <= number
    assert all(said)


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_string_is_missing_fuzzy_or_empty(language: str) -> None:
    found, wanted = catalogue(language), read_po(io.BytesIO(TEMPLATE.read_bytes()))
    there = {(one.id, one.context) for one in found}
    assert [one.id for one in wanted if (one.id, one.context) not in there] == []
    assert [one.id for one in found if one.fuzzy] == []
    assert [one.id for one in found if not all(text.strip() for text in texts(one))] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_places_to_fill_and_tags_are_those_of_the_english(language: str) -> None:
    """A form for one or two may say its number in words."""
    wrong = []
    for one in strings(language):
        own = Counter(MARKS.findall(source(one)))
        for text in texts(one):
            found = Counter(MARKS.findall(text))
            differs = found - own or own - found
            if differs and not (one.pluralizable and set(own - found) == {"%(num)s"} and not found - own):
                wrong.append((one.id, text))
    assert not wrong


@pytest.mark.parametrize("language", TRANSLATED)
def test_it_begins_and_ends_with_the_spaces_of_the_english(language: str) -> None:
    wrong = [
        (one.id, text)
        for one in strings(language)
        for text in texts(one)
        if edges(text) != edges(source(one))
    ]
    assert not wrong


@pytest.mark.parametrize("language", TRANSLATED)
def test_nothing_is_left_in_english(language: str) -> None:
    left = [
        one.id
        for one in strings(language)
        if source(one) in texts(one)
        and len(WORDS.findall(MARKS.sub("", source(one)))) > MOST_SAME_WORDS
        and source(one) not in SAME_IN_ENGLISH
    ]
    assert not left


@pytest.mark.parametrize("language", TRANSLATED)
def test_an_invisible_sign_is_none_of_layout(language: str) -> None:
    """Joiners belong to Persian; directions are the page's business and would stay behind when a text is copied."""
    allowed = {"fa": "\u200c", "ar": "\u200c"}.get(language, "")
    hidden = re.compile("[\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\u00ad]")
    wrong = [
        (one.id, text)
        for one in strings(language)
        for text in texts(one)
        if hidden.search(text.replace(allowed, "") if allowed else text)
    ]
    assert not wrong


@pytest.mark.parametrize("term", TERMS)
@pytest.mark.parametrize("language", TRANSLATED)
def test_the_words_of_the_glossary_are_used(language: str, term: str) -> None:
    assert glossary.stems(language, term), f"locales/glossary says nothing of {term!r}"
    missed, asked = glossary.misses(language, term, by_english(language))
    assert asked
    assert len(missed) <= asked * (1 - LEAST_USED), missed


@pytest.mark.parametrize("language", TRANSLATED)
def test_another_word_for_a_term_would_be_noticed(language: str) -> None:
    """Each term, said with the words for the one after it."""
    for term, other in zip(TERMS, (*TERMS[1:], TERMS[0]), strict=True):
        mistaken = {english: "-".join(glossary.stems(language, other)) for english in by_english(language)}
        missed, asked = glossary.misses(language, term, mistaken)
        if not glossary.stems(language, term) & glossary.stems(language, other):
            assert len(missed) > asked * (1 - LEAST_USED), (term, other)


def file(language: str) -> Path:
    return ROOT / "locales" / languages.folder(language) / "LC_MESSAGES" / "messages.po"


@lru_cache(maxsize=32)
def catalogue(language: str) -> Catalog:
    return read_po(io.BytesIO(file(language).read_bytes()), locale=languages.folder(language))


def compiled(language: str) -> gettext.GNUTranslations:
    """As the product reads it."""
    machine = io.BytesIO()
    write_mo(machine, catalogue(language))
    return gettext.GNUTranslations(io.BytesIO(machine.getvalue()))


def strings(language: str) -> Iterator[Message]:
    return (one for one in catalogue(language) if one.id)


def by_english(language: str) -> dict[str, str]:
    return {english: " / ".join(texts(one)) for one in strings(language) for english in (source(one),)}


def source(one: Message) -> str:
    """The English, of a plural the form for many."""
    return str(one.id if isinstance(one.id, str) else one.id[-1])


def texts(one: Message) -> tuple[str, ...]:
    return tuple(one.string) if isinstance(one.string, (list, tuple)) else (str(one.string),)


def edges(text: str) -> tuple[str, str]:
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
