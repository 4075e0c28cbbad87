"""Listed words found in a text, as whole words, in every script.

What may differ and where words begin and end is ``kit/folding.py``'s. One thing more is looked at here: accents. One
that the text or the list leaves out is passed over, so that "do ngu" is found by "đồ ngu" and "naïve" by "naive"; but
two different ones make two words. Vietnamese could have no list otherwise: the tones alone part its rudest words from
its most usual ones.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby, zip_longest

from community.contributions.models import LONGEST_FINDING
from community.kit import folding

ENDINGS = "*"
"""At the end of a listed word: with any ending, for languages that put theirs onto the word."""

Entries = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Match:
    """A listed word, and where it stands in the text."""

    word: str
    start: int
    end: int


@dataclass
class _Step:
    """Where the pieces read so far lead: to further ones, to a whole word, to the beginning of words."""

    next: "dict[str, _Step]" = field(default_factory=dict)
    word: str = ""
    beginnings: dict[str, str] = field(default_factory=dict)
    lengths: tuple[int, ...] = ()


Hit = tuple[int, int, str]


def find(text: str, entries: Entries) -> list[Match]:
    """The listed words in a text, in their order; ``entries`` holds (word, folded) pairs.

    Takes time in the length of the text and not of the list. The list is read into a tree once and kept under its
    own words, so that no worker can go by an older one.
    """
    if not entries:
        return []
    first = _read(entries)
    pieces = folding.pieces(folding.fold(text))
    hits = list(_hits(pieces, first))
    return list(_confirmed(text, hits)) if hits else []


def listed_form(word: str) -> str:
    """How a listed word is kept; empty when it begins or ends with what is not compared ("a$$" would find each "a")."""
    ending = ENDINGS if word.endswith(ENDINGS) else ""
    folded = folding.fold(word).strip(folding.GAP)
    is_whole = folded and folded == folded.strip(folding.STOP)
    return folded + ending if is_whole else ""


def named(text: str, matches: Sequence[Match]) -> str:
    """What was found as it stands in the text, each once, as much of it as a finding holds."""
    found = dict.fromkeys(" ".join(text[match.start : match.end].split()) for match in matches)
    words = ""
    for one in found:
        longer = f"{words}, {one}" if words else one
        if len(longer) > LONGEST_FINDING:
            return words or one[:LONGEST_FINDING]
        words = longer
    return words


def marked(text: str, matches: Sequence[Match]) -> list[tuple[str, bool]]:
    """The text in parts, and of each whether it was found."""
    found = bytearray(len(text))
    for match in matches:
        found[match.start : match.end] = b"\1" * (match.end - match.start)
    parts, start = [], 0
    for is_found, run in groupby(found):
        end = start + sum(1 for _ in run)
        parts.append((text[start:end], bool(is_found)))
        start = end
    return parts


@lru_cache(maxsize=32)
def _read(entries: Entries) -> _Step:
    first = _Step()
    for word, folded in entries:
        has_endings = folded.endswith(ENDINGS)
        *before, last = folding.pieces(folded.removesuffix(ENDINGS))
        step = first
        for piece in before:
            step = step.next.setdefault(piece, _Step())
        if has_endings:
            step.beginnings[last] = word
            step.lengths = tuple(sorted({*step.lengths, len(last)}))
        else:
            step.next.setdefault(last, _Step()).word = word
    return first


def _hits(pieces: Sequence[str], first: _Step) -> Iterator[Hit]:
    """(first piece, last piece, listed word)."""
    for start, opening in enumerate(pieces):
        if opening not in first.next and not first.lengths:
            continue
        step: _Step | None = first
        for place in range(start, len(pieces)):
            if step is None:
                break
            piece = pieces[place]
            yield from ((start, place, word) for word in _begun(piece, step))
            step = step.next.get(piece)
            if step is not None and step.word:
                yield start, place, step.word


def _begun(piece: str, step: _Step) -> Iterator[str]:
    for length in step.lengths:
        word = step.beginnings.get(piece[:length])
        if word and not folding.ends_within(piece, length):
            yield word


def _confirmed(text: str, hits: Sequence[Hit]) -> Iterator[Match]:
    """Those of the hits that no accent speaks against."""
    folded, places = folding.fold_with_places(text)
    spans = [(start, end) for _piece, start, end in folding.pieces_with_places(folded)]
    judged: dict[tuple[str, str], bool] = {}
    for first, last, word in hits:
        start, end = places[spans[first][0]], _after_marks(text, places[spans[last][1] - 1] + 1)
        key = (text[start:end], word)
        if key not in judged:
            judged[key] = _agree(*key)
        if judged[key]:
            yield Match(word, start, end)


def _after_marks(text: str, end: int) -> int:
    """A letter's marks stand after it and belong to it, though they are folded away."""
    while end < len(text) and unicodedata.category(text[end])[0] == "M":
        end += 1
    return end


def _agree(found: str, word: str) -> bool:
    """Whether no letter has one accent in the text and another one in the list."""
    listed = folding.letters(word.removesuffix(ENDINGS))
    written = folding.letters(found)[: len(listed)]
    return all(
        not (here and there) or here == there
        for (_, here), (_, there) in zip_longest(written, listed, fillvalue=("", ""))
    )
