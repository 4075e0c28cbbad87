"""One-time tokens: confirming an address and setting a new password."""

import secrets
from datetime import timedelta

from flask_babel import lazy_gettext as _l
from sqlalchemy import update

from community.accounts import queries
from community.accounts.actions.people import new_hash, normal_email
from community.accounts.actions.sessions import digest, end_all
from community.accounts.facts import ConfirmationWanted, PasswordChanged, RecoveryWanted
from community.accounts.models import Account, Purpose, Token
from community.kit import clock, db, facts
from community.kit.errors import Gone, Invalid, NotFound
from community.policy.permissions import Standing

GOOD_FOR = timedelta(hours=1)
USED = _l("This link has been used, or its hour is over. Ask for a new one.")


def issue(account: Account, purpose: Purpose) -> str:
    """A new token, good for one hour and one use; only its hash is kept."""
    token, now = secrets.token_urlsafe(32), clock.now()
    db.session.add(
        Token(
            account_id=account.id,
            purpose=purpose,
            email=account.email,
            token_hash=digest(token),
            created_at=now,
            expires_at=now + GOOD_FOR,
        )
    )
    return token


def usable(token: str, purpose: Purpose) -> Token:
    """The token's row. Raises Gone when it was used, ran out or never was."""
    found = queries.token(digest(token))
    if found is None or found.purpose is not purpose or found.used_at or found.expires_at <= clock.now():
        raise Gone(USED)
    return found


def confirm_address(token: str) -> Account:
    """Raises Gone."""
    row = usable(token, Purpose.CONFIRM)
    account = _owner(row)
    _use(row)
    if account.email_confirmed_at is None and account.email == row.email:
        account.email_confirmed_at = clock.now()
    return account


def set_new_password(token: str, password: str) -> Account:
    """Ends every session of the account, and confirms the address the token came to. Raises Gone, Invalid."""
    account = _owner(usable(token, Purpose.RECOVER))
    if account.standing is Standing.CLOSED:
        raise Gone(USED)
    hashed = new_hash(password, name=account.display_name, email=account.email)
    row = usable(token, Purpose.RECOVER)
    account = _owner(row)
    _use(row)
    account.password_hash = hashed
    if account.email == row.email:
        account.email_confirmed_at = account.email_confirmed_at or clock.now()
    end_all(account)
    facts.announce(PasswordChanged(account.id))
    return account


def want_confirmation(account: Account) -> None:
    if not account.is_confirmed:
        facts.announce(ConfirmationWanted(account.id))


def want_recovery(email: str) -> None:
    """Says nothing about whether there is such an account; one that is closed gets no link."""
    try:
        account = queries.account_by_email(normal_email(email))
    except Invalid:
        return
    if account and account.standing is not Standing.CLOSED:
        facts.announce(RecoveryWanted(account.id))


def _owner(token: Token) -> Account:
    account = queries.account(token.account_id)
    if account is None:
        raise NotFound
    return account


def _use(token: Token) -> None:
    used = db.session.execute(
        update(Token).where(Token.id == token.id, Token.used_at.is_(None)).values(used_at=clock.now())
    )
    if not db.changed(used):
        raise Gone(USED)
