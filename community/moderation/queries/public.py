"""The public log, as everybody may read it."""

from sqlalchemy import select

from community.kit import db, paging
from community.moderation.models import LogEntry

LOG_PAGE = 50


def public_log(*, after: str | None = None, limit: int = LOG_PAGE) -> paging.Page[LogEntry]:
    """Newest first."""
    query = select(LogEntry)
    place = paging.decode(after, (int,))
    if place:
        query = query.where(LogEntry.number < place[0])
    rows = list(db.session.scalars(query.order_by(LogEntry.number.desc()).limit(limit + 1)))
    return paging.page(rows, limit, lambda row: (row.number,))
