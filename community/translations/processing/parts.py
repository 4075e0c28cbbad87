"""The parts of an original that are said again: its title, its blocks, what is said of its photos.

A part's key is made of its words, so a passage is bound to what it was written for: change a letter of the original,
and the passage belongs to nothing any more.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from community.contributions.models import Revision
from community.kit import markup

KEY_BYTES = 8


class Role(StrEnum):
    TITLE = "title"
    TEXT = "text"
    ALT = "alt"
    CAPTION = "caption"


class Part(NamedTuple):
    """``key`` is "" for what stands as it is in every language: a line between paragraphs, the place of a photo."""

    key: str
    role: Role
    source: str
    photo: str = ""


def parts_of(original: Revision) -> list[Part]:
    """In the order in which they are read; those with equal words are told apart by their place among them."""
    met: Counter[str] = Counter()
    return [_numbered(part, met) for part in _parts(original)]


def to_translate(original: Revision) -> list[Part]:
    return [part for part in parts_of(original) if part.key]


def _parts(original: Revision) -> Iterator[Part]:
    yield Part(_key(Role.TITLE, original.title), Role.TITLE, original.title)
    for block in markup.blocks(original.body):
        yield Part(_key(Role.TEXT, block) if has_words(block) else "", Role.TEXT, block)
    for picture in original.pictures:
        for role, words in ((Role.ALT, picture.alt), (Role.CAPTION, picture.caption)):
            if words:
                yield Part(_key(role, words), role, words, picture.key)


def _numbered(part: Part, met: Counter[str]) -> Part:
    if not part.key:
        return part
    met[part.key] += 1
    return part._replace(key=f"{part.key}-{met[part.key]}")


def _key(role: Role, source: str) -> str:
    return hashlib.blake2b(f"{role}\n{source}".encode(), digest_size=KEY_BYTES).hexdigest()


def has_words(block: str) -> bool:
    return not markup.places_in(markup.render(block)) and any(letter.isalnum() for letter in block)
