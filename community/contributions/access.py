"""How a view gets a contribution of any kind: found, and allowed, in one step."""

from typing import TypeVar

from flask_babel import lazy_gettext as _l

from community.accounts import access as accounts
from community.contributions import queries
from community.contributions.models import Contribution
from community.kit.errors import Forbidden, NotFound, SignInNeeded, Words
from community.policy import rules
from community.policy.permissions import Permission, Standing

Found = TypeVar("Found", bound=Contribution)
FOR_ANYBODY = (Permission.READ, Permission.REPORT)
UNCONFIRMED = _l(
    "Confirm your mail address first: open the link we sent you, or ask for another one in the settings."
)
SUSPENDED = _l(
    "Your account may not put words before others at present. You can still read, and keep drafts. "
    "Why, and until when, stands under “My standing” in your settings."
)

UNREAD_WARNING = _l(
    "There is a warning for you. Read it first: it stands under “My standing” in your settings. Then you can go on."
)
CLOSED_THREAD = _l("The moderators closed this conversation. What was said stays; nobody can add to it.")


def load(contribution_id: int, act: Permission) -> Contribution:
    """Raises NotFound, SignInNeeded, Forbidden."""
    return check(queries.contribution(contribution_id), act)


def check(thing: Found | None, act: Permission) -> Found:
    """The thing, if the person may do ``act`` to it; what they may not know of does not exist.

    Raises NotFound, SignInNeeded, and Forbidden where the person is the only obstacle and can be told so.
    """
    person = accounts.person()
    if act not in FOR_ANYBODY and not rules.is_signed_in(person):
        # Before anything is looked at: the answer is the same whether there is such a thing or not.
        raise SignInNeeded
    if thing is None:
        raise NotFound
    if rules.can(person, act, thing):
        return thing
    if act in (Permission.COMMENT, Permission.REACT) and rules.can(person, Permission.READ, thing):
        if not rules.is_active(person):
            raise Forbidden(_why_not(person))
        if thing.is_public and not thing.takes_answers:
            raise Forbidden(CLOSED_THREAD)
    raise NotFound


def why_silent() -> Words | None:
    """Why the signed-in person may not put words before others now; None when they may."""
    person = accounts.person()
    return None if rules.can(person, Permission.SUBMIT) else _why_not(person)


def require_voice() -> None:
    """Raises SignInNeeded, and Forbidden for somebody who may not put words before others now."""
    accounts.me()
    reason = why_silent()
    if reason:
        raise Forbidden(reason)


def _why_not(person: rules.Person) -> Words:
    if person.standing is Standing.SUSPENDED:
        return SUSPENDED
    return UNREAD_WARNING if person.has_unread_warning else UNCONFIRMED
