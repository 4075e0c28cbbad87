"""Joining and preferences."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from email_validator import EmailNotValidError, validate_email
from flask_babel import lazy_gettext as _l
from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from community.accounts import queries
from community.accounts.facts import ConfirmationWanted
from community.accounts.models import Account, DeskCountry, ReadingLanguage, SignIn
from community.accounts.models.person import LONGEST_HANDLE
from community.kit import clock, db, facts, passwords, text, unit_of_work
from community.kit.errors import Invalid
from community.policy.permissions import Role, Standing

MOST_HANDLES = 20  # tries at a free one, while others of the same name join
NAMELESS = _l("Say what you would like to be called.")
TAKEN = _l("There is already an account with this address. You can sign in, or recover the password.")
WEAK = {
    "short": _l("Use at least 12 characters. A sentence is easy to remember."),
    "long": _l("Use at most 128 characters."),
    "common": _l("This password is too easy to guess."),
    "same_as_name": _l("Do not use your name as the password."),
    "same_as_email": _l("Do not use your address as the password."),
    "surrogate": _l("This password holds characters that cannot be kept."),
}


@dataclass(frozen=True, kw_only=True)
class Preferences:
    """``languages`` are those somebody reads, most at home first; ``desk_countries`` are for moderators."""

    display_name: str
    country: str
    ui_language: str
    languages: Sequence[str]
    desk_countries: Sequence[str] = ()


def register(
    email: str,
    password: str,
    preferences: Preferences,
    *,
    role: Role = Role.MEMBER,
    is_confirmed: bool = False,
) -> Account:
    """A new account, in good standing. Raises Invalid for a weak password or an address that is taken."""
    address = normal_email(email)
    hashed = new_hash(password, name=preferences.display_name, email=address)
    now = clock.now()
    account = Account(
        handle=_free_handle(preferences.display_name),
        email=address,
        email_confirmed_at=now if is_confirmed else None,
        password_hash=hashed,
        role=role,
        standing=Standing.GOOD,
        created_at=now,
        reading_languages=[],
        desk_countries=[],
    )
    change_preferences(preferences, by=account)
    _add(account)
    if not is_confirmed:
        facts.announce(ConfirmationWanted(account.id))
    return account


def change_preferences(preferences: Preferences, *, by: Account) -> Account:
    """Raises Invalid for a name in which nothing can be seen."""
    if text.is_blank(preferences.display_name):
        raise Invalid({"display_name": [NAMELESS]})
    unit_of_work.public_change()
    by.display_name, by.country = preferences.display_name, preferences.country
    by.ui_language = preferences.ui_language
    kept = {reading.language: reading for reading in by.reading_languages}
    chosen = list(dict.fromkeys(preferences.languages))
    by.reading_languages = [kept.get(code) or ReadingLanguage(language=code) for code in chosen]
    for position, reading in enumerate(by.reading_languages):
        reading.position = position
    looked_after = {desk.country: desk for desk in by.desk_countries}
    by.desk_countries = [
        looked_after.get(code) or DeskCountry(country=code)
        for code in dict.fromkeys(preferences.desk_countries)
    ]
    return by


def choose_language(code: str, *, by: Account) -> Account:
    """The language the site and its mails speak to this person; nobody else sees it."""
    by.ui_language = code
    return by


def appoint(account: Account, *, role: Role | None = None, standing: Standing | None = None) -> Account:
    """Give somebody a role or a standing; None leaves it as it is. A closed account is signed out everywhere."""
    account.role = role or account.role
    if standing is not None:
        account.standing = standing
    if standing is Standing.CLOSED:
        db.session.execute(delete(SignIn).where(SignIn.account_id == account.id))
    return account


def normal_email(email: str) -> str:
    """The address in the one form it is kept and looked up in. Raises Invalid.

    The whole address is lower case: two accounts that differ only in case have misled people more often than a
    mail server has told them apart.
    """
    try:
        # test_environment lets the reserved domain .test through; no server is asked either way.
        found = validate_email(email.strip(), check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        raise Invalid({"email": [_l("This does not look like a mail address.")]}) from None
    return found.normalized.lower()


def new_hash(password: str, *, name: str, email: str) -> str:
    """The hash to keep. Raises Invalid naming the password's weakness. Gives the write lock back while it works."""
    weakness = passwords.weakness(password, name=name, email=email)
    if weakness:
        raise Invalid({"password": [WEAK[weakness]]})
    db.release()
    return passwords.hasher().hash_password(password)


def _add(account: Account) -> None:
    """Raises Invalid when the address is taken. A handle that somebody of the same name took just now is given up."""
    for _ in range(MOST_HANDLES):
        try:
            with db.session.begin_nested():
                db.session.add(account)
        except IntegrityError:
            if queries.account_by_email(account.email):
                break
            account.handle = _free_handle(account.display_name)
        else:
            return
    raise Invalid({"email": [TAKEN]})


def _free_handle(display_name: str) -> str:
    stem = text.slug(display_name, limit=LONGEST_HANDLE - 10, empty="member")
    stem = stem if len(stem) > 1 else f"member-{stem}"
    taken = queries.handles_like(stem)
    if stem not in taken:
        return stem
    numbered = next((f"{stem}-{number}" for number in range(2, 100) if f"{stem}-{number}" not in taken), None)
    return numbered or f"{stem}-{secrets.token_hex(4)}"
