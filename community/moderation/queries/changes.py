"""What became of lines a moderator has before them, and what came in since: asked every few seconds by open desks."""

from collections.abc import Collection
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, func, or_, select
from sqlalchemy.orm import aliased

from community.accounts.models import Account
from community.kit import db
from community.moderation.models import Decision, Outcome, Rank, Review
from community.moderation.queries.desk import IS_ESCALATED, IS_OPEN, RANKS, WANTS_TRANSLATION, Scope, Show

MOST_IDS = 50
MOST_COUNTED = 99


class Change(NamedTuple):
    """How a review stands; ``outcome`` and ``decided_by`` are of the decision that closed it, if one did."""

    revision_id: int
    closed_at: datetime | None
    claimed_by_id: int | None
    claimed_by: str | None
    claimed_until: datetime | None
    outcome: Outcome | None
    decided_by_id: int | None
    decided_by: str | None


def changes(revision_ids: Collection[int]) -> list[Change]:
    """At most MOST_IDS of them; for those there are reviews of."""
    wanted = list(revision_ids)[:MOST_IDS]
    return [Change._make(row) for row in db.session.execute(_changes(), {"ids": wanted})] if wanted else []


def arrived(scope: Scope, since: datetime, *, viewer_id: int) -> int:
    """How many reviews of the scope were opened after ``since``, without the viewer's own; counted to MOST_COUNTED."""
    values = {
        "languages": list(scope.languages),
        "countries": list(scope.countries),
        "kind": scope.kind,
        "since": since,
        "viewer_id": viewer_id,
        "ranks": [RANKS[scope.show]] if scope.show in RANKS else list(Rank),
    }
    query = _arrived(bool(scope.languages), bool(scope.countries), scope.kind is not None, scope.show)
    return int(db.session.scalar(query, values) or 0)


@lru_cache(maxsize=1)
def _changes() -> Select[Any]:
    """Composed once, as the one below. What hiding closed was closed by that decision, whatever text it names."""
    closing = aliased(Decision)
    last = (
        select(func.min(closing.id))
        .where(
            closing.contribution_id == Review.contribution_id,
            closing.created_at >= Review.closed_at,
            or_(closing.revision_id == Review.revision_id, closing.outcome == Outcome.HIDE),
        )
        .correlate(Review)
        .scalar_subquery()
    )
    claimer, decider = aliased(Account), aliased(Account)
    columns: tuple[Any, ...] = (
        Review.revision_id,
        Review.closed_at,
        Review.claimed_by_id,
        claimer.display_name,
        Review.claimed_until,
        Decision.outcome,
        Decision.by_id,
        decider.display_name,
    )
    return (
        select(*columns)
        .outerjoin(claimer, claimer.id == Review.claimed_by_id)
        .outerjoin(Decision, Decision.id == last)
        .outerjoin(decider, decider.id == Decision.by_id)
        .where(Review.revision_id.in_(bindparam("ids", expanding=True)))
    )


@lru_cache(maxsize=64)
def _arrived(has_languages: bool, has_countries: bool, has_kind: bool, show: Show | None) -> Select[int]:
    """Read from an index either by language or, for all languages, by rank: only what is newer is touched."""
    since: Any = bindparam("since", type_=Review.opened_at.type)
    among = [IS_OPEN, Review.opened_at > since, Review.author_id != bindparam("viewer_id")]
    among.append(Review.rank.in_(bindparam("ranks", expanding=True)))
    among += [Review.language.in_(bindparam("languages", expanding=True))] if has_languages else []
    among += [Review.country.in_(bindparam("countries", expanding=True))] if has_countries else []
    among += [Review.kind == bindparam("kind")] if has_kind else []
    among += [IS_ESCALATED] if show is Show.ESCALATED else []
    among += [WANTS_TRANSLATION] if show is Show.TRANSLATION else []
    return select(func.count()).select_from(
        select(Review.revision_id).where(*among).limit(MOST_COUNTED).subquery()
    )
