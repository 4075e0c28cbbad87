"""Which words have risen: those which stand in more of the last texts than those before would make one expect.

A word is a word of a language, and is held against the texts in that language alone; or all words of a language would
rise as soon as more people write in it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from math import sqrt
from typing import NamedTuple

from community.insights.models import FEWEST
from community.insights.processing.packing import unpacked
from community.insights.queries import Said

LATELY, BEFORE = 3, 9
"""Full months that are compared, and those they are compared with."""
MOST_WORDS = 40
NEARLY_EVERY = 0.6
"""Of texts; what stands in more of them says nothing about them."""
RISEN = 2.0
"""Standard errors above what was usual: by chance alone one word in forty looks as if it had risen so far."""


class Risen(NamedTuple):
    """A term by its number. ``texts`` is rounded down to fives, so that no subtraction leads to fewer than five people.

    ``share`` and ``usual`` are of a hundred texts in its language, lately and before, made of numbers rounded alike;
    ``usual`` is None where fewer than five people used it.
    """

    term: int
    language: str
    texts: int
    share: float
    usual: float | None


@dataclass
class Span:
    """How many texts there are of some months, and by term how many have it and how many people wrote those."""

    texts: int = 0
    uses: Counter[int] = field(default_factory=Counter)
    people: Counter[int] = field(default_factory=Counter)

    def take(self, texts: list[tuple[int, ...]]) -> None:
        """All that one person wrote."""
        self.texts += len(texts)
        for terms in texts:
            self.uses.update(terms)
        self.people.update(texts[0] if len(texts) == 1 else set().union(*texts))


@dataclass
class Tally:
    """Of one language."""

    before: Span = field(default_factory=Span)
    lately: Span = field(default_factory=Span)


Tallies = dict[str, Tally]


def people(texts: Iterable[Said]) -> Iterator[list[tuple[Said, tuple[int, ...]]]]:
    """What each person wrote, with its terms; ``texts`` have to come person by person."""
    for _author, theirs in groupby(texts, key=lambda said: said.author_id):
        yield [(said, unpacked(said.terms)) for said in theirs]


def take(tallies: Tallies, since: int, written: Iterable[tuple[Said, tuple[int, ...]]]) -> None:
    """All of one person's texts that count here; those from the month ``since`` on are the last ones."""
    spans: dict[tuple[str, bool], list[tuple[int, ...]]] = {}
    for said, terms in written:
        spans.setdefault((said.language, said.month >= since), []).append(terms)
    for (language, is_late), texts in spans.items():
        tally = tallies.setdefault(language, Tally())
        (tally.lately if is_late else tally.before).take(texts)


def rising(tallies: Mapping[str, Tally]) -> list[Risen]:
    """The furthest risen first. Nothing has risen as long as there is nothing to compare with."""
    found = (
        (-rise, term, language, tally)
        for language, tally in tallies.items()
        if tally.before.texts and tally.lately.texts
        for term, rise in _risen(tally)
    )
    first = sorted(found, key=lambda one: one[:3])[:MOST_WORDS]
    return [_as_shown(term, language, tally) for _rise_of, term, language, tally in first]


def _risen(tally: Tally) -> Iterator[tuple[int, float]]:
    most = NEARLY_EVERY * tally.lately.texts
    for term, people_of in tally.lately.people.items():
        if people_of >= FEWEST and tally.lately.uses[term] <= most:
            rise = _rise(term, tally)
            if rise >= RISEN:
                yield term, rise


def _rise(term: int, tally: Tally) -> float:
    """How far apart the two shares are, in standard errors (the test of two proportions, half a text added to each)."""
    late, early = tally.lately.texts + 1, tally.before.texts + 1
    lately, before = tally.lately.uses[term] + 0.5, tally.before.uses[term] + 0.5
    pooled = (lately + before) / (late + early)
    return (lately / late - before / early) / sqrt(pooled * (1 - pooled) * (1 / late + 1 / early))


def _as_shown(term: int, language: str, tally: Tally) -> Risen:
    return Risen(
        term,
        language,
        _in_fives(tally.lately.uses[term]),
        _share(term, tally.lately),
        _share(term, tally.before) if tally.before.people[term] >= FEWEST else None,
    )


def _share(term: int, span: Span) -> float:
    return 100 * _in_fives(span.uses[term]) / _in_fives(span.texts)


def _in_fives(texts: int) -> int:
    return texts - texts % FEWEST
