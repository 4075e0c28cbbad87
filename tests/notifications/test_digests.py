"""Letters about notices: on the reader's own morning or at once, never empty, never twice, in their language."""

from datetime import UTC, datetime

import pytest

from community.contributions.models import RevisionState
from community.kit import countries, zones
from community.moderation.models import Outcome
from community.notifications import actions
from community.notifications.models import NoticeKind
from tests.cast import Cast
from tests.conftest import As
from tests.factories.contributions import Factory
from tests.helpers.clock import StillClock
from tests.helpers.reports import words_of
from tests.helpers.site import Site
from tests.notifications.noticing import choose, letters, round_of_mail

MIDNIGHT_IN_HANOI = datetime(2026, 3, 2, 17, 0, tzinfo=UTC)


@pytest.fixture
def story(make: Factory, cast: Cast, clock: StillClock) -> int:
    """Lan's, whose day begins at midnight UTC."""
    clock.moment = MIDNIGHT_IN_HANOI
    return make.live_story(cast.lan)


def test_one_letter_on_the_morning_of_who_gets_it(
    site: Site, cast: Cast, make: Factory, story: int, clock: StillClock
) -> None:
    make.comment(story, cast.member)
    make.comment(story, cast.admin, "So do I.")
    clock.advance(hours=6, minutes=59)
    round_of_mail(site)
    assert letters(site, cast.lan) == []
    clock.advance(minutes=1, seconds=1)
    make.comment(story, cast.moderator, "This is of another day.")
    clock.advance(minutes=5)
    round_of_mail(site)
    round_of_mail(site)
    (letter,) = letters(site, cast.lan)
    words = words_of(letter)
    assert "2 people answered: Over the pass" in words
    assert "/contributions/" in words
    clock.advance(hours=24)
    round_of_mail(site)
    assert len(letters(site, cast.lan)) == 2
    clock.advance(hours=24)
    round_of_mail(site)
    assert len(letters(site, cast.lan)) == 2


def test_several_things_are_one_letter_in_its_readers_language(
    site: Site, cast: Cast, make: Factory, clock: StillClock
) -> None:
    reader = cast.join("Noor Haddad", "JO", "ar")
    clock.moment = MIDNIGHT_IN_HANOI
    for _ in range(2):
        make.comment(make.live_story(reader), cast.member)
    clock.advance(hours=12)
    round_of_mail(site)
    (letter,) = letters(site, reader)
    assert letter["Content-Language"] == "ar"
    html = letter.get_body(("html",))
    assert html is not None
    assert 'dir="rtl"' in html.get_content()
    assert site.value("SELECT count(*) FROM digest") == 1


def test_what_was_read_or_seen_is_not_mailed(
    site: Site, cast: Cast, make: Factory, as_: As, story: int, clock: StillClock
) -> None:
    make.comment(story, cast.member)
    browser = as_(cast.lan)
    shown = browser.visit("/me/notices").form("header.page-head form").values()
    browser.post("/me/notices/seeing", {"shown": shown["shown"]})
    clock.advance(hours=8)
    round_of_mail(site)
    assert letters(site, cast.lan) == []
    assert "1 notice you have not read" in browser.visit("/me/notices").text


def test_a_letter_whose_news_is_gone_is_not_sent(
    site: Site, cast: Cast, make: Factory, story: int, clock: StillClock
) -> None:
    choose(site, cast.lan, "at_once")
    answer = make.comment(story, cast.member)
    with site.app.app_context():
        actions.mail_at_once(0, {})
    assert site.value("SELECT count(*) FROM digest") == 1
    make.decide(answer, Outcome.HIDE, on=RevisionState.LIVE)
    round_of_mail(site)
    assert letters(site, cast.lan) == []


@pytest.mark.parametrize(("mail", "expected"), [("at_once", 1), ("daily", 0), ("never", 0)])
def test_each_kind_as_its_member_chose(
    site: Site, cast: Cast, make: Factory, story: int, mail: str, expected: int
) -> None:
    choose(site, cast.lan, mail)
    make.comment(story, cast.member)
    for _ in range(2):
        round_of_mail(site)
    assert len(letters(site, cast.lan)) == expected
    assert site.value("SELECT count(*) FROM notice") == 1


def test_the_choice_is_made_on_its_page_and_holds_for_what_waits(
    site: Site, cast: Cast, make: Factory, as_: As, story: int, clock: StillClock
) -> None:
    make.comment(story, cast.member)
    browser = as_(cast.lan)
    page = browser.visit("/account/settings").follow("Mail I get")
    assert page.form("main form").values() | {"csrf_token": ""} == {
        "csrf_token": "",
        **{kind.value: "at_once" if kind is NoticeKind.QUOTED else "daily" for kind in NoticeKind},
        "zone": "Asia/Ho_Chi_Minh",
    }
    page.submit("main form", answered="never", zone="Asia/Tokyo")
    again = browser.visit("/account/notices").form("main form").values()
    assert (again["answered"], again["zone"]) == ("never", "Asia/Tokyo")
    clock.advance(hours=8)
    round_of_mail(site)
    assert letters(site, cast.lan) == []
    assert page.submit("main form", answered="hourly").status == 422
    assert page.submit("main form", zone="Mars/Base").status == 422
    page.submit("main form", zone="Asia/Ho_Chi_Minh")
    assert site.value("SELECT count(*) FROM notice_setting") == 0


def test_somebody_abroad_has_their_own_morning(
    site: Site, cast: Cast, make: Factory, story: int, clock: StillClock
) -> None:
    site.execute("INSERT INTO notice_setting VALUES (:id, 'America/New_York')", id=cast.lan.id)
    make.comment(story, cast.member)
    clock.moment = datetime(2026, 3, 3, 0, 30, tzinfo=UTC)
    round_of_mail(site)
    assert letters(site, cast.lan) == []
    clock.moment = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)
    round_of_mail(site)
    assert len(letters(site, cast.lan)) == 1


def test_who_confirmed_no_address_or_is_closed_gets_no_letter(
    site: Site, cast: Cast, make: Factory, story: int, clock: StillClock
) -> None:
    make.comment(story, cast.member)
    site.execute("UPDATE account SET email_confirmed_at = NULL WHERE id = :id", id=cast.lan.id)
    clock.advance(hours=8)
    round_of_mail(site)
    assert letters(site, cast.lan) == []


def test_every_country_has_a_zone_and_its_morning() -> None:
    on = datetime(2026, 7, 1, tzinfo=UTC).date()
    for code in countries.CODES:
        assert zones.moment(zones.of_country(code), on, 7).tzinfo is UTC
    assert zones.moment("Europe/Berlin", on, 7) == datetime(2026, 7, 1, 5, tzinfo=UTC)
    assert zones.moment("America/New_York", datetime(2026, 3, 8, tzinfo=UTC).date(), 7).hour == 11
    assert zones.of_country("ID") == "Asia/Jakarta"
