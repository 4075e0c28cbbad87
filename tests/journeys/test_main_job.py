"""The main job, whole, through the real HTML and without JavaScript, on both databases."""

import email
import re
from email.message import EmailMessage
from email.policy import default

import pytest

from tests.cast import Cast
from tests.conftest import As
from tests.helpers.browser import Browser, Page
from tests.helpers.clock import StillClock
from tests.helpers.site import Site

PASSWORD = "the long way round the lake"
FIRST = "The river was high that morning, and the old ferry did not run.\n\nSo we drove."
SECOND = "The river was high that morning.\n\nSo we drove the long way, and it was **better**."
THIRD = "A year later the ferry is gone, and the long way is the only one."


def letters(site: Site) -> list[EmailMessage]:
    """All mail so far, first to last, after the worker has done what is due."""
    site.work()
    found = []
    for file in site.letters():
        message = email.message_from_bytes(file.read_bytes(), policy=default)
        assert isinstance(message, EmailMessage)
        found.append(message)
    return found


def words(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def link_in(message: EmailMessage, kind: str) -> str:
    found = re.search(rf"http://localhost(/account/{kind}/\S+)", words(message))
    assert found, words(message)
    return found[1]


def join(browser: Browser, name: str, address: str, language: str = "en") -> Page:
    return browser.visit(f"/account/register?ui={language}").submit(
        email=address,
        password=PASSWORD,
        display_name=name,
        country="VN",
        language=language,
        languages=["en", "vi"],
    )


@pytest.mark.journey
@pytest.mark.parametrize("language", ["en", "ar", "id"])
def test_a_story_from_the_first_page_to_the_approved_edit(  # noqa: PLR0915 - one journey, told in one piece
    site: Site, cast: Cast, as_: As, clock: StillClock, language: str
) -> None:
    author, desk, stranger = as_(None), as_(cast.moderator), as_(None)

    # Registers; writes a draft before the address is confirmed, and may not submit it yet.
    writing = join(author, "Minh Trần", "minh@example.test", language)
    assert writing.path == "/stories/new"
    assert not writing.has("button[value=submit]")
    kept = writing.submit(
        "button[value=save]", title="The long way", body=FIRST, language="vi", topic="journeys"
    )
    assert kept.form("#story-form").values()["body"].replace("\r\n", "\n") == FIRST

    # Confirms by the mail, in the language of the account.
    (letter,) = letters(site)
    assert (letter["To"], letter["Content-Language"]) == ("minh@example.test", language)
    confirmed = author.visit(link_in(letter, "confirm")).submit()
    assert confirmed.path == "/me/stories"
    assert "The long way" in confirmed.main

    # Submits; sees the state and the place in the queue; nobody else sees anything.
    waiting = author.visit(kept.path).submit("button[value=submit]")
    assert waiting.path.startswith("/contributions/")
    number = int(waiting.path.split("/")[2])
    assert stranger.get(f"/stories/{number}").status == 404
    assert "The long way" not in stranger.visit("/stories").main

    # A moderator who reads the language finds it in the queue and sends it back with notes.
    clock.advance(hours=2)
    review = desk.visit("/moderation").follow("The long way")
    done = review.submit(".decision", outcome="return", explanation="Please say where this was.")
    assert done.path.startswith("/moderation?decided=")
    assert "The long way" not in done.main

    # The author reads the notes, by mail and beside the text, and revises.
    letter = letters(site)[-1]
    assert "Please say where this was." in words(letter)
    assert letter["Content-Language"] == language
    revising = author.visit(f"/stories/{number}/edit")
    assert "Please say where this was." in revising.main
    assert revising.form("#story-form").values()["body"].replace("\r\n", "\n") == FIRST
    revising.submit("button[value=submit]", body=SECOND)

    # The moderator approves; a stranger reads it.
    clock.advance(hours=1)
    desk.visit("/moderation").follow("The long way").submit(".decision", outcome="approve")
    story = stranger.visit("/stories").follow("The long way")
    assert story.status == 200
    assert "So we drove the long way" in story.main
    assert story.has("strong")
    assert not stranger.cookies()
    assert f"/contributions/{number}" in words(letters(site)[-1])

    # The stranger joins, confirms, answers and reacts.
    join(stranger, "Sipho Dlamini", "sipho@example.test")
    stranger.visit(link_in(letters(site)[-1], "confirm")).submit()
    page = stranger.visit(story.path)
    answered = page.submit("form.comment-form", body="We know that lake.", language="en")
    assert "We know that lake." in answered.main
    assert "We know that lake." not in as_(None).visit(story.path).main
    reacted = answered.submit(".reaction")
    assert reacted.has('.reaction[aria-pressed="true"]')
    desk.visit("/moderation?language=all").follow("We know that lake.").submit(".decision", outcome="approve")
    assert "We know that lake." in as_(None).visit(story.path).main

    # The author edits: the old text stays public until the new one is approved.
    clock.advance(days=300)
    author.sign_in_with("minh@example.test", PASSWORD)
    author.visit(f"/stories/{number}/edit").submit("button[value=submit]", body=THIRD)
    assert "So we drove the long way" in as_(None).visit(story.path).main
    desk.enter_as(cast.moderator)
    edit = desk.visit("/moderation").follow("The long way")
    assert edit.has("ins")
    edit.submit(".decision", outcome="approve")
    final = as_(None).visit(story.path).main
    assert "the only one" in final
    assert "So we drove the long way" not in final

    # Everything that was decided is in the public log, and nobody's name.
    log = as_(None).visit("/transparency")
    for name in ("Minh", "Sipho", "Mai Moderator", "The long way"):
        assert name not in log.main
    assert site.value("SELECT count(*) FROM decision") == 4


@pytest.mark.journey
def test_a_forgotten_password(site: Site, cast: Cast, as_: As) -> None:
    browser, elsewhere = as_(None), as_(cast.lan)
    unknown = browser.visit("/account/recover").submit(email="nobody@example.test")
    known = browser.visit("/account/recover").submit(email=cast.lan.email)
    assert (known.status, known.main) == (
        unknown.status,
        unknown.main.replace("nobody@example.test", cast.lan.email),
    )
    (letter,) = letters(site)
    path = link_in(letter, "recover")
    done = browser.visit(path).submit(password="a password for another year")
    assert done.path == "/account/login"
    assert browser.get("/me/stories").status == 302, "nobody is signed in by recovering"
    assert elsewhere.get("/me/stories").status == 302, "other sessions have ended"
    assert browser.get(path).status == 410, "the link works once"
    assert browser.sign_in(cast.lan, "a password for another year").path == "/me/stories"
    assert letters(site)[-1]["To"] == cast.lan.email


@pytest.mark.journey
def test_sessions_are_listed_and_ended(cast: Cast, as_: As) -> None:
    here, there = as_(None), as_(None)
    here.sign_in(cast.lan)
    there.sign_in(cast.lan)
    page = here.visit("/account/sessions")
    buttons = page.soup.select("main form[action*='/end']")
    assert buttons
    assert there.get("/me/stories").status == 200
    for form in buttons:
        action = str(form["action"])
        page.submit(f"form[action='{action}']")
    assert there.get("/me/stories").status == 302


@pytest.mark.journey
def test_signing_out_ends_the_session_on_the_server(site: Site, cast: Cast, as_: As) -> None:
    browser = as_(None)
    browser.sign_in(cast.lan)
    stolen = browser.cookies()["session"]
    browser.visit("/me/stories").submit("form[action$='/logout']")
    assert site.value("SELECT count(*) FROM sign_in") == 0
    thief = as_(None)
    thief.client.set_cookie("session", stolen, domain="localhost")
    assert thief.get("/me/stories").status == 302


@pytest.mark.journey
def test_every_sign_in_is_a_new_session(site: Site, cast: Cast, as_: As) -> None:
    browser = as_(None)
    browser.sign_in(cast.lan)
    first = site.value("SELECT token_hash FROM sign_in")
    browser.visit("/me/stories").submit("form[action$='/logout']")
    browser.sign_in(cast.lan)
    assert site.value("SELECT token_hash FROM sign_in") != first


@pytest.mark.journey
def test_withdrawing_ones_own_story(site: Site, cast: Cast, as_: As) -> None:
    browser = as_(cast.lan)
    page = browser.visit("/stories/new")
    page = page.submit(
        "button[value=submit]", title="The long way", body=FIRST, language="vi", topic="journeys"
    )
    page = page.follow("Withdraw").submit()
    assert site.value("SELECT state FROM contribution") == "withdrawn"
    assert as_(cast.moderator).visit("/moderation").main.count("The long way") == 0
