"""Whether an author wants a story in other languages."""

from sqlalchemy import update

from community.contributions.models import Contribution
from community.kit import db, unit_of_work
from community.translations.actions import showing


def permit(story: Contribution, *, is_permitted: bool) -> None:
    """Said no, nobody is shown its translations from this moment on; they are kept, and come back with a yes."""
    db.session.execute(
        update(Contribution)
        .where(Contribution.id == story.id, Contribution.takes_translations != is_permitted)
        .values(takes_translations=is_permitted)
        .execution_options(synchronize_session=False)
    )
    unit_of_work.public_change()
    db.session.refresh(story, ["takes_translations"])
    showing.refresh(story.id)
