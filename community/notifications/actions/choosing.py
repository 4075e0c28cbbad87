"""How somebody wants to hear by mail, and in which time zone their mornings are."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, update

from community.accounts.models import Account
from community.kit import clock, db, zones
from community.kit.errors import Invalid
from community.notifications import queries
from community.notifications.models import USUAL, Mail, Notice, NoticeChoice, NoticeKind, NoticeSetting

UNKNOWN = _l("Choose a time zone.")


def choose(chosen: Mapping[NoticeKind, Mail], zone: str, *, by: Account) -> None:
    """What waits to be mailed goes as it is chosen now. Raises Invalid for a zone nobody lives in."""
    if not zones.is_zone(zone) and zone != zones.of_country(by.country):
        raise Invalid({"zone": [UNKNOWN]})
    for kind, mail in chosen.items():
        _choose(by.id, kind, mail)
    if zone == zones.of_country(by.country):
        # Who moves to another country has their mornings there.
        db.session.execute(delete(NoticeSetting).where(NoticeSetting.account_id == by.id))
    else:
        _put(NoticeSetting, {"account_id": by.id}, {"zone": zone})


def switch_off(kinds: Iterable[NoticeKind], *, of: Account) -> None:
    """No mail about these any more; the notices themselves still come."""
    for kind in kinds:
        _choose(of.id, kind, Mail.NEVER)


def _choose(account_id: int, kind: NoticeKind, mail: Mail) -> None:
    if queries.choices(account_id)[kind] is mail:
        return
    own = (NoticeChoice.account_id == account_id, NoticeChoice.kind == kind)
    if mail is USUAL[kind]:
        db.session.execute(delete(NoticeChoice).where(*own))
    else:
        _put(NoticeChoice, {"account_id": account_id, "kind": kind}, {"mail": mail})
    values: dict[str, Any] = {"mail": mail, **({"settled_at": clock.now()} if mail is Mail.NEVER else {})}
    db.session.execute(
        update(Notice)
        .where(Notice.account_id == account_id, Notice.kind == kind, Notice.settled_at.is_(None))
        .values(**values)
        .execution_options(synchronize_session=False)
    )


def _put(model: type[NoticeChoice | NoticeSetting], key: dict[str, Any], values: dict[str, Any]) -> None:
    row = db.insert(model).values(**key, **values)
    db.session.execute(row.on_conflict_do_update(index_elements=list(key), set_=values))
