"""The words that rise, as the worker found them when the last month was over."""

from dataclasses import dataclass

from community.insights import queries
from community.insights.models import InsightWord
from community.insights.processing.naming import month_name
from community.insights.processing.rising import BEFORE, LATELY


@dataclass(frozen=True)
class Words:
    """The names of the first and the last month that are compared, and of those they are compared with."""

    rising: list[InsightWord]
    lately: tuple[str, str] | None
    before: tuple[str, str] | None

    def as_rows(self) -> list[list[object]]:
        """For CSV, as the page shows them."""
        rows = [[one.word, one.texts, round(one.share, 1), round(one.usual, 1)] for one in self.rising]
        return [["word", "texts", "percent", "percent_before"], *rows]


def words(language: str = "") -> Words:
    """Of one language, or of all."""
    found = queries.risen(language)
    if not found:
        return Words([], None, None)
    last = found[0].month
    since, first = last - LATELY + 1, last - LATELY - BEFORE + 1
    return Words(found, (month_name(since), month_name(last)), (month_name(first), month_name(since - 1)))
