"""What a machine proposes for the empty parts of a translation: a draft to read against the original, never more.

Owns what a machine is asked, and what of its answer is put into a draft. The asking itself takes seconds, and is done
between two transactions: `proposals` needs no row.
"""

from collections.abc import Iterator, Mapping
from itertools import accumulate
from typing import NamedTuple

from community.contributions import actions as contributions
from community.contributions import queries as contribution_queries
from community.contributions.models import LONGEST_BODY, Contribution
from community.kit import languages, limits, machine, markup, text
from community.kit.errors import Conflict
from community.translations.actions.writing import Typed, keep, obstacle
from community.translations.models import Translation
from community.translations.processing import checking
from community.translations.processing.parts import Part, Role, parts_of, to_translate

PROPOSALS = limits.Limit("machine", times=30, seconds=3600)
MOST_ASKED = 2_000
"""Characters of an original at once: what a machine can say again in three seconds. The next click goes on."""
BETWEEN_BLOCKS = 2
"""Characters that stand between two blocks of a body."""


class Question(NamedTuple):
    """Parts of a public original, in a language, that are to be said in another one."""

    parts: tuple[Part, ...]
    source: str
    target: str


def question(translation: Translation, thing: Contribution) -> Question:
    """The first parts its newest text does not say, as many as can be asked at once, and at least one.

    Raises Conflict for an original that not everybody may read, or whose author takes no translations.
    """
    original, reason = thing.live_revision, obstacle(thing)
    if original is None or reason:
        raise Conflict(reason or contributions.STALE)
    said = _said(translation)
    empty = [part for part in to_translate(original) if text.is_blank(said.get(part.key, ""))]
    source = original.language if languages.is_language(original.language) else machine.GUESS
    return Question(_first(empty), source, translation.language)


def proposals(asked: Question) -> dict[str, str]:
    """By key, what a machine makes of each part, where that fits its place. Raises Unanswered."""
    if not asked.parts:
        return {}
    answers = machine.translate([part.source for part in asked.parts], asked.source, asked.target)
    fitting = {part.key: _fitting(part.role, words) for part, words in zip(asked.parts, answers, strict=True)}
    return {key: words for key, words in fitting.items() if words}


def prefill(translation: Translation, thing: Contribution, proposed: Mapping[str, str]) -> int:
    """Put them where nothing is said by now, marked as the machine's; how many there were. Raises Conflict."""
    said, original = _said(translation), thing.live_revision
    parts = parts_of(original) if original is not None else []
    put = dict(_put(parts, said, proposed))
    if put:
        marks = {key: checking.fingerprint(words) for key, words in put.items()}
        keep(translation, thing, Typed({**said, **put}, marks), sequence=None)
    return len(put)


def _said(translation: Translation) -> dict[str, str]:
    newest = contribution_queries.newest_revision(translation.id)
    return {one.key: one.text for one in newest.passages} if newest else {}


def _first(parts: list[Part]) -> tuple[Part, ...]:
    lengths = accumulate(len(part.source) for part in parts)
    within = sum(length <= MOST_ASKED for length in lengths)
    return tuple(parts[: max(1, within)])


def _put(
    parts: list[Part], said: Mapping[str, str], proposed: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """In the order of the original, as far as there is room in a body."""
    blocks = (said.get(part.key, "") if part.key else part.source for part in parts if part.role is Role.TEXT)
    room = LONGEST_BODY - sum(len(block) + BETWEEN_BLOCKS for block in blocks)
    for part in parts:
        words = proposed.get(part.key, "")
        if not words or not text.is_blank(said.get(part.key, "")):
            continue
        if part.role is Role.TEXT:
            if len(words) > room:
                continue
            room -= len(words)
        yield part.key, words


def _fitting(role: Role, answer: str) -> str:
    """As if it had been typed, and no longer than its place; "" for what a translator could not have sent either."""
    try:
        words = text.normalise(answer[: LONGEST_BODY + 1], multiline=True)
    except text.UnfitText:
        return ""
    if text.is_blank(words) or len(words) > LONGEST_BODY:
        return ""
    if role is not Role.TEXT:
        return text.excerpt(words, checking.LONGEST[role]) if "\n" not in words else ""
    is_one_block = len(markup.blocks(words)) == 1 and not markup.photos_in(words)
    return words if is_one_block else ""
