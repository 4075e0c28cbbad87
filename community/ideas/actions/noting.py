"""Among curators: notes, and who sees to an idea."""

from flask_babel import lazy_gettext as _l
from sqlalchemy import or_, update

from community.accounts.models import Account
from community.ideas.models import IDEA, Idea, IdeaNote
from community.kit import clock, db, text, unit_of_work
from community.kit.errors import Conflict, Invalid

TAKEN = _l("Somebody else has taken this on in the meantime.")


def write_note(idea: Idea, words: str, *, form_id: str, by: Account) -> Idea:
    """Sent again with the same form it is the same note. Raises Invalid."""
    if text.is_blank(words):
        raise Invalid({"words": [_l("Write something first.")]})
    row = db.insert(IdeaNote).values(
        idea_id=idea.id, form_id=form_id, by_id=by.id, words=words, created_at=clock.now()
    )
    db.session.execute(row.on_conflict_do_nothing(index_elements=["idea_id", "form_id"]))
    return idea


def assign(idea: Idea, to: Account | None, *, instead_of: int | None) -> Idea:
    """Who sees to it from now on, None for nobody; said again it changes nothing.

    Raises Conflict when it is somebody else than ``instead_of`` by now.
    """
    holder, wanted = IDEA.c.curator_id, to.id if to else None
    assigned = db.session.execute(
        update(IDEA)
        .where(
            IDEA.c.id == idea.id,
            or_(holder.is_not_distinct_from(instead_of), holder.is_not_distinct_from(wanted)),
        )
        .values(curator_id=wanted)
    )
    db.session.expire(idea)
    if not db.changed(assigned):
        raise Conflict(TAKEN)
    unit_of_work.public_change()  # every worker keeps the board under the pulse
    return idea
