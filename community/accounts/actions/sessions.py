"""Signing in and out. A session is a row; its token is in the cookie and nowhere else."""

import hashlib
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

from flask_babel import format_date
from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, update

from community.accounts import queries
from community.accounts.actions.people import normal_email
from community.accounts.facts import SignedOut
from community.accounts.models import Account, SignIn
from community.kit import clock, db, facts, limits, passwords
from community.kit.errors import Invalid, NotFound, Words
from community.policy.permissions import Standing

LIFETIME = timedelta(days=60)
LONGEST_BROWSER = 200
ATTEMPTS = limits.Limit("sign-in", times=10, seconds=300)
WRONG = _l("The address or the password is not right.")
CLOSED = _l("This account is closed. The mail we sent you then says why, and how you can appeal.")
ClosedSince = Callable[[int], datetime | None]


def _unknown(_account_id: int) -> None:
    """Nobody wrote down when."""


def sign_in(email: str, password: str, *, address: str, closed_since: ClosedSince = _unknown) -> Account:
    """The account these belong to. Raises Invalid, and TooMany after ten failures in five minutes.

    Whether an account is closed, and since when (``closed_since`` knows), is told only to who knows its password.

    ``address`` is the client's network address. Failures are counted for the account and for the address; a count
    that has run full makes everybody wait, and locks nobody out. An unknown account costs as much time as a known one.
    """
    account_key, address_key = email.strip().lower(), limits.network(address)
    limits.check(ATTEMPTS, f"account:{account_key}", f"address:{address_key}")
    account = _known(email)
    hashed = account.password_hash if account else None
    db.release()
    if not passwords.hasher().verify(hashed, password) or account is None:
        limits.count(ATTEMPTS, f"account:{account_key}", f"address:{address_key}")
        raise Invalid({"password": [WRONG]})
    if account.standing is Standing.CLOSED:
        raise Invalid({"email": [_closed(closed_since(account.id))]})
    if hashed and passwords.hasher().needs_rehash(hashed):
        account.password_hash = passwords.hasher().hash_password(password)
    return account


def open_session(account: Account, *, browser: str) -> str:
    """A new sign-in for this browser; its token, which is never to be seen again."""
    token, now = secrets.token_urlsafe(32), clock.now()
    db.session.add(
        SignIn(
            account_id=account.id,
            token_hash=digest(token),
            browser=browser[:LONGEST_BROWSER],
            created_at=now,
            used_at=now,
            expires_at=now + LIFETIME,
        )
    )
    db.session.flush()
    return token


def mark_used(sign_in: SignIn) -> None:
    """Move the time of its last act, to the minute: a list of sessions needs no more."""
    if clock.now() - sign_in.used_at < timedelta(minutes=1):
        return
    db.session.execute(update(SignIn).where(SignIn.id == sign_in.id).values(used_at=clock.now()))


def sign_out(token: str) -> None:
    """End the session on the server; the cookie is worth nothing afterwards."""
    ended = delete(SignIn).where(SignIn.token_hash == digest(token)).returning(SignIn.account_id)
    for account_id in db.session.scalars(ended).all():
        facts.announce(SignedOut(account_id))


def end_one(sign_in_id: int, *, by: Account) -> None:
    """Raises NotFound for a session of somebody else's."""
    ended = db.session.execute(delete(SignIn).where(SignIn.id == sign_in_id, SignIn.account_id == by.id))
    if not db.changed(ended):
        raise NotFound


def end_all(account: Account) -> None:
    db.session.execute(delete(SignIn).where(SignIn.account_id == account.id))


def digest(token: str) -> str:
    """What is kept of a token. It has 256 random bits, so a plain SHA-256 cannot be searched."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _closed(since: datetime | None) -> Words:
    if since is None:
        return CLOSED
    return _l(
        "This account has been closed since %(date)s. The mail we sent you then says why, and how you can appeal.",
        date=format_date(since, "long"),
    )


def _known(email: str) -> Account | None:
    try:
        return queries.account_by_email(normal_email(email))
    except Invalid:
        return None
