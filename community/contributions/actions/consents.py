"""What an author agrees to, and takes back: no by default, and as easily taken back as given."""

from collections.abc import Collection

from sqlalchemy import update

from community.contributions.models import Consent, Contribution, Purpose
from community.contributions.models.consent import IS_GIVEN, WORDING
from community.kit import clock, db, unit_of_work


def give(contribution_id: int, purpose: Purpose) -> None:
    """Agreed to from now on; what else was agreed to stays as it is."""
    _add(contribution_id, (purpose,))


def agree(contribution: Contribution, purposes: Collection[Purpose]) -> None:
    """Exactly these are agreed to from now on; what stays as it was keeps its date and wording."""
    revoked = db.session.execute(
        update(Consent)
        .where(Consent.contribution_id == contribution.id, IS_GIVEN, Consent.purpose.not_in(purposes))
        .values(revoked_at=clock.now())
    )
    if db.changed(revoked):
        unit_of_work.public_change()  # a paragraph that was quoted is not shown any more
    _add(contribution.id, purposes)


def _add(contribution_id: int, purposes: Collection[Purpose]) -> None:
    for purpose in sorted(purposes):
        row = db.insert(Consent).values(
            contribution_id=contribution_id, purpose=purpose, version=WORDING, given_at=clock.now()
        )
        given = db.session.execute(
            row.on_conflict_do_nothing(index_elements=["contribution_id", "purpose"], index_where=IS_GIVEN)
        )
        if db.changed(given):
            unit_of_work.public_change()
