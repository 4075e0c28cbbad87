"""What the desk must not overlook: which languages somebody of the desk reads, to be held against what waits."""

from datetime import datetime, timedelta
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, and_, or_, select, text

from community.accounts.models import Account, ReadingLanguage
from community.kit import clock, db
from community.kit.languages import UNTAGGED
from community.policy.permissions import Role, Standing

FRESH = timedelta(minutes=5)
IS_STAFF = text("account.role <> 'member'")
"""Written out: SQLite uses a partial index only for a condition it can read."""
BARRED = (Standing.SUSPENDED, Standing.CLOSED)

_asked: WeakKeyDictionary[Engine, tuple[datetime, frozenset[str]]] = WeakKeyDictionary()


def languages_read() -> frozenset[str]:
    """The languages that at least one active moderator or admin reads, as of at most FRESH ago, and UNTAGGED.

    Kept in each process: there are few of the desk among many accounts, and they seldom change.
    """
    engine, now = db.session.get_bind().engine, clock.now()
    asked = _asked.get(engine)
    if asked is None or not now - FRESH < asked[0] <= now:
        asked = _asked[engine] = (now, _languages_read(now))
    return asked[1]


def _languages_read(now: datetime) -> frozenset[str]:
    """Active as ``policy.rules.is_active`` has it."""
    is_barred_no_more = and_(Account.given_standing == Standing.SUSPENDED, Account.suspended_until <= now)
    found = db.session.scalars(
        select(ReadingLanguage.language)
        .join(Account, Account.id == ReadingLanguage.account_id)
        .where(
            IS_STAFF,
            Account.role.in_((Role.MODERATOR, Role.ADMIN)),
            Account.email_confirmed_at.is_not(None),
            Account.has_unread_warning.is_(False),
            or_(Account.given_standing.not_in(BARRED), is_barred_no_more),
        )
        .distinct()
    )
    return frozenset({*found, UNTAGGED})
