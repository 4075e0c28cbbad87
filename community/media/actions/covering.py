"""Covering areas of a photo that is here already: plates, faces, a house number."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, update

from community.kit import clock, db, jobs
from community.kit.errors import Conflict, Invalid
from community.media import queries
from community.media.actions.preparing import PREPARE
from community.media.models import Photo, PhotoState
from community.media.processing.areas import MOST_AREAS, Area

SUBMITTED = _l(
    "This photo was submitted as it is. Take it out of the story and add a covered one in its place."
)
BUSY = _l("This photo is just being prepared. Try again in a moment.")
TOO_MANY = _l("At most 30 areas can be covered.")


def cover(photo: Photo, areas: Sequence[Area]) -> None:
    """Burn these in, too; no copy without them stays. Raises Invalid, Conflict."""
    if not areas:
        return
    if queries.was_submitted(photo):
        raise Conflict(SUBMITTED)
    if len(photo.areas) + len(areas) > MOST_AREAS:
        raise Invalid({"areas": [TOO_MANY]})
    begun = db.session.execute(
        update(Photo)
        .where(
            Photo.id == photo.id,
            Photo.state == PhotoState.READY,
            # Or areas that were covered since would be forgotten.
            func.json_array_length(Photo.areas) == len(photo.areas),
        )
        .values(
            state=PhotoState.WAITING,
            areas=[*photo.areas, *(list(area) for area in areas)],
            changed_at=clock.now(),
        )
        .execution_options(synchronize_session=False)
    )
    if not db.changed(begun):
        raise Conflict(BUSY)
    jobs.enqueue(PREPARE, {"photo_id": photo.id})
