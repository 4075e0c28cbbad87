"""Which photos belong to a contribution: those its texts show. What is in none of them any more is let go."""

from flask_babel import lazy_gettext as _l
from sqlalchemy import or_, update

from community.accounts.models import Account
from community.contributions.models import Contribution, Pictures
from community.kit import clock, db
from community.kit.errors import Invalid
from community.media import queries
from community.media.models import Photo

NOT_YOURS = _l("One of the photos is gone, or is in another story already. Choose it again.")


def attach(contribution: Contribution, pictures: Pictures, *, by: Account) -> None:
    """The draft shows these from now on. Raises Invalid for a photo that is not theirs, gone, or in another text."""
    keys = {picture.key for picture in pictures}
    let_go = (
        update(Photo)
        .where(
            Photo.contribution_id == contribution.id,
            Photo.key.not_in(keys | queries.fixed(contribution.id)),
        )
        .values(contribution_id=None, changed_at=clock.now())
    )
    db.session.execute(let_go.execution_options(synchronize_session=False))
    if not keys:
        return
    taken = db.session.execute(
        update(Photo)
        .where(
            Photo.key.in_(keys),
            Photo.owner_id == by.id,
            or_(Photo.contribution_id.is_(None), Photo.contribution_id == contribution.id),
        )
        .values(contribution_id=contribution.id)
        .execution_options(synchronize_session=False)
    )
    if db.count(taken) != len(keys):
        raise Invalid({"pictures": [NOT_YOURS]})
