"""What of a page in a pseudo-language stands outside of the brackets and is no content: words nobody can translate.

Content is what people wrote (marked with its language, or isolated where it is a name), code, moments and ovals; the
names and units that CLDR knows; and, only where there is no room for marking, texts known to come from the database.
"""

import re
from collections.abc import Collection, Iterator, Mapping

from babel import Locale
from bs4 import BeautifulSoup
from bs4.element import NavigableString, PreformattedString, Tag

from community.kit import countries, languages, zones
from tests.helpers.pseudo import CLOSES, OPENS

# What is read to somebody, or shown beside the words.
ATTRIBUTES = (
    "alt",
    "aria-description",
    "aria-label",
    "aria-roledescription",
    "data-label",
    "label",
    "placeholder",
    "title",
)
CONTENT = frozenset({"bdi", "code", "kbd", "pre", "time", "textarea", "script", "style", "svg"})
OF_FEEDS = frozenset({"id", "name", "published", "updated", "uri"})
UNMARKABLE = frozenset({"title", "option"})
WORD = re.compile(r"[^\W\d_]{2,}")
ADDRESS = re.compile(r"\w+://\S+")
BETWEEN = re.compile(r"\s*(?:[,·•–—:;()/%]|\bund\b)\s*")


class Reader:
    """Reads pages whose real language is ``language``; ``texts`` are what the database says in it or in any other."""

    def __init__(self, language: str, texts: Collection[str], names: Collection[str]) -> None:
        """``texts`` may stand anywhere, ``names`` where they cannot be marked."""
        self._tag = languages.tag(language)
        of_cldr = [name for kind in (countries, languages, zones) for _, name in kind.choices(language)]
        own_names = [languages.interface_name(code) for code in languages.INTERFACE]
        self._texts = _any_of([*texts, *of_cldr])
        self._names = _any_of([*texts, *of_cldr, *names, *own_names])
        self._given = _any_of(names)
        self._units = {word for text in _of_cldr(Locale.parse(language)) for word in WORD.findall(text)}

    def finds(self, soup: BeautifulSoup) -> Iterator[str]:
        """Each with its place: ``a: Read it``, ``button[title]: Close``."""
        depth = 0
        for one in soup.descendants:
            if isinstance(one, Tag):
                yield from self._of_attributes(one)
            elif isinstance(one, NavigableString) and not isinstance(one, PreformattedString):
                words, depth = _outside(ADDRESS.sub("", str(one)), depth)
                tag = one.parent
                if (
                    tag is not None
                    and not self._is_content(tag)
                    and self._is_left(words, tag.name in UNMARKABLE)
                ):
                    yield f"{tag.name}: {' '.join(words.split())}"

    def finds_in_plain(self, text: str) -> Iterator[str]:
        """In a letter, where nothing can be marked: line by line."""
        words, _ = _outside(ADDRESS.sub("", text), 0)
        yield from (line.strip() for line in words.splitlines() if self._is_left(line, True))

    def finds_loose(self, soup: BeautifulSoup) -> Iterator[str]:
        """Names that would turn around the words beside them, because nothing isolates them."""
        for one in soup.find_all(string=self._given):
            tag = one.parent
            if tag is not None and tag.name not in UNMARKABLE and not self._is_content(tag):
                yield f"{tag.name}: {' '.join(one.split())}"

    def _of_attributes(self, tag: Tag) -> Iterator[str]:
        shown = [name for name in ATTRIBUTES if tag.get(name)]
        if tag.name == "input" and tag.get("type") in ("submit", "button", "reset"):
            shown.append("value")
        if tag.name == "meta" and tag.get("name") == "description":
            shown.append("content")
        if shown and not self._is_content(tag):
            for name in shown:
                words, _ = _outside(str(tag[name]), 0)
                if self._is_left(words, True):
                    yield f"{tag.name}[{name}]: {words}"

    def _is_content(self, tag: Tag) -> bool:
        return any(
            one.name in CONTENT | OF_FEEDS
            or one.get("translate") == "no"
            or one.get("dir") == "auto"
            or str(one.get("lang", one.get("xml:lang", self._tag))) != self._tag
            for one in (tag, *tag.parents)
        )

    def _is_left(self, words: str, may_name: bool) -> bool:
        if not WORD.search(words):
            return False
        plain = (self._names if may_name else self._texts).sub(" ", " ".join(words.split()))
        return any(not {*WORD.findall(part)} <= self._units for part in BETWEEN.split(plain))


def _any_of(texts: Collection[str]) -> re.Pattern[str]:
    """The longest first, so that none is found inside another."""
    plain = sorted({" ".join(text.split()) for text in texts if text.strip()}, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, plain))})(?!\w)")


def _of_cldr(locale: Locale) -> Iterator[str]:
    """The words of dates, lengths of time and distances."""
    yield from _leaves([*locale.months.values(), *locale.days.values()])
    for kind in ("unit_patterns", "unit_display_names", "date_fields"):
        yield from _leaves(locale._data[kind])


def _leaves(tree: object) -> Iterator[str]:
    if isinstance(tree, str):
        yield tree
    elif isinstance(tree, Mapping):
        yield from (leaf for branch in tree.values() for leaf in _leaves(branch))
    elif isinstance(tree, list | tuple):
        yield from (leaf for branch in tree for leaf in _leaves(branch))


def _outside(text: str, depth: int) -> tuple[str, int]:
    kept = []
    for letter in text:
        depth += letter == OPENS
        if depth <= 0:
            kept.append(letter)
        depth -= letter == CLOSES
    return "".join(kept), depth
