"""How many stand behind an idea, and where."""

from functools import cache

from sqlalchemy import Select, bindparam, select

from community.ideas.models import IdeaTally, Sum
from community.kit import db


def totals(idea_id: int) -> dict[Sum, dict[str, int]]:
    """By country's code and by model's number, most first."""
    found: dict[Sum, dict[str, int]] = {kind: {} for kind in Sum}
    for kind, value, votes in db.session.execute(_totals(), {"idea_id": idea_id}):
        found[kind][value] = votes
    return found


@cache
def _totals() -> Select[Sum, str, int]:
    return (
        select(IdeaTally.kind, IdeaTally.value, IdeaTally.votes)
        .where(IdeaTally.idea_id == bindparam("idea_id"), IdeaTally.votes > 0)
        .order_by(IdeaTally.votes.desc(), IdeaTally.value)
    )
