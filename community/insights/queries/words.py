"""Words: which texts have not been read, what stands in those that have, and what rose."""

from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from sqlalchemy import func, or_, select

from community.contributions.models import Contribution, Kind, Revision
from community.insights.models import Insight, InsightTerm, InsightText, InsightWord
from community.insights.queries.counting import Chosen, are
from community.kit import db

AT_ONCE = 500


class Text(NamedTuple):
    """As its author wrote it."""

    contribution_id: int
    revision_id: int
    language: str
    title: str
    html: str


class Said(NamedTuple):
    """A text that has been read: what it counts by, and its terms, packed."""

    author_id: int
    language: str
    month: int
    country: str
    model_id: int | None
    powertrain: str | None
    topic_id: int | None
    terms: bytes


def unread(first: int, after: int, most: int) -> list[Text]:
    """The next texts, by number, since the month ``first`` that nobody has read as they are now."""
    found = (
        select(Insight.contribution_id, Revision.id, Insight.language, Revision.title, Revision.html)
        .join(Contribution, Contribution.id == Insight.contribution_id)
        .join(Revision, Revision.id == Contribution.live_revision_id)
        .outerjoin(InsightText, InsightText.contribution_id == Insight.contribution_id)
        .where(
            Insight.month >= first,
            Insight.contribution_id > after,
            or_(InsightText.contribution_id.is_(None), InsightText.revision_id != Revision.id),
        )
        .order_by(Insight.contribution_id)
        .limit(most)
    )
    return [Text._make(row) for row in db.session.execute(found)]


def that_count(ids: Collection[int]) -> set[int]:
    """Those of these texts that still count. They do until this transaction ends."""
    found = select(Insight.contribution_id).where(Insight.contribution_id.in_(ids))
    return set(db.session.scalars(found.with_for_update(read=True)))


def numbers_of(language: str, terms: Collection[str]) -> dict[str, int]:
    """By term; those nobody has used yet are left out."""
    asked = sorted(terms)
    found: dict[str, int] = {}
    for start in range(0, len(asked), AT_ONCE):
        some = InsightTerm.term.in_(asked[start : start + AT_ONCE])
        rows = select(InsightTerm.term, InsightTerm.id).where(InsightTerm.language == language, some)
        found |= dict(db.session.connection().execute(rows).all())
    return found


def term_numbers() -> set[int]:
    return set(db.session.scalars(select(InsightTerm.id)))


def said(first: int, last: int, chosen: Chosen) -> Iterator[Said]:
    """The chosen texts of these months that have been read, person by person."""
    columns = [getattr(Insight, name) for name in Said._fields if name != "terms"]
    found = (
        select(*columns, InsightText.terms)
        .join(InsightText, InsightText.contribution_id == Insight.contribution_id)
        .where(Insight.kind.in_((Kind.STORY, Kind.IDEA)), *are({**chosen, "month": range(first, last + 1)}))
        .order_by(Insight.author_id)
    )
    rows = db.session.connection().execute(found.execution_options(yield_per=AT_ONCE))
    return (Said._make(row) for row in rows)


def month_compared() -> int | None:
    """The last month that was over when the worker compared; None where nothing has risen anywhere."""
    return db.session.scalar(select(func.max(InsightWord.month)))


def risen(by: str, value: str) -> list[InsightWord]:
    """The words that rose, furthest first: of everything, or of one value of a dimension."""
    found = select(InsightWord).where(InsightWord.by == by, InsightWord.value == value)
    return list(db.session.scalars(found.order_by(InsightWord.place)))


def words_of(terms: Collection[int]) -> Mapping[int, str]:
    """How they are written, by number."""
    found = select(InsightTerm.id, InsightTerm.word).where(InsightTerm.id.in_(terms))
    return dict(db.session.execute(found).all())
