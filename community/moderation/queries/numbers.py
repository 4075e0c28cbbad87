"""What a team watches: its last weeks, counted as the half-year report counts."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import func, select

from community.kit import db
from community.moderation.models import Act, LogEntry
from community.moderation.queries.counting import period, within

WEEKS = 12
A_WEEK = timedelta(days=7)


class OfWeek(NamedTuple):
    """How often something was done in one of the weeks, and how often after a wait; the first week is 0."""

    week: int
    act: Act
    lines: int
    waits: int


def weeks(now: datetime) -> list[datetime]:
    """When each of the last twelve weeks begins, this one included, and at the end when it will be over.

    Weeks begin on Monday at midnight, UTC.
    """
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    monday = midnight - timedelta(days=midnight.weekday())
    return [monday + A_WEEK * place for place in range(1 - WEEKS, 2)]


def by_week(
    moments: Sequence[datetime], acts: Sequence[Act], *, up_to: int, language: str = ""
) -> list[OfWeek]:
    """One row a week and act; what never happened in a week has none."""
    week = period(moments).label("week")
    rows = db.session.execute(
        select(week, LogEntry.act, func.count(), func.count(LogEntry.waited_seconds))
        .where(*within(moments, up_to, acts, language))
        .group_by(week, LogEntry.act)
    )
    return [OfWeek._make(row) for row in rows]
