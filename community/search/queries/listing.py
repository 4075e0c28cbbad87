"""Lists for machines: the address of everything that can be read, and when it last changed."""

from collections.abc import Collection
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, bindparam, case, func, literal, select, text, union_all
from sqlalchemy.orm import InstrumentedAttribute

from community.contributions.models import Contribution, Edition, Kind, Revision, State
from community.contributions.models.contribution import LIVE_STORY
from community.ideas.models import IDEA
from community.ideas.models.idea import IS_LISTED
from community.kit import db
from community.stories.models import Story

PART = 10_000
"""Numbers of contributions, not addresses: so a part never moves, and never has more than that many."""

Version = tuple[int, str]


class Address(NamedTuple):
    """Where a story or an idea is read (``room``); in its own language, unless ``language`` says another."""

    room: str
    number: int
    title: str
    language: str
    changed_at: datetime


def parts() -> list[int]:
    """The parts in which there may be something to read: one look into an index for each."""
    rows = db.session.scalars(
        union_all(*(_steps(column) for column in (Story.id, IDEA.c.id, Edition.translation_id)))
    )
    return sorted({number // PART for number in rows if number is not None})


def addresses(part: int) -> list[Address]:
    """Of the stories, the ideas and the translations numbered from ``part * PART``."""
    first = {"first": part * PART, "last": part * PART + PART - 1}
    rows = [row for query in (_stories(), _ideas(), _editions()) for row in db.rows(query, first)]
    return [Address._make(row) for row in rows]


def changed_at(story_ids: Collection[int]) -> dict[Version, datetime]:
    """When these stories last changed, in each language they can be read in."""
    values = {"ids": list(story_ids)}
    return {(row.story_id, row.language): row.at for row in db.rows(_changes(), values)} if story_ids else {}


def _steps(column: InstrumentedAttribute[int] | ColumnElement[int]) -> Select[Any]:
    """The lowest number there is, and the lowest in each part above it."""
    step = select(func.min(column).label("number")).cte(recursive=True)
    above = step.c.number - step.c.number % PART + PART
    following = select(func.min(column)).where(column >= above).correlate(step).scalar_subquery()
    step = step.union_all(select(following).where(step.c.number.is_not(None)))
    return select(step.c.number)


@cache
def _stories() -> Select[Any]:
    return _own("stories").where(text(LIVE_STORY))


@cache
def _ideas() -> Select[Any]:
    """Not those put together with others: what is said of them stands there."""
    return _own("ideas").join(IDEA, IDEA.c.id == Contribution.id).where(IS_LISTED)


def _own(room: str) -> Select[Any]:
    changed = func.coalesce(Contribution.edited_at, Contribution.published_at)
    columns: tuple[Any, ...] = (literal(room), Contribution.id, Revision.title, literal(""), changed)
    return (
        select(*columns)
        .join(Revision, Revision.id == Contribution.live_revision_id)
        .where(Contribution.id.between(bindparam("first"), bindparam("last")))
        .order_by(Contribution.id)
    )


@cache
def _editions() -> Select[Any]:
    room = case((Contribution.kind == Kind.IDEA, "ideas"), else_="stories")
    columns: tuple[Any, ...] = (room, Contribution.id, Revision.title, Edition.language, Edition.made_at)
    return (
        select(*columns)
        .join(Edition, Edition.story_id == Contribution.id)
        .join(Revision, Revision.id == Contribution.live_revision_id)
        .where(
            Contribution.state == State.LIVE,
            Edition.translation_id.between(bindparam("first"), bindparam("last")),
        )
        .order_by(Edition.translation_id)
    )


@cache
def _changes() -> Select[Any]:
    ids: ColumnElement[Any] = bindparam("ids", expanding=True)
    own = select(
        Contribution.id.label("story_id"),
        Contribution.language.label("language"),
        func.coalesce(Contribution.edited_at, Contribution.published_at).label("at"),
    ).where(Contribution.id.in_(ids))
    others = select(Edition.story_id, Edition.language, Edition.made_at).where(Edition.story_id.in_(ids))
    return select(own.union_all(others).subquery())
