"""Ending a kind of mail with one press, from a mail program or a browser, without a sign-in (RFC 8058)."""

from email.message import EmailMessage
from urllib.parse import urlsplit

import pytest

from tests.cast import Cast
from tests.conftest import As
from tests.factories.contributions import Factory
from tests.helpers.site import Site
from tests.notifications.noticing import choose, letters, round_of_mail


@pytest.fixture
def letter(site: Site, cast: Cast, make: Factory) -> EmailMessage:
    choose(site, cast.lan, "at_once")
    make.comment(make.live_story(cast.lan), cast.member)
    site.work()
    round_of_mail(site)
    (found,) = letters(site, cast.lan)
    return found


def path_of(letter: EmailMessage) -> str:
    return urlsplit(str(letter["List-Unsubscribe"]).strip("<>")).path


def chosen(site: Site, person_id: int) -> str:
    return str(
        site.value(
            "SELECT mail FROM notice_choice WHERE account_id = :id AND kind = 'answered'", id=person_id
        )
    )


def test_a_mail_program_ends_it_with_the_one_word_the_standard_knows(
    site: Site, cast: Cast, make: Factory, as_: As, letter: EmailMessage
) -> None:
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    for _ in range(2):
        answer = as_(None).send(path_of(letter), [("List-Unsubscribe", "One-Click")])
        assert answer.status == 200
    assert chosen(site, cast.lan.id) == "never"
    make.comment(site.value("SELECT min(id) FROM contribution"), cast.member, "Another word.")
    round_of_mail(site)
    assert len(letters(site, cast.lan)) == 1
    assert site.value("SELECT count(*) FROM notice") == 2


def test_a_browser_is_asked_first(site: Site, cast: Cast, as_: As, letter: EmailMessage) -> None:
    page = as_(None).visit(path_of(letter))
    assert "Somebody answers what I wrote or follow" in page.main
    assert cast.lan.email not in page.html
    assert chosen(site, cast.lan.id) == "at_once"
    assert "It is ended" in page.submit("main form").main
    assert chosen(site, cast.lan.id) == "never"


def test_what_this_site_did_not_sign_ends_nothing(
    site: Site, cast: Cast, as_: As, letter: EmailMessage
) -> None:
    for path in ("/unsubscribe/nonsense", f"{path_of(letter)[:-2]}xx"):
        assert as_(None).get(path).status == 404
        assert as_(None).send(path, []).status == 404
    assert chosen(site, cast.lan.id) == "at_once"
