"""What authors agreed to."""

from sqlalchemy import select

from community.contributions.models import Consent, Purpose
from community.contributions.models.consent import IS_GIVEN
from community.kit import db


def agreed(contribution_id: int) -> frozenset[Purpose]:
    """What its author agrees to now."""
    return frozenset(
        db.session.scalars(
            select(Consent.purpose).where(Consent.contribution_id == contribution_id, IS_GIVEN)
        )
    )
