"""How a view gets a spotlight or a call: found, and allowed, in one step."""

from community.accounts import access as accounts
from community.calls import queries as calls
from community.calls.models import Call
from community.gatherings import queries
from community.gatherings.models import Spotlight
from community.kit import i18n
from community.kit.errors import NotFound
from community.policy import rules
from community.policy.permissions import Permission


def load_spotlight(spotlight_id: int) -> Spotlight:
    """With its words; one that is not published is there for curators alone. Raises NotFound."""
    found = queries.spotlight(spotlight_id)
    if found is None or not (found.is_published or may_curate()):
        raise NotFound
    return found


def load_call(call_id: int) -> Call:
    """With its words; one that is not opened is there for curators alone. Raises NotFound."""
    found = calls.call(call_id)
    if found is None or not (found.is_opened or may_curate()):
        raise NotFound
    return found


def load_spotlight_to_curate(spotlight_id: int) -> Spotlight:
    """Raises SignInNeeded, NotFound."""
    accounts.require(Permission.CURATE)
    return load_spotlight(spotlight_id)


def load_call_to_curate(call_id: int) -> Call:
    """Raises SignInNeeded, NotFound."""
    accounts.require(Permission.CURATE)
    return load_call(call_id)


def may_curate() -> bool:
    return rules.can(accounts.person(), Permission.CURATE)


def asked_as() -> tuple[str, list[str]]:
    """The reader's country and languages, by which calls are put in order; a visitor's country is not known."""
    if not accounts.is_signed_in():
        return "", [i18n.language()]
    return accounts.me().country, list(accounts.me().languages)
