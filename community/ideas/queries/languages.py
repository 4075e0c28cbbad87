"""The languages ideas were written in, and those they can be read in besides."""

from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, func, literal, select, union_all

from community.contributions.models import Contribution, Edition, Kind
from community.ideas.models import IDEA
from community.ideas.models.idea import IS_LISTED
from community.ideas.queries.lists import Filter, asked_by, narrowed
from community.kit import db

TOLD, BROUGHT, READ = "told", "brought", "read"


class Languages(NamedTuple):
    """Ideas by language: those that can be read in it, and those a list kept to some languages leaves out."""

    readable: dict[str, int]
    left_out: dict[str, int]


def languages(chosen: Filter) -> Languages:
    """Of what the list holds, whichever languages it is kept to; most first. One question."""
    asked = {name: value for name, value in asked_by(chosen).items() if value}
    names = frozenset(asked) - {"languages"}
    query = _languages(names, is_kept=bool(chosen.languages))
    counts: dict[str, dict[str, int]] = {TOLD: {}, BROUGHT: {}, READ: {}}
    for row in db.session.execute(query, asked):
        counts[row.part][row.language] = row.ideas
    told, brought, read = counts.values()
    readable = {code: told.get(code, 0) + brought.get(code, 0) for code in {**told, **brought}}
    out = {code: ideas - read.get(code, 0) for code, ideas in told.items() if code not in chosen.languages}
    return Languages(
        dict(sorted(readable.items(), key=lambda one: (-one[1], one[0]))),
        {code: ideas for code, ideas in out.items() if ideas > 0} if chosen.languages else {},
    )


@cache
def _languages(asked: frozenset[str], *, is_kept: bool) -> Select[Any]:
    """What was written in each; what was brought to each; and what of each can be read in one the list is kept to."""
    parts = [
        _part(TOLD, Contribution.language, func.count(), asked),
        _part(BROUGHT, Edition.language, func.count(), asked),
    ]
    if is_kept:
        spoken: Any = bindparam("languages", expanding=True)
        read = _part(READ, Edition.original_language, func.count(Edition.story_id.distinct()), asked)
        parts.append(read.where(Edition.language.in_(spoken), Edition.original_language.not_in(spoken)))
    return select(union_all(*parts).subquery())


def _part(name: str, language: Any, ideas: Any, asked: frozenset[str]) -> Select[Any]:
    columns: tuple[Any, ...] = (literal(name).label("part"), language.label("language"), ideas.label("ideas"))
    contribution = Contribution.__table__
    query = select(*columns).select_from(IDEA)
    if name == TOLD or "apart" in asked:
        query = query.join(contribution, contribution.c.id == IDEA.c.id)
    if name != TOLD:
        query = query.join(Edition, Edition.story_id == IDEA.c.id).where(Edition.kind == Kind.IDEA)
    return narrowed(query.where(IS_LISTED).group_by(language), asked)
