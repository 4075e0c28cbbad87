"""How many texts there are of what, and by how many people: a stretch of an index each."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, ScalarSelect, Subquery, case, func, select
from sqlalchemy.orm import aliased

from community.contributions.models import Kind
from community.insights.models import FEWEST, Insight
from community.kit import db

Value = str | int | None
Chosen = Mapping[str, Value | frozenset[int] | range]
"""By dimension what is chosen of it; of months several, of which one has to be it."""


ANOTHER = aliased(Insight)


class Group(NamedTuple):
    """The texts of which ``key`` is true; two of who wrote them by their numbers, who may be one.

    ``people`` are FEWEST where they are more.
    """

    key: Value
    texts: int
    people: int
    first: int
    last: int


def groups(kind: Kind, by: str, chosen: Chosen) -> list[Group]:
    """What there is of the chosen texts, by a dimension; None is the key of those that do not say it."""
    column = getattr(Insight, by)
    found = (
        select(
            column.label("key"),
            func.count().label("texts"),
            func.min(Insight.author_id).label("first"),
            func.max(Insight.author_id).label("last"),
        )
        .where(Insight.kind == kind, *are(chosen))
        .group_by(column)
        .subquery()
    )
    # Two questions, because only a plain comparison walks the index on PostgreSQL.
    people = case(
        (found.c.key.is_(None), _people(kind, chosen, getattr(ANOTHER, by).is_(None), found)),
        else_=_people(kind, chosen, getattr(ANOTHER, by) == found.c.key, found),
    )
    rows = select(found.c.key, found.c.texts, people, found.c.first, found.c.last)
    return [Group._make(row) for row in db.session.connection().execute(rows)]


def are(chosen: Chosen, of: type[Insight] = Insight) -> list[ColumnElement[bool]]:
    """What is true of the chosen texts."""
    return [_is(getattr(of, name), value) for name, value in chosen.items()]


def _people(kind: Kind, chosen: Chosen, is_in: ColumnElement[bool], found: Subquery) -> ScalarSelect[int]:
    """How many wrote those of a group that was found. Nobody is looked for after FEWEST."""
    some = (
        select(ANOTHER.author_id)
        .where(ANOTHER.kind == kind, *are(chosen, ANOTHER), is_in)
        .distinct()
        .limit(FEWEST)
        .correlate(found)
    )
    return select(func.count()).select_from(some.subquery()).scalar_subquery()


def _is(column: Any, value: Value | frozenset[int] | range) -> ColumnElement[bool]:
    if isinstance(value, frozenset | range):
        months = sorted(value)
        if months and months[-1] - months[0] + 1 == len(months):
            return column.between(months[0], months[-1])  # type: ignore[no-any-return]
        return column.in_(months)  # type: ignore[no-any-return]
    return column == value  # type: ignore[no-any-return]
