"""A row for each text that counts: kept with every move, in its transaction, and made anew from the beginning."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, delete, select, update

from community.accounts.facts import VehiclesRelinked
from community.accounts.models import Vehicle
from community.contributions.facts import Moved
from community.contributions.models import Kind
from community.insights import queries
from community.insights.models import Insight
from community.kit import db, jobs, unit_of_work
from community.stories.models import Story

FILL = "insights.fill"
"""The migration that makes the tables asks for this job."""
AT_ONCE = 500
COUNTED = frozenset({Kind.STORY, Kind.IDEA})
# What happens to a live text without anything that is counted changing.
NOTHING_NEW = frozenset({"submit", "return", "refuse", "keep", "lock", "unlock"})


def keep(moved: Moved) -> None:
    """A text counts for as long as it is live."""
    if moved.kind not in COUNTED or (moved.was_on is None and moved.is_on is None):
        return
    if moved.was_on is not None and moved.was_on == moved.is_on and moved.cause in NOTHING_NEW:
        return
    count_anew([moved.contribution_id])


def count_anew(ids: Collection[int]) -> None:
    """What these texts count as now; those that do not count are left out. Pages that are kept end with it."""
    told = queries.told(ids)
    gone = set(ids) - {row["contribution_id"] for row in told}
    if gone:
        left = delete(Insight).where(Insight.contribution_id.in_(gone))
        db.session.execute(left.execution_options(synchronize_session=False))
    if told:
        rows = db.insert(Insight).values(told)
        said = {name: rows.excluded[name] for name in told[0] if name != "contribution_id"}
        db.session.execute(rows.on_conflict_do_update(index_elements=["contribution_id"], set_=said))
    unit_of_work.public_change()


def follow(changed: VehiclesRelinked) -> None:
    """The stories of a vehicle count for the model and the powertrain it has now."""
    of = Vehicle.id == changed.vehicle_id if changed.vehicle_id else Vehicle.model_id == changed.model_id
    mine = select(Story.id).join(Vehicle, Vehicle.id == Story.vehicle_id).where(of)
    of_story = (
        select(Vehicle.model_id, Vehicle.powertrain)
        .join(Story, Story.vehicle_id == Vehicle.id)
        .where(Story.id == Insight.contribution_id)
    )
    now: dict[str, ColumnElement[Any]] = {
        name: of_story.with_only_columns(getattr(Vehicle, name)).scalar_subquery()
        for name in ("model_id", "powertrain")
    }
    db.session.execute(
        update(Insight)
        .where(Insight.contribution_id.in_(mine))
        .values(now)
        .execution_options(synchronize_session=False)
    )


def fill(_number: int, payload: dict[str, Any]) -> None:
    """The job: some texts, and the next job for those after them, in one transaction. To do it twice is harmless."""
    with unit_of_work.transaction():
        last = fill_some(payload["after"])
        if last is not None:
            jobs.enqueue(FILL, {"after": last})


def fill_some(after: int) -> int | None:
    """Count the next AT_ONCE live texts anew; the number of the last of them, or None at the end."""
    ids = queries.live_after(after, AT_ONCE)
    is_end = len(ids) < AT_ONCE
    among = Insight.contribution_id > after if is_end else Insight.contribution_id.between(after + 1, ids[-1])
    db.session.execute(delete(Insight).where(among, Insight.contribution_id.not_in(ids)))
    if ids:
        count_anew(ids)
    return None if is_end else ids[-1]


jobs.carries(FILL, fill)
