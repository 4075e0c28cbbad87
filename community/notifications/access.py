"""Whose mail an address out of a letter is about: whoever holds it, signed in or not."""

from community.accounts import queries as accounts
from community.accounts.models import Account
from community.kit.errors import NotFound
from community.notifications.models import NoticeKind
from community.notifications.processing import tokens


def load_unsubscribing(token: str) -> tuple[Account, list[NoticeKind]]:
    """Raises NotFound for what this site did not sign."""
    account_id, kinds = tokens.read(token)
    account = accounts.account(account_id)
    if account is None:
        raise NotFound
    return account, kinds
