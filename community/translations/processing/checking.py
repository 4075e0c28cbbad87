"""What stops a translation before a moderator sees it: a part lost, one added, a machine's words left as they were."""

import hashlib
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from community.contributions.models import LONGEST_ALT, LONGEST_CAPTION, LONGEST_TITLE, Passages, Revision
from community.kit import markup, text
from community.translations.processing.parts import Part, Role, has_words, to_translate

LONGEST = {Role.TITLE: LONGEST_TITLE, Role.ALT: LONGEST_ALT, Role.CAPTION: LONGEST_CAPTION}
SHORTEST_COMPARED = 40  # characters; below this a machine and a person often say the same
MOST_UNCHANGED = 0.6
# A machine does these pairs so well that a person changes less; anything above would be waving it through.
CLOSE = (frozenset({"id", "ms"}), frozenset({"es", "pt"}), frozenset({"nb", "da"}), frozenset({"cs", "sk"}))
MOST_UNCHANGED_BETWEEN_CLOSE = 0.8


class Fault(StrEnum):
    LOST = "lost"
    ADDED = "added"
    TOO_LONG = "too_long"


class Found(NamedTuple):
    """Where something is wrong: the part's number counted from 1, and its key."""

    fault: Fault
    number: int
    key: str


def faults(original: Revision, passages: Passages) -> list[Found]:
    """Each part that is not said, or said in more than one block where the original has one."""
    said = {passage.key: passage.text for passage in passages}
    return list(_faults(to_translate(original), said))


def unchanged_share(passages: Passages) -> float:
    """How much of the text is as a machine proposed it, from 0 to 1, counted in characters."""
    total = sum(len(one.text) for one in passages)
    unchanged = sum(len(one.text) for one in passages if is_as_proposed(one.text, one.machine))
    return unchanged / total if total >= SHORTEST_COMPARED else 0.0


def most_unchanged(original: str, target: str) -> float:
    """The share of a machine's words a translation between two languages may keep."""
    return MOST_UNCHANGED_BETWEEN_CLOSE if {original, target} in CLOSE else MOST_UNCHANGED


def fingerprint(words: str) -> str:
    """The same for texts that differ in white space only."""
    return hashlib.blake2b(" ".join(words.split()).encode(), digest_size=8).hexdigest()


def is_as_proposed(words: str, machine: str) -> bool:
    return bool(machine) and fingerprint(words) == machine


def _faults(parts: list[Part], said: dict[str, str]) -> Iterator[Found]:
    for number, part in enumerate(parts, 1):
        words = said.get(part.key, "")
        if text.is_blank(words):
            yield Found(Fault.LOST, number, part.key)
        elif part.role is Role.TEXT and len(markup.blocks(words)) != 1:
            yield Found(Fault.ADDED, number, part.key)
        elif part.role is Role.TEXT and not has_words(words):
            # A line by itself would part the text, and an idea's halves, where the original does not.
            yield Found(Fault.LOST, number, part.key)
        elif len(words) > LONGEST.get(part.role, len(words)):
            yield Found(Fault.TOO_LONG, number, part.key)
