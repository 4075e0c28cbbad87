"""Sweeping: photos that were begun and forgotten, and files without rows. Nothing younger than a day is touched."""

from datetime import datetime, timedelta

from sqlalchemy import delete

from community.kit import db, storage
from community.media import queries
from community.media.actions import checking
from community.media.actions.discarding import AT_A_TIME, discard_later
from community.media.models import Photo

A_DAY = timedelta(days=1)


def let_go(before: datetime) -> int:
    """Of some of the photos that are in no text and that nobody has touched since; how many. 0 when none are left."""
    photos = queries.abandoned(before, AT_A_TIME)
    for photo in photos:
        discard_later(queries.kept_names(photo))
    numbers = [photo.id for photo in photos]
    db.session.execute(
        delete(Photo).where(Photo.id.in_(numbers)).execution_options(synchronize_session=False)
    )
    return len(numbers)


def remove_orphans(before: datetime) -> int:
    """Files without rows that were written before; how many. Raises Unkept."""
    waiting: list[str] = []
    removed = 0
    for kept in checking.orphans(checking.compare()):
        if kept.changed_at >= before:
            continue
        waiting.append(kept.name)
        if len(waiting) == AT_A_TIME:
            storage.remove(waiting)
            removed, waiting = removed + AT_A_TIME, []
    storage.remove(waiting)
    return removed + len(waiting)
