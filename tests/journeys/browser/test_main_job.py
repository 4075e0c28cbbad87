"""The main job in a real browser: told, returned, revised, approved, read, answered, edited. In two directions."""

import pytest
from playwright.sync_api import expect

from tests.journeys.browser.person import Person
from tests.journeys.browser.product import Product
from tests.journeys.browser.steps import (
    DRAFTS,
    EDIT,
    STATUS,
    STORY,
    MakePerson,
    comes,
    decides,
    desk_account,
    finds_in_queue,
    joins,
    saving,
    submits,
)
from tests.journeys.browser.voices import ARABIC, ENGLISH, Voice

pytestmark = [pytest.mark.browser, pytest.mark.journey]


@pytest.mark.parametrize("voice", [ENGLISH, ARABIC], ids=lambda voice: voice.ui)
def test_a_story_is_told_decided_read_and_answered(
    person: MakePerson, product: Product, voice: Voice
) -> None:
    moderator = comes(person, "the moderator", voice)
    author, reader = comes(person, "the author", voice), comes(person, "a stranger", voice)
    joins(author, product, voice, voice.author)
    writes(author, voice)
    loses_the_connection(author, voice)
    submits(author)
    moderator.signs_in(desk_account(product, voice))
    finds_in_queue(moderator, voice.title, voice.body)
    returns_with_notes(moderator, voice.notes)
    revises(author, product, voice)
    finds_in_queue(moderator, voice.title, voice.revised)
    decides(moderator, "approve")
    reads_as_a_stranger(reader, voice)
    story = reader.page.url
    joins(reader, product, voice, voice.reader)
    answers_and_reacts(reader, story, voice)
    finds_in_queue(moderator, voice.answer)
    decides(moderator, "approve")
    edits_while_the_old_text_stays(author, reader, story, voice)
    sees_the_changes(moderator, voice)
    decides(moderator, "approve")
    reads_the_new_text(reader, story, voice)


def test_nothing_is_lost_when_another_browser_ends_the_session(person: MakePerson, product: Product) -> None:
    """The page says so while it is typed on; after signing in again the text is there, and is saved."""
    member = product.account("Lan Vu", role="member", country="VN", language="en")
    author, elsewhere = comes(person, "the author", ENGLISH), comes(person, "the other browser", ENGLISH)
    author.signs_in(member)
    author.goes("/stories/new")
    begins(author)
    elsewhere.signs_in(member)
    elsewhere.goes("/account/sessions")
    elsewhere.presses("form[action$='/end'] button")
    expect(elsewhere.one("form[action$='/end']")).to_have_count(0)
    elsewhere.arrives("/account/sessions")
    author.fills(body=ENGLISH.body + ENGLISH.revised)
    saving(author, "signed-out")
    author.forgives("401")
    author.looks_around()
    author.presses("[data-autosave-when=signed-out]")
    with author.page.expect_response(DRAFTS):
        author.signs_in(member, lands=EDIT)
    expect(author.one("[name=body]")).to_have_value(ENGLISH.body + ENGLISH.revised)
    saving(author, "saved")
    author.looks_around()
    submits(author)


def test_nothing_is_lost_when_another_tab_signs_out(person: MakePerson, product: Product) -> None:
    """What is sent then comes back with the way to sign in, and goes on from there."""
    member = product.account("Bima Putra", role="member", country="ID", language="en")
    author = comes(person, "the author", ENGLISH)
    author.signs_in(member)
    author.goes("/stories/new")
    begins(author)
    tab = author.context.new_page()
    tab.goto(product.url)
    tab.locator(".menu summary").click()
    tab.locator("form[action='/account/logout'] button").click()
    tab.locator("header a[href='/account/login']").wait_for()
    tab.close()
    # Not what the first author sent: the checks would say that somebody told it before.
    author.fills(
        body=f"{ENGLISH.revised}\n\nWe had told nobody of it until now, and the lake is still there."
    )
    author.presses("button[name=action][value=submit]")
    author.one("[name=resume_path]").wait_for(state="attached")
    author.forgives("40[01]")
    author.sees(ENGLISH.revised.strip())
    author.looks_around()
    author.fills(email=member.email, password=member.password)
    author.presses("main form:has([name=password]) button")
    author.one("main form:has([name=body])").wait_for(state="attached")
    author.looks_around()
    author.presses("main form:has([name=body]) button")
    author.arrives(STATUS)
    author.sees(ENGLISH.revised.strip())


def writes(author: Person, voice: Voice) -> None:
    author.goes("/stories/new")
    with author.page.expect_response(DRAFTS):
        author.fills(title=voice.title, body=voice.body, topic="community", language=voice.ui)
        author.fills(
            vehicle_model="Tembo 4x4", vehicle_year="2021", vehicle_since="2022", vehicle_powertrain="diesel"
        )
    saving(author, "saved")
    author.lands(EDIT)
    expect(author.one("[data-preview]")).to_contain_text(voice.title)
    author.looks_around()


def begins(author: Person) -> None:
    with author.page.expect_response(DRAFTS):
        author.fills(title="Written while somebody signs out", body=ENGLISH.body, topic="community")
    saving(author, "saved")
    author.lands(EDIT)


def loses_the_connection(author: Person, voice: Voice) -> None:
    """What is typed without one is kept, and is there when the page is opened again."""
    address, whole = author.page.url, voice.body + voice.typed_offline
    author.context.set_offline(True)
    author.fills(body=whole)
    saving(author, "failed")
    author.page.goto("about:blank")
    author.context.set_offline(False)
    author.forgives("ERR_INTERNET_DISCONNECTED")
    with author.page.expect_response(DRAFTS):
        author.goes(address)
    expect(author.one("[name=body]")).to_have_value(whole)
    expect(author.one("[data-keep-notice]")).to_be_visible()
    saving(author, "saved")


def returns_with_notes(moderator: Person, notes: str) -> None:
    """Without notes it is not accepted, and says why."""
    moderator.one("label:has([name=outcome][value=return])").click()
    moderator.presses(".decision button:not([name])")
    expect(moderator.one(".errors")).to_be_focused()
    moderator.forgives("422")
    moderator.looks_around()
    moderator.fills(explanation=notes)
    decides(moderator, "return")


def revises(author: Person, product: Product, voice: Voice) -> None:
    letter = product.letter(f"author-{voice.ui}@example.test", 2)
    assert letter["Content-Language"] == voice.ui
    body = letter.get_body(("plain",))
    assert body is not None
    assert voice.notes in body.get_content()
    author.goes("/me/stories")
    author.follows("main .ledger-title a")
    author.arrives(EDIT)
    author.sees(voice.notes)
    author.fills(body=voice.body + voice.typed_offline + voice.revised)
    submits(author)


def reads_as_a_stranger(reader: Person, voice: Voice) -> None:
    """From the home page; nothing is known of them but the language they chose."""
    reader.goes("/")
    reader.one("main").get_by_role("link", name=voice.title).first.click()
    reader.arrives(STORY)
    reader.sees(*(line for line in (voice.body + voice.revised).split("\n\n")))
    assert {cookie.get("name") for cookie in reader.context.cookies()} <= {"ui"}


def answers_and_reacts(reader: Person, story: str, voice: Voice) -> None:
    reader.goes(story)
    reader.one("#answer [name=body]").fill(voice.answer)
    reader.presses("#answer button")
    reader.lands(STORY)
    expect(reader.one(".comment.is-waiting")).to_contain_text(voice.answer)
    knows = reader.one(".story-foot button.reaction")
    expect(knows).to_have_attribute("aria-pressed", "false")
    knows.click()
    reader.lands(STORY)
    expect(knows).to_have_attribute("aria-pressed", "true")
    assert int(reader.one(".reaction-count").inner_text()) == 1
    reader.looks_around()


def edits_while_the_old_text_stays(author: Person, reader: Person, story: str, voice: Voice) -> None:
    author.goes(story)
    author.sees(voice.answer)
    author.follows(".story-acts a[href$='/edit']")
    author.lands(EDIT)
    author.fills(title=voice.edited_title, body=voice.body + voice.revised + voice.edited)
    submits(author)
    reader.goes(story)
    expect(reader.one("h1")).to_have_text(voice.title)
    reader.sees(voice.typed_offline.strip())
    reader.does_not_see(voice.edited.strip())


def sees_the_changes(moderator: Person, voice: Voice) -> None:
    finds_in_queue(moderator, voice.edited_title)
    expect(moderator.one(".diff ins").filter(has_text=voice.edited.strip())).to_be_visible()
    expect(moderator.one(".diff del").filter(has_text=voice.typed_offline.strip())).to_be_visible()


def reads_the_new_text(reader: Person, story: str, voice: Voice) -> None:
    reader.goes(story, lands=STORY)
    expect(reader.one("h1")).to_have_text(voice.edited_title)
    reader.sees(voice.edited.strip(), voice.answer)
    reader.does_not_see(voice.typed_offline.strip())
    reader.goes("/transparency")
    reader.does_not_see(voice.author)
