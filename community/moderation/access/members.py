"""How a desk view gets a member or a sanction: found and allowed in one step."""

from flask_babel import lazy_gettext as _l

from community.accounts import access as accounts
from community.accounts import queries as account_queries
from community.accounts.models import Account
from community.contributions import access as contributions
from community.kit.errors import Forbidden, NotFound
from community.moderation import queries
from community.moderation.models import Measure, Sanction
from community.policy import rules
from community.policy.permissions import Permission

OWN = _l("What the desk knows about you is kept by the others. Your own standing is in your settings.")
OUT_OF_REACH = _l(
    "Only an admin may do this to somebody of the desk, and nobody to an admin or to themselves."
)


def load_member(handle: str, act: Permission = Permission.REVIEW) -> Account:
    """A member as the desk sees them. Raises SignInNeeded, NotFound, and Forbidden for oneself or out of reach."""
    moderator = accounts.require(Permission.REVIEW)
    member = accounts.load_account(handle)
    if member.id == moderator.id:
        raise Forbidden(OWN)
    if act is not Permission.REVIEW and not rules.can(moderator, act, member):
        raise Forbidden(OUT_OF_REACH)
    return member


def load_sanction(sanction_id: int) -> tuple[Account, Sanction]:
    """A member and what whoever asks may lift: what they could have imposed.

    Raises SignInNeeded, NotFound, Forbidden.
    """
    moderator = accounts.require(Permission.REVIEW)
    sanction = queries.members.sanction(sanction_id)
    member = account_queries.account(sanction.account_id) if sanction else None
    if sanction is None or member is None:
        raise NotFound
    act = Permission.CLOSE_ACCOUNT if sanction.measure is Measure.CLOSURE else Permission.SANCTION
    if not rules.can(moderator, act, member):
        raise Forbidden(OUT_OF_REACH)
    return member, sanction


def load_beside(member: Account, contribution_id: int | None) -> int | None:
    """The text of theirs a note is written beside, if any. Raises NotFound for one that is not theirs."""
    if contribution_id is None:
        return None
    contribution = contributions.load(contribution_id, Permission.REVIEW)
    if contribution.author_id != member.id:
        raise NotFound
    return contribution.id
