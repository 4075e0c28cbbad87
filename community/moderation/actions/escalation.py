"""Handing an item on: to the admins with a note, or to somebody who can say what it means."""

from flask_babel import lazy_gettext as _l
from sqlalchemy import update

from community.accounts.models import Account
from community.kit import clock, db, text
from community.kit.errors import Conflict, Invalid
from community.moderation.actions import reviews
from community.moderation.models import LONGEST_DESK_NOTE, Review

ESCALATED = _l("Somebody escalated this already.")


def escalate(review: Review, note: str, *, by: Account) -> Review:
    """Put it before the admins, with why; a claim of one's own ends. Raises Invalid, and Conflict when too late."""
    if text.is_blank(note):
        raise Invalid({"escalation": [_l("Say in a sentence what the admins should look at.")]})
    if len(note) > LONGEST_DESK_NOTE:
        raise Invalid({"escalation": [_l("Use at most 2,000 characters.")]})
    done = db.session.execute(
        update(Review)
        .where(
            Review.revision_id == review.revision_id,
            Review.closed_at.is_(None),
            Review.escalated_at.is_(None),
        )
        .values(escalated_at=clock.now(), escalated_by_id=by.id, escalation=note)
        .execution_options(synchronize_session=False)
    )
    db.session.refresh(review)
    if not db.changed(done):
        raise Conflict(reviews.DONE if review.closed_at else ESCALATED)
    reviews.release(by_id=by.id, only=review.revision_id)
    return review


def want_translation(review: Review) -> Review:
    """Mark it for those who read its language; asking twice is asking once. Raises Conflict when it is closed."""
    done = db.session.execute(
        update(Review)
        .where(Review.revision_id == review.revision_id, Review.closed_at.is_(None))
        .values(translation_wanted_at=review.translation_wanted_at or clock.now())
        .execution_options(synchronize_session=False)
    )
    if not db.changed(done):
        raise Conflict(reviews.DONE)
    db.session.refresh(review)
    return review
