"""The glossaries, read as tables: which words a language has for the community's terms, and where they were not used.

A row is ``| English | words | note |``. Where both cells name as many things, the third English one is the third of the
others; otherwise every word of the row will do. What counts of a word is its beginning, since endings bend.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from community.config import ROOT
from community.kit import languages

ROW = re.compile(r"^\| (?P<english>[^|\n]+) \| (?P<words>[^|\n]+) \|[^|\n]*\|$", re.MULTILINE)
ASIDE = re.compile(r"\([^)]*\)|（[^）]*）")
BETWEEN = re.compile(r"[,;،؛、，；]")
# Written without spaces, or with one inside words: a phrase is looked for whole.
WHOLE = frozenset({"th", "vi", "zh"})
# What goes before a noun, or makes one of a verb.
BEFORE = {"ar": re.compile("^ال"), "th": re.compile("^(?:คา|การ)")}
ENGLISH_PLURALS = {"story": "stories"}
PLACE = re.compile(r"%\(\w+\)[a-z]|\{\w+\}")


@dataclass(frozen=True)
class Miss:
    """A string in which the term was not said with its word."""

    english: str
    translated: str


@cache
def stems(language: str, term: str) -> frozenset[str]:
    """What the translations of a term contain; empty where the glossary does not have it."""
    text = (ROOT / "locales" / "glossary" / f"{languages.folder(language)}.md").read_text("utf-8")
    found: set[str] = set()
    rows = [(_parts(row["english"]), _parts(row["words"])) for row in ROW.finditer(text)]
    for english, words in rows if any(term in english for english, _ in rows) else ():
        # "Wanted translations" may be said without the word for a translation.
        for place in (number for number, part in enumerate(english) if _term(term).search(part)):
            found |= {words[place]} if len(english) == len(words) > 1 else {*words}
    return frozenset(_stem(phrase, language) for phrase in found)


def misses(language: str, term: str, strings: Mapping[str, str]) -> tuple[list[Miss], int]:
    """The strings whose English has the term and whose translation has none of its words; of how many."""
    asked = [Miss(*pair) for pair in strings.items() if _term(term).search(PLACE.sub("", pair[0]))]
    wanted = stems(language, term)
    return [one for one in asked if not any(stem in folded(one.translated) for stem in wanted)], len(asked)


@cache
def folded(text: str) -> str:
    """Without case, marks and joiners; Arabic's bound t as the open one it becomes before an ending."""
    apart = unicodedata.normalize("NFKD", text.casefold().replace("ı", "i").replace("ة", "ت"))
    return "".join(letter for letter in apart if unicodedata.category(letter) not in ("Mn", "Cf"))


@cache
def _term(term: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{term}s?|{ENGLISH_PLURALS.get(term, term)})\b", re.IGNORECASE)


def _parts(cell: str) -> list[str]:
    return [part.strip(" …“”„") for part in BETWEEN.split(ASIDE.sub("", cell)) if part.strip()]


def _stem(phrase: str, language: str) -> str:
    """Of a phrase ("jemand aus der Moderation") the longest word, which is none of grammar."""
    word = folded(phrase) if language in WHOLE else max(folded(phrase).split(), key=len)
    bare = BEFORE[language].sub("", word) if language in BEFORE else word
    return bare if language in WHOLE else bare[: max(3, len(bare) - 2)]
