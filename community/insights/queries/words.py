"""Words by month: which months have been read, in how many texts a term stood before and lately, and what rose."""

from typing import NamedTuple

from sqlalchemy import and_, case, func, select

from community.insights.models import (
    ALL_LANGUAGES,
    ALL_TEXTS,
    FEWEST,
    Insight,
    InsightMonth,
    InsightTerm,
    InsightWord,
)
from community.kit import db


class Used(NamedTuple):
    """How many texts a term stood in, in the months before and in the last ones. ``word`` is how it may be written."""

    term: str
    word: str
    before: int
    lately: int


def unread_months(first: int, last: int) -> list[int]:
    """Months whose words nobody has counted as they are now, newest first."""
    there = (
        select(Insight.month)
        .outerjoin(InsightMonth, and_(InsightMonth.month == Insight.month, InsightMonth.is_stale.is_(False)))
        .where(Insight.month.between(first, last), InsightMonth.month.is_(None))
        .distinct()
    )
    emptied = select(InsightMonth.month).where(InsightMonth.is_stale, InsightMonth.month.between(first, last))
    return sorted({*db.session.scalars(there), *db.session.scalars(emptied)}, reverse=True)


def languages_read(first: int, last: int) -> list[str]:
    """Of what was written in these months by people enough."""
    return list(
        db.session.scalars(
            select(InsightTerm.language)
            .where(InsightTerm.month.between(first, last), InsightTerm.term == ALL_TEXTS)
            .distinct()
            .order_by(InsightTerm.language)
        )
    )


def used(first: int, since: int, last: int, language: str) -> tuple[Used, list[Used]]:
    """All texts, and each term in enough of those since ``since``, to ``last``; before that from ``first`` on."""
    is_late = InsightTerm.month >= since
    lately = func.sum(case((is_late, InsightTerm.texts), else_=0))
    found = (
        select(
            InsightTerm.term,
            func.max(InsightTerm.word),
            func.sum(case((is_late, 0), else_=InsightTerm.texts)),
            lately,
        )
        .where(InsightTerm.month.between(first, last))
        .group_by(InsightTerm.term)
        .having((lately >= FEWEST) | (InsightTerm.term == ALL_TEXTS))
    )
    if language != ALL_LANGUAGES:
        found = found.where(InsightTerm.language == language)
    rows = [
        Used(term, word, int(before), int(late))
        for term, word, before, late in db.session.connection().execute(found)
    ]
    every = next((row for row in rows if row.term == ALL_TEXTS), Used(ALL_TEXTS, "", 0, 0))
    return every, [row for row in rows if row.term != ALL_TEXTS]


def risen(language: str) -> list[InsightWord]:
    """The words that rose, furthest first."""
    return list(
        db.session.scalars(
            select(InsightWord).where(InsightWord.language == language).order_by(InsightWord.place)
        )
    )
