"""The texts that count: live stories, and live ideas that are not merged into another."""

from collections.abc import Collection
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, or_, select

from community.accounts.models import Vehicle
from community.contributions.models import Contribution, Kind, Revision, State
from community.contributions.models.concern import AREA, MODEL, Concerns
from community.ideas.models import IDEA, Area
from community.kit import db
from community.kit.months import number

COUNTS = (
    Contribution.state == State.LIVE,
    Contribution.kind.in_((Kind.STORY, Kind.IDEA)),
)
MERGED = select(IDEA.c.id).where(IDEA.c.merged_into_id.is_not(None))


def told(ids: Collection[int]) -> list[dict[str, Any]]:
    """The rows these texts are to have; none for those that do not count."""
    rows = db.session.execute(_told(), {"ids": list(ids)})
    return [_row(*found) for found in rows]


def live_after(contribution_id: int, most: int) -> list[int]:
    """The next live texts by number. Nobody changes them before this transaction ends."""
    return list(
        db.session.scalars(
            select(Contribution.id)
            .where(*COUNTS, Contribution.id > contribution_id)
            .order_by(Contribution.id)
            .limit(most)
            .with_for_update(read=True)
        )
    )


@cache
def _told() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Contribution.id,
            Contribution.kind,
            Contribution.published_at,
            Contribution.country,
            Contribution.topic_id,
            Contribution.language,
            Contribution.author_id,
            Revision.concerns,
            Vehicle.model_id,
            Vehicle.powertrain,
        )
        .select_from(Contribution)
        .join(Revision, Revision.id == Contribution.live_revision_id)
        .outerjoin(Vehicle, Vehicle.id == Revision.vehicle_id)
        .where(
            *COUNTS,
            or_(Contribution.kind == Kind.STORY, Contribution.id.not_in(MERGED)),
            Contribution.id.in_(bindparam("ids", expanding=True)),
        )
    )


def _row(*found: Any) -> dict[str, Any]:
    contribution_id, kind, published_at, country, topic_id, language, author_id, concerns, model, power = (
        found
    )
    said: dict[str, Any] = {"model_id": model, "powertrain": power, "topic_id": topic_id, "area": None}
    if kind is Kind.IDEA:
        said = _of_idea(concerns)
    return {
        "contribution_id": contribution_id,
        "kind": kind,
        "month": number(published_at),
        "country": country,
        "language": language,
        "author_id": author_id,
        **said,
    }


def _of_idea(concerns: Concerns) -> dict[str, Any]:
    models = [int(one.value) for one in concerns if one.kind == MODEL]
    area = next((Area(one.value) for one in concerns if one.kind == AREA), None)
    only = models[0] if len(models) == 1 else None
    return {"model_id": only, "powertrain": None, "topic_id": None, "area": area}
