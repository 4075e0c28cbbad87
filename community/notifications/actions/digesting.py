"""Letters about notices: what is to go at once, and one a member and day, on their own morning.

Taking and sending are two things. A letter's row takes its notices in one transaction, together with the job that
sends it, and the database allows one a member and day: so none is sent twice, whatever is killed in between.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import insert, update

from community.accounts import queries as accounts
from community.kit import clock, db, i18n, jobs, unit_of_work, zones
from community.notifications import processing, queries
from community.notifications.models import Digest, Mail, Notice, NoticeKind
from community.notifications.processing import sentences, tokens
from community.policy.permissions import Standing

SEND = "notices.send"
MORNING = 7
"""The hour at which somebody's day begins; the letter holds what came before it."""
LATEST = timedelta(hours=5)
"""Where nobody could send it in the morning, the letter of the next day says it too."""
AT_A_TIME = 200
"""Members in one transaction: on SQLite nobody else writes meanwhile."""


def mail_at_once(_number: int, _payload: dict[str, Any]) -> None:
    """What came since the last time, in one letter a member."""
    _take_all(Mail.AT_ONCE, None, clock.now())


def mail_mornings(_number: int, _payload: dict[str, Any]) -> None:
    """The digests of all zones in which it is morning."""
    for (day, since), places in _mornings(clock.now()):
        _take_all(Mail.DAILY, day, since, **places)


def send_digest(number: int, payload: dict[str, Any]) -> None:
    """In its reader's language, with what is true now; nothing when all of it was seen, or is gone."""
    digest = queries.digest(payload["digest_id"])
    account = accounts.account(digest.account_id) if digest else None
    if digest is None or account is None or account.standing is Standing.CLOSED or not account.is_confirmed:
        return
    lines = queries.of_digest(digest.id, account.ui_language)
    if not lines:
        return
    with i18n.speaking(account.ui_language):
        told = [sentences.told(line) for line in lines]
    kinds = {NoticeKind(line.kind) for line in lines}
    processing.send(
        number,
        account,
        f"notifications/{'notice' if len(lines) == 1 else 'digest'}",
        unsubscribing=tokens.token_of(account.id, kinds),
        told=told,
        sum=sum(line.notices for line in lines),
        is_daily=digest.day is not None,
    )


def _mornings(now: datetime) -> Iterator[tuple[tuple[date, datetime], dict[str, Any]]]:
    """The day and the moment its morning began, with the zones where it did, and the countries that mean those."""
    begun = []
    for zone, country in queries.zones_in_use():
        meant = zone or zones.of_country(country)
        day = zones.day(meant, now)
        since = zones.moment(meant, day, MORNING)
        if since <= now < since + LATEST:
            begun.append(((day, since), zone, country))
    for morning, places in groupby(sorted(begun, key=lambda one: one[0]), key=lambda one: one[0]):
        found = list(places)
        yield (
            morning,
            {
                "zones": sorted({zone for _, zone, _ in found if zone}),
                "countries": sorted({country for _, zone, country in found if not zone}),
            },
        )


def _take_all(mail: Mail, day: date | None, until: datetime, **places: Sequence[str]) -> None:
    taken = AT_A_TIME
    while taken == AT_A_TIME:
        with unit_of_work.transaction():
            account_ids = queries.waiting(mail, until, AT_A_TIME, without=day, **places)
            taken = len(account_ids)
            _take(account_ids, mail, day, until)


def _take(account_ids: Sequence[int], mail: Mail, day: date | None, until: datetime) -> None:
    if not account_ids:
        return
    now = clock.now()
    rows = [{"account_id": number, "day": day, "created_at": now} for number in account_ids]
    digests = db.session.execute(insert(Digest).returning(Digest.id, Digest.account_id), rows).all()
    for digest_id, account_id in digests:
        db.session.execute(
            update(Notice)
            .where(
                Notice.account_id == account_id,
                Notice.mail == mail,
                Notice.settled_at.is_(None),
                Notice.due_at <= until,
            )
            .values(settled_at=now, digest_id=digest_id)
            .execution_options(synchronize_session=False)
        )
    jobs.enqueue_all(SEND, [{"digest_id": digest_id} for digest_id, _ in digests])
