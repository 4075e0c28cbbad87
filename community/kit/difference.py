"""What changed between two Markdown texts: paragraph by paragraph, and word by word inside a paragraph.

Owns the comparison, within a bounded amount of work. Leaves colours and wording to the templates and the
choice of revisions to the rooms that have them.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

Kind = Literal["same", "added", "removed", "changed"]
PieceKind = Literal["same", "added", "removed"]

MOST_PARAGRAPH_PAIRS = 40_000
MOST_WORD_PAIRS = 8_000_000
MOST_EQUAL_WORD_PAIRS = 200_000
MOST_ALIGNED_PAIRS = 10_000
"""Beyond these the comparison gets coarser, not slower: under a second for two texts of 40,000 characters."""

LEAST_LIKENESS = 0.4
"""Share of words two paragraphs must have in common to be shown as one that changed."""

_BLANK_LINES = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")
# Han, kana, Thai, Lao, Myanmar, Khmer: written without spaces, compared by character.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3041-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9d\U00020000-\U0003ffff]"
)


class Piece(NamedTuple):
    kind: PieceKind
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """One paragraph, or one that became another. `old` is '' when added, `new` is '' when removed.

    Only 'changed' has pieces: without the added ones they spell `old`, without the removed ones `new`.
    """

    kind: Kind
    old: str
    new: str
    pieces: tuple[Piece, ...] = ()


class _Span(NamedTuple):
    equal: bool
    old_from: int
    old_to: int
    new_from: int
    new_to: int


def paragraphs(old: str, new: str) -> list[Change]:
    """The paragraphs of both texts in reading order, what was removed before what came in its place."""
    before, after = split(old), split(new)
    word_pairs_left = [MOST_WORD_PAIRS, MOST_EQUAL_WORD_PAIRS]
    changes: list[Change] = []
    for span in _spans(before, after, [MOST_PARAGRAPH_PAIRS, MOST_PARAGRAPH_PAIRS]):
        was, becomes = before[span.old_from : span.old_to], after[span.new_from : span.new_to]
        if span.equal:
            changes += [Change("same", text, text) for text in becomes]
        else:
            changes += _replaced(was, becomes, word_pairs_left)
    return changes


def split(text: str) -> list[str]:
    """Paragraphs: what stands between blank lines."""
    return [paragraph for paragraph in _BLANK_LINES.split(text.strip("\n")) if paragraph.strip()]


def _replaced(was: Sequence[str], becomes: Sequence[str], word_pairs_left: list[int]) -> Iterator[Change]:
    at_old = at_new = 0
    for i, j in [*_alike(was, becomes), (len(was), len(becomes))]:
        yield from (Change("removed", text, "") for text in was[at_old:i])
        yield from (Change("added", "", text) for text in becomes[at_new:j])
        if i < len(was):
            yield Change("changed", was[i], becomes[j], _pieces(was[i], becomes[j], word_pairs_left))
        at_old, at_new = i + 1, j + 1


def _alike(was: Sequence[str], becomes: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of paragraphs, rising on both sides, that together have the greatest likeness."""
    if len(was) * len(becomes) > MOST_ALIGNED_PAIRS:
        return []
    olds, news = [Counter(_words(text)) for text in was], [Counter(_words(text)) for text in becomes]
    likeness = [[_likeness(a, b) for b in news] for a in olds]
    best = [[0.0] * (len(news) + 1) for _ in range(len(olds) + 1)]
    for i in reversed(range(len(olds))):
        for j in reversed(range(len(news))):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], likeness[i][j] + best[i + 1][j + 1])
    return list(_path(best, likeness))


def _path(best: list[list[float]], likeness: list[list[float]]) -> Iterator[tuple[int, int]]:
    i = j = 0
    while i < len(likeness) and j < len(likeness[0]):
        if likeness[i][j] and best[i][j] == likeness[i][j] + best[i + 1][j + 1]:
            yield i, j
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1


def _likeness(a: "Counter[str]", b: "Counter[str]") -> float:
    share = 2 * (a & b).total() / (a.total() + b.total())
    return share if share >= LEAST_LIKENESS else 0.0


def _pieces(old: str, new: str, word_pairs_left: list[int]) -> tuple[Piece, ...]:
    before, after = _words(old), _words(new)
    pieces: list[Piece] = []
    for span in _spans(before, after, word_pairs_left):
        was = "".join(before[span.old_from : span.old_to])
        becomes = "".join(after[span.new_from : span.new_to])
        if span.equal:
            pieces.append(Piece("same", was))
        else:
            pieces += [piece for piece in (Piece("removed", was), Piece("added", becomes)) if piece.text]
    return tuple(pieces)


def _spans(before: Sequence[str], after: Sequence[str], pairs_left: list[int]) -> Iterator[_Span]:
    """Equal and unequal stretches in order. What `pairs_left` cannot pay for is one unequal stretch.

    The common beginning and end cost nothing, so that one edit in a text of any length is found exactly.
    """
    head = _common(before, after)
    tail = _common(before[head:][::-1], after[head:][::-1])
    old_end, new_end = len(before) - tail, len(after) - tail
    middle = [_Span(False, head, old_end, head, new_end)]
    if _affordable(before[head:old_end], after[head:new_end], pairs_left):
        matcher = SequenceMatcher(None, before[head:old_end], after[head:new_end], autojunk=False)
        middle = [
            _Span(tag == "equal", head + i1, head + i2, head + j1, head + j2)
            for tag, i1, i2, j1, j2 in matcher.get_opcodes()
        ]
    ends = [_Span(True, 0, head, 0, head), _Span(True, old_end, len(before), new_end, len(after))]
    for span in (ends[0], *middle, ends[1]):
        if span.old_from < span.old_to or span.new_from < span.new_to:
            yield span


def _common(a: Sequence[str], b: Sequence[str]) -> int:
    for place, (left, right) in enumerate(zip(a, b, strict=False)):
        if left != right:
            return place
    return min(len(a), len(b))


def _affordable(before: Sequence[str], after: Sequence[str], pairs_left: list[int]) -> bool:
    """Takes the price from `pairs_left`: all pairs, and the equal ones, which the matcher walks repeatedly."""
    counts = Counter(after)
    price = len(before) * len(after), sum(counts[word] for word in before)
    if any(cost > left for cost, left in zip(price, pairs_left, strict=True)):
        return False
    pairs_left[:] = [left - cost for cost, left in zip(price, pairs_left, strict=True)]
    return True


def _words(text: str) -> list[str]:
    """A word with the white space after it, a mark of punctuation, or one character of an unspaced script."""
    words: list[str] = []
    last = ""
    for character in text:
        kind = _kind(character, last)
        if words and (kind in ("mark", "space") or kind == last == "word"):
            words[-1] += character
        else:
            words.append(character)
        last = last if kind == "mark" else kind
    return words


def _kind(character: str, last: str) -> str:
    if character.isspace():
        return "space"
    if unicodedata.category(character) in ("Mn", "Me", "Mc", "Cf"):
        return "mark"
    if _UNSPACED.match(character):
        return "character"
    if character.isalnum() or (last == "word" and character in "'\u2019"):
        return "word"
    return "sign"
