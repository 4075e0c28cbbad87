"""How a view gets a photo: found, and allowed, in one step."""

from community.accounts import access as accounts
from community.kit.errors import NotFound, SignInNeeded
from community.media import queries
from community.media.models import Photo
from community.media.queries import Seen
from community.policy import rules
from community.policy.permissions import Permission


def load(key: str) -> Seen:
    """A photo this person may see. Raises NotFound."""
    seen = queries.seen(key)
    if seen is None or not rules.can(accounts.person(), Permission.READ, seen):
        raise NotFound
    return seen


def load_own(key: str) -> Photo:
    """A photo of whoever is signed in, that they may still change. Raises SignInNeeded, NotFound."""
    if not accounts.is_signed_in():
        raise SignInNeeded
    seen = queries.seen(key)
    if seen is None or not rules.can(accounts.person(), Permission.EDIT, seen):
        raise NotFound
    return seen.photo
