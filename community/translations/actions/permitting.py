"""Whether an author wants what they wrote in other languages."""

from sqlalchemy import update

from community.contributions.models import Contribution
from community.kit import db, unit_of_work
from community.translations.actions import showing


def permit(thing: Contribution, *, is_permitted: bool) -> None:
    """Said no, nobody is shown its translations from this moment on; they are kept, and come back with a yes."""
    db.session.execute(
        update(Contribution)
        .where(Contribution.id == thing.id, Contribution.takes_translations != is_permitted)
        .values(takes_translations=is_permitted)
        .execution_options(synchronize_session=False)
    )
    unit_of_work.public_change()
    db.session.refresh(thing, ["takes_translations"])
    showing.refresh(thing.id)
