"""The words of the months that are over: read by the worker, some texts at a time, and written in one go."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, insert

from community.insights import queries
from community.insights.models import ALL_LANGUAGES, ALL_TEXTS, FEWEST, InsightMonth, InsightTerm, InsightWord
from community.insights.processing.rising import BEFORE, LATELY, rising
from community.insights.queries import Text
from community.kit import clock, db, jobs, markup, unit_of_work
from community.kit.months import number
from community.kit.terms import is_unspaced, terms

READ = "insights.words"
AT_ONCE = 500
MOST_MONTHS = 24
"""How far back words are compared."""
SHORTEST = 3
"""Letters, where spaces part words; elsewhere a term is two signs."""
AROUND = "".join(chr(code) for code in range(128) if not chr(code).isalnum()) + "«»“”„‘’‚…–—¿¡。、！？؟،؛"


@dataclass
class Tally:
    """Of one term: its texts, and of the people who wrote them as many as are needed to be enough."""

    texts: int = 0
    authors: set[int] = field(default_factory=set)
    words: Counter[str] = field(default_factory=Counter)


Tallies = dict[tuple[str, str], Tally]


def count_words(_number: int, _payload: dict[str, Any]) -> None:
    """The job of each day: months that are over and not counted, or changed since. To do it twice is harmless."""
    with db.writing(False):
        months = unread_months()
        db.session.rollback()
    for month in months:
        read_month(month)
    compare()


def compare() -> None:
    """Find the words that have risen by now, of each language and of all: the pages only read them."""
    last = number(clock.now()) - 1
    since, first = last - LATELY + 1, last - LATELY - BEFORE + 1
    with db.writing(False):
        found = {
            language: rising(*queries.used(first, since, last, language))
            for language in (ALL_LANGUAGES, *queries.languages_read(since, last))
        }
        db.session.rollback()
    rows = [
        {"language": language, "place": place, "month": last, **word._asdict()}
        for language, words in found.items()
        for place, word in enumerate(words)
    ]
    with unit_of_work.transaction():
        db.session.execute(delete(InsightWord))
        if rows:
            db.session.execute(insert(InsightWord), rows)


def unread_months() -> list[int]:
    """Newest first; MOST_MONTHS at most."""
    last = number(clock.now()) - 1
    return queries.unread_months(last - MOST_MONTHS + 1, last)


def read_month(month: int) -> None:
    """Read its texts while everybody goes on writing; then replace what was counted, in one transaction.

    The month is fresh from before the reading on: what changes meanwhile makes it stale again.
    """
    with unit_of_work.transaction():
        _set_fresh(month)
    found: Tallies = {}
    last: int | None = 0
    while last is not None:
        with db.writing(False):
            texts = queries.texts_of_month(month, last, AT_ONCE)
            db.session.rollback()
        for text in texts:
            _take(found, text)
        last = texts[-1].contribution_id if len(texts) == AT_ONCE else None
    with unit_of_work.transaction():
        db.session.execute(delete(InsightTerm).where(InsightTerm.month == month))
        rows = [
            {
                "month": month,
                "language": language,
                "term": term,
                "word": tally.words.most_common(1)[0][0] if tally.words else term,
                "texts": tally.texts,
                "people": len(tally.authors),
            }
            for (language, term), tally in found.items()
            if len(tally.authors) >= FEWEST
        ]
        if rows:
            db.session.execute(insert(InsightTerm), rows)


def _set_fresh(month: int) -> None:
    row = db.insert(InsightMonth).values(month=month, is_stale=False)
    db.session.execute(row.on_conflict_do_update(index_elements=["month"], set_={"is_stale": False}))


def _take(found: Tallies, text: Text) -> None:
    written = dict(_words(f"{text.title}\n{markup.plain(text.html)}"))
    for term, word in [*written.items(), (ALL_TEXTS, "")]:
        tally = found.setdefault((text.language, term), Tally())
        tally.texts += 1
        tally.words[word] += 1
        if len(tally.authors) < FEWEST:
            tally.authors.add(text.author_id)


def _words(words: str) -> Iterator[tuple[str, str]]:
    """Each term with a way to write it; where several come of one word, they are their own."""
    for piece in words.casefold().split():
        found = list(terms(piece))
        kept = _long_enough(found)
        word = piece.strip(AROUND)
        yield from ((term, word if len(found) == 1 and len(word) <= 64 else term) for term in kept)


def _long_enough(found: Iterable[str]) -> Iterator[str]:
    for term in found:
        if len(term) >= (2 if is_unspaced(term) else SHORTEST) and not term.isdigit():
            yield term


jobs.repeats(READ, count_words, timedelta(days=1))
