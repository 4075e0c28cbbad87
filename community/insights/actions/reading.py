"""The words of texts: read by the worker, some texts at a time, while everybody goes on writing."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, insert, select

from community.insights import queries
from community.insights.actions.comparing import compare, compared
from community.insights.models import Insight, InsightTerm, InsightText
from community.insights.processing.packing import packed
from community.insights.queries import Text
from community.kit import db, jobs, markup, unit_of_work
from community.kit.terms import LONGEST, is_unspaced, terms

READ = "insights.words"
AT_ONCE = 500
SHORTEST = 3
"""Letters, where spaces part words; elsewhere a term is two signs."""
AROUND = "".join(chr(code) for code in range(128) if not chr(code).isalnum()) + "«»“”„‘’‚…–—¿¡。、！？؟،؛"

Written = Mapping[str, str]
"""By term how it was written."""


def count_words(_number: int, _payload: dict[str, Any]) -> None:
    """The job of each day: read what is new, forget what is too long ago, compare. To do it twice is harmless."""
    last: int | None = 0
    while last is not None:
        last = read_some(last)
    _forget()
    compare()


def read_some(after: int) -> int | None:
    """Read the next AT_ONCE texts that nobody has read as they are now; the number of the last, None at the end."""
    with db.writing(False):
        texts = queries.unread(compared()[0], after, AT_ONCE)
        db.session.rollback()
    found = [(text, dict(_words(f"{text.title}\n{markup.plain(text.html)}"))) for text in texts]
    if found:
        with unit_of_work.transaction():
            _keep(found)
    return texts[-1].contribution_id if len(texts) == AT_ONCE else None


def _keep(found: Sequence[tuple[Text, Written]]) -> None:
    """Of texts that still count; one that was edited meanwhile is read again, for it has another revision."""
    there = queries.that_count([text.contribution_id for text, _written in found])
    kept = [(text, written) for text, written in found if text.contribution_id in there]
    numbers = {
        language: _numbered(language, [written for text, written in kept if text.language == language])
        for language in sorted({text.language for text, _written in kept})
    }
    said = [
        {
            "contribution_id": text.contribution_id,
            "revision_id": text.revision_id,
            "terms": packed([numbers[text.language][term] for term in written]),
        }
        for text, written in kept
    ]
    if said:
        rows = db.insert(InsightText).values(said)
        now = {name: rows.excluded[name] for name in ("revision_id", "terms")}
        db.session.execute(rows.on_conflict_do_update(index_elements=["contribution_id"], set_=now))


def _numbered(language: str, texts: list[Written]) -> dict[str, int]:
    """The numbers of all their terms; new ones are written as most of these texts write them."""
    ways: dict[str, Counter[str]] = {}
    for written in texts:
        for term, word in written.items():
            ways.setdefault(term, Counter())[word] += 1
    known = queries.numbers_of(language, ways)
    new = [
        {"language": language, "term": term, "word": words.most_common(1)[0][0]}
        for term, words in ways.items()
        if term not in known
    ]
    if new:
        db.session.execute(insert(InsightTerm), new)
        known |= queries.numbers_of(language, [row["term"] for row in new])
    return known


def _forget() -> None:
    """What is too long ago to be compared."""
    old = select(Insight.contribution_id).where(Insight.month < compared()[0])
    with unit_of_work.transaction():
        db.session.execute(
            delete(InsightText)
            .where(InsightText.contribution_id.in_(old))
            .execution_options(synchronize_session=False)
        )


def _words(words: str) -> Iterator[tuple[str, str]]:
    """Each term with a way to write it; where several come of one word, they are their own."""
    for piece in words.casefold().split():
        found = list(terms(piece))
        kept = _long_enough(found)
        word = piece.strip(AROUND)
        yield from ((term, word if len(found) == 1 and len(word) <= LONGEST else term) for term in kept)


def _long_enough(found: Iterable[str]) -> Iterator[str]:
    for term in found:
        if len(term) >= (2 if is_unspaced(term) else SHORTEST) and not term.isdigit():
            yield term


jobs.repeats(READ, count_words, timedelta(days=1))
