"""Words into terms, the same for what is found and for what is asked.

Where spaces part words, a term is a word; elsewhere it is two signs that stand beside each other, so that nobody needs
a dictionary to find one. ``kit/folding.py`` says which differences do not count.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from community.kit import folding

LONGEST = 64  # characters; of a longer word its beginning counts


def terms(words: str) -> Iterator[str]:
    """In the order of the words, as often as each stands there."""
    for run in runs(words):
        if isinstance(run, str):
            yield run
        else:
            yield from ((one + other)[:LONGEST] for one, other in pairwise(run))
            yield run[-1]  # nothing follows it, and it is to be found by itself


def runs(words: str) -> Iterator[str | Sequence[str]]:
    """Words where spaces part them; elsewhere the signs that stand beside each other."""
    run: list[str] = []
    for piece in folding.pieces(folding.fold(words)):
        if signs := folding.signs(piece):
            run += (sign[:LONGEST] for sign in signs)
            continue
        if run:
            yield run
            run = []
        if piece not in (folding.GAP, folding.STOP):
            yield piece[:LONGEST]
    if run:
        yield run


def is_unspaced(term: str) -> bool:
    """Whether it is of a script that does not part its words."""
    return bool(folding.signs(term))
