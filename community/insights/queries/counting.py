"""How many texts there are of what, and by how many people: one stretch of one index a question."""

from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, select

from community.contributions.models import Kind
from community.insights.models import Insight
from community.kit import db

Value = str | int | None
Chosen = Mapping[str, Value | frozenset[int]]
"""By dimension what is chosen of it; a set of months of which one has to be it."""


class Group(NamedTuple):
    """The texts of which ``key`` is true, by ``people``; two of them by their numbers, who may be one."""

    key: Value
    texts: int
    people: int
    first: int
    last: int


def groups(kind: Kind, by: str, chosen: Chosen) -> list[Group]:
    """What there is of the chosen texts, by a dimension; None is the key of those that do not say it."""
    column = getattr(Insight, by)
    each = (
        select(column.label("key"), Insight.author_id, func.count().label("texts"))
        .where(Insight.kind == kind, *(_is(name, value) for name, value in chosen.items()))
        .group_by(column, Insight.author_id)
        .subquery()
    )
    found = select(
        each.c.key,
        func.sum(each.c.texts),
        func.count(),
        func.min(each.c.author_id),
        func.max(each.c.author_id),
    ).group_by(each.c.key)
    return [Group(key, int(texts), *people) for key, texts, *people in db.session.connection().execute(found)]


def _is(name: str, value: Value | frozenset[int]) -> ColumnElement[bool]:
    column = getattr(Insight, name)
    if isinstance(value, frozenset):
        months = sorted(value)
        if months and months[-1] - months[0] + 1 == len(months):
            return column.between(months[0], months[-1])  # type: ignore[no-any-return]
        return column.in_(months)  # type: ignore[no-any-return]
    return column == value  # type: ignore[no-any-return]
