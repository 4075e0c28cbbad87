"""Which words have risen: those which stand in more of the last texts than those before would make one expect."""

from collections.abc import Sequence
from math import sqrt
from typing import NamedTuple

from community.insights.queries import Used

LATELY, BEFORE = 3, 9
"""Full months that are compared, and those they are compared with."""
MOST_WORDS = 40
NEARLY_EVERY = 0.6
"""Of texts; what stands in more of them says nothing about them."""
RISEN = 2.0
"""Standard errors above what was usual: by chance alone one word in forty looks as if it had risen so far."""


class Risen(NamedTuple):
    """``share`` and ``usual`` are of a hundred texts, lately and before."""

    word: str
    texts: int
    share: float
    usual: float


def rising(every: Used, found: Sequence[Used]) -> list[Risen]:
    """The furthest risen first. Nothing has risen as long as there is nothing to compare with."""
    if not every.before or not every.lately:
        return []
    scored = [(_rise(one, every), one) for one in found if one.lately <= NEARLY_EVERY * every.lately]
    risen = sorted((-rise, one.term, one) for rise, one in scored if rise >= RISEN)
    return [
        Risen(
            one.word or one.term,
            one.lately,
            100 * one.lately / every.lately,
            100 * one.before / every.before,
        )
        for _rise_of, _term, one in risen[:MOST_WORDS]
    ]


def _rise(one: Used, every: Used) -> float:
    """How far apart the two shares are, in standard errors (the test of two proportions, half a text added to each)."""
    lately, before = (one.lately + 0.5) / (every.lately + 1), (one.before + 0.5) / (every.before + 1)
    pooled = (one.lately + one.before + 1) / (every.lately + every.before + 2)
    return (lately - before) / sqrt(pooled * (1 - pooled) * (1 / (every.lately + 1) + 1 / (every.before + 1)))
