"""A day of events and the mornings after: right to the row, one letter a member, through a real mail server."""

from collections import Counter

from bench.digests import Inbox, mail_of, mail_server, play
from community.notifications.models import Mail
from tests.conftest import MakeSite

MEMBERS, EVENTS = 30, 300


def test_everybody_gets_one_letter_with_all_that_happened_and_nobody_a_second(make_site: MakeSite) -> None:
    inbox = Inbox()
    with mail_server(inbox) as smtp_url:
        site = make_site(smtp_url=smtp_url)
        played = play(site.app, members=MEMBERS, events=EVENTS)
    told = Counter(dict(site.rows("SELECT account_id, count(*) FROM notice GROUP BY account_id")))
    assert told == played.answers
    assert sum(told.values()) == EVENTS
    wanting = {
        number: mail_of(place)
        for place, number in enumerate(played.members)
        if told[number] and mail_of(place) is not Mail.NEVER
    }
    addresses = dict(site.rows("SELECT email, id FROM account"))
    assert {addresses[email]: len(letters) for email, letters in inbox.letters.items()} == dict.fromkeys(
        wanting, 1
    )
    assert dict(
        site.rows(
            "SELECT digest.account_id, count(*) FROM notice JOIN digest ON digest.id = notice.digest_id"
            " GROUP BY digest.account_id"
        )
    ) == {number: told[number] for number in wanting}
    days = site.rows("SELECT account_id FROM digest WHERE day IS NOT NULL ORDER BY account_id")
    assert [number for (number,) in days] == sorted(n for n, mail in wanting.items() if mail is Mail.DAILY)
    assert site.value("SELECT count(*) FROM notice WHERE settled_at IS NULL") == 0
    assert site.value("SELECT count(*) FROM job") == 0
