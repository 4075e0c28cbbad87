"""The words that rise among the chosen texts, as of the last time the worker compared.

Where at most one thing is chosen the worker has written them down; where more is, they are counted now.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from community.insights import queries
from community.insights.models import EVERYTHING
from community.insights.processing.naming import month_name
from community.insights.processing.rising import BEFORE, LATELY, Tallies, people, rising, take
from community.insights.queries.counting import Value


@dataclass(frozen=True)
class Word:
    """``usual`` is None where fewer than five people used it. The rest as ``rising.Risen`` has it."""

    word: str
    language: str
    texts: int
    share: float
    usual: float | None


@dataclass(frozen=True)
class Words:
    """The names of the first and the last month that are compared, and of those they are compared with."""

    rising: list[Word]
    lately: tuple[str, str] | None = None
    before: tuple[str, str] | None = None

    def as_rows(self) -> list[list[object]]:
        """For CSV, as the page shows them."""
        rows: list[list[object]] = [
            [one.word, one.language, one.texts, round(one.share, 1), one.usual and round(one.usual, 1)]
            for one in self.rising
        ]
        return [["word", "language", "texts", "percent", "percent_before"], *rows]


def words(chosen: Mapping[str, Value], *, is_open: bool) -> Words:
    """``is_open`` says whether anything may be said of what is chosen."""
    last = queries.month_compared()
    if last is None or not is_open:
        return Words([])
    since, first = last - LATELY + 1, last - LATELY - BEFORE + 1
    found = _counted(chosen, first, since, last) if len(chosen) > 1 else _written(chosen)
    return Words(found, (month_name(since), month_name(last)), (month_name(first), month_name(since - 1)))


def _written(chosen: Mapping[str, Value]) -> list[Word]:
    by, value = next(iter(chosen.items()), (EVERYTHING, EVERYTHING))
    return [
        Word(one.word, one.language, one.texts, one.share, one.usual) for one in queries.risen(by, str(value))
    ]


def _counted(chosen: Mapping[str, Value], first: int, since: int, last: int) -> list[Word]:
    tallies: Tallies = {}
    for written in people(queries.said(first, last, chosen)):
        take(tallies, since, written)
    found = rising(tallies)
    words_of = queries.words_of([one.term for one in found])
    return [Word(words_of[one.term], one.language, one.texts, one.share, one.usual) for one in found]
