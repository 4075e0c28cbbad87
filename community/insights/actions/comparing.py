"""Which words have risen by now: of everything, and of each value of what can be chosen, for the pages to read."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import delete, insert

from community.insights import queries
from community.insights.models import CHOSEN, EVERYTHING, InsightTerm, InsightWord
from community.insights.processing.rising import BEFORE, LATELY, Risen, Tallies, people, rising, take
from community.insights.queries import Said
from community.kit import clock, db, unit_of_work
from community.kit.months import number

AT_ONCE = 500

Lists = Mapping[tuple[str, str], list[Risen]]
"""By a dimension and a value of it."""


def compared() -> tuple[int, int]:
    """The first and the last of the months that are over and compared."""
    last = number(clock.now()) - 1
    return last - LATELY - BEFORE + 1, last


def compare() -> None:
    """Find what has risen, and forget terms that no text has any more, those of texts that were erased, too."""
    first, last = compared()
    with db.writing(False):
        unused = (
            queries.term_numbers()
        )  # before the texts, so that a term which comes meanwhile is none of them
        lists = _lists(first, last, unused)
        rows = [
            row
            for (by, value), found in lists.items()
            for row in _rows(found, by=by, value=value, month=last)
        ]
        db.session.rollback()
    with unit_of_work.transaction():
        _forget(sorted(unused))
        db.session.execute(delete(InsightWord))
        if rows:
            db.session.execute(insert(InsightWord), rows)
        unit_of_work.public_change()


def _lists(first: int, last: int, unused: set[int]) -> Lists:
    """All lists, from one reading of the texts. Takes the terms they have from the ``unused``."""
    counted: dict[tuple[str, str], Tallies] = {}
    for written in people(queries.said(first, last, {})):
        parts: dict[tuple[str, str], list[tuple[Said, tuple[int, ...]]]] = {}
        for said, terms in written:
            unused.difference_update(terms)
            for key in _keys(said):
                parts.setdefault(key, []).append((said, terms))
        for key, part in parts.items():
            take(counted.setdefault(key, {}), last - LATELY + 1, part)
    return {key: rising(tallies) for key, tallies in counted.items()}


def _keys(said: Said) -> Iterator[tuple[str, str]]:
    yield EVERYTHING, EVERYTHING
    for by in CHOSEN:
        value = getattr(said, by)
        if value is not None:
            yield by, str(value)


def _rows(found: list[Risen], **said: object) -> Iterator[dict[str, Any]]:
    words = queries.words_of([one.term for one in found])
    for place, one in enumerate(found):
        row = one._asdict()
        yield {**said, "place": place, "word": words[row.pop("term")], **row}


def _forget(terms: list[int]) -> None:
    for start in range(0, len(terms), AT_ONCE):
        some = InsightTerm.id.in_(terms[start : start + AT_ONCE])
        db.session.execute(delete(InsightTerm).where(some).execution_options(synchronize_session=False))
