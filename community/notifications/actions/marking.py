"""Read and seen: each a moment of its own, and after either no mail has to go any more."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, func, select, update

from community.accounts.models import Account
from community.kit import clock, db
from community.kit.errors import NotFound
from community.notifications import queries
from community.notifications.models import Notice


def read(notice_id: int, *, by: Account) -> Notice:
    """With all that was told together with it until then. Raises NotFound for somebody else's."""
    notice = queries.notice(notice_id)
    if notice is None or notice.account_id != by.id:
        raise NotFound
    _mark(by, Notice.bundle == notice.bundle, Notice.id <= notice.id, Notice.read_at.is_(None), is_read=True)
    return notice


def read_all(until: int, *, by: Account) -> None:
    """Up to the newest that was on the page: what came since nobody has read."""
    _mark(by, Notice.id <= until, Notice.read_at.is_(None), is_read=True)


def see(shown: Sequence[int], *, by: Account) -> None:
    """These rows of the list came before somebody's eyes, each with what it was told together with."""
    if not shown:
        return
    bundles = select(Notice.bundle).where(Notice.account_id == by.id, Notice.id.in_(shown))
    _mark(by, Notice.bundle.in_(bundles), Notice.id <= max(shown), Notice.seen_at.is_(None), is_read=False)


def _mark(by: Account, *which: ColumnElement[bool], is_read: bool) -> None:
    now = clock.now()
    values: dict[str, Any] = {
        "seen_at": func.coalesce(Notice.seen_at, now),
        "settled_at": func.coalesce(Notice.settled_at, now),
    }
    if is_read:
        values["read_at"] = now
    db.session.execute(
        update(Notice)
        .where(Notice.account_id == by.id, Notice.due_at <= now, *which)
        .values(**values)
        .execution_options(synchronize_session=False)
    )
