"""The main job in a real browser: told, returned, revised, approved, read, answered, edited. In two directions."""


from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys.browser.person import Person
from tests.journeys.browser.product import Product, SignIn
from tests.journeys.browser.voices import ARABIC, ENGLISH, Voice

pytestmark = [pytest.mark.browser, pytest.mark.journey]

STATUS = r"/contributions/\d+/status(\?.*)?"
STORY = r"/stories/\d+/.+"
REVIEW = r"/moderation/reviews/\d+"
EDIT = r"/stories/\d+/edit"
PASSWORD = "seven goats on a roof rack"
MakePerson = Callable[..., Person]


@pytest.mark.parametrize("voice", [ENGLISH, ARABIC], ids=lambda voice: voice.ui)
def test_a_story_is_told_decided_read_and_answered(person: MakePerson, product: Product, voice: Voice) -> None:
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


def comes(person: MakePerson, name: str, voice: Voice) -> Person:
    one = person(f"{name} ({voice.ui})", color_scheme=voice.scheme)
    one.page.goto(f"{one.product.url}/?ui={voice.ui}")
    one.speaks = voice.ui, voice.direction
    return one


def desk_account(product: Product, voice: Voice) -> SignIn:
    return product.account("Desk Keeper", role="moderator", country="ID", language=voice.ui)


def joins(one: Person, product: Product, voice: Voice, name: str) -> None:
    """Registers, and confirms the address with the link in the mail."""
    email = f"{'author' if name == voice.author else 'reader'}-{voice.ui}@example.test"
    one.goes("/")
    one.follows("header a[href='/account/register']")
    one.arrives("/account/register")
    one.fills(email=email, password=PASSWORD, display_name=name, country=voice.country, language=voice.ui)
    one.presses("main form:has([name=password]) button")
    one.arrives("/stories/new")
    letter = product.letter(email)
    assert letter["Content-Language"] == voice.ui
    one.goes(product.link_in(letter, "/account/confirm/"))
    one.presses("main form button")
    one.arrives("/me/stories")


def writes(author: Person, voice: Voice) -> None:
    author.goes("/stories/new")
    author.fills(title=voice.title, body=voice.body, topic="community", language=voice.ui)
    author.fills(vehicle_model="Tembo 4x4", vehicle_year="2021", vehicle_since="2022", vehicle_powertrain="diesel")
    saving(author, "saved")
    author.lands(EDIT)
    expect(author.one("[data-preview]")).to_contain_text(voice.title)
    author.looks_around()


def loses_the_connection(author: Person, voice: Voice) -> None:
    """What is typed without one is kept, and is there when the page is opened again."""
    address, whole = author.page.url, voice.body + voice.typed_offline
    author.context.set_offline(True)
    author.fills(body=whole)
    saving(author, "failed")
    author.page.goto("about:blank")
    author.context.set_offline(False)
    author.forgives("ERR_INTERNET_DISCONNECTED")
    author.goes(address)
    expect(author.one("[name=body]")).to_have_value(whole)
    expect(author.one("[data-keep-notice]")).to_be_visible()
    saving(author, "saved")


def saving(author: Person, state: str) -> None:
    """The page says how the saving stands, in its own words."""
    place = author.one("[data-autosave-state]")
    expect(place).to_have_attribute("data-state", state)
    expect(place).to_be_visible()
    words = (place.get_attribute(f"data-{state}") or "").partition("{")[0]
    assert words
    expect(place).to_contain_text(words)


def submits(author: Person) -> None:
    author.presses("button[name=action][value=submit]")
    author.arrives(STATUS)
    assert int(author.one(".waiting-figures dd").first.inner_text()) >= 1
    author.page.wait_for_function("localStorage.length === 0")


def finds_in_queue(moderator: Person, title: str, *words: str) -> None:
    moderator.goes("/moderation")
    moderator.one(".queue a").get_by_text(title[:40]).first.click()
    moderator.arrives(REVIEW)
    moderator.sees(*(line for text in words for line in text.split("\n\n") if line))


def decides(moderator: Person, outcome: str) -> None:
    moderator.one(f"label:has([name=outcome][value={outcome}])").click()
    moderator.presses(".decision button")
    moderator.lands("/moderation")


def returns_with_notes(moderator: Person, notes: str) -> None:
    """Without notes it is not accepted, and says why."""
    moderator.one("label:has([name=outcome][value=return])").click()
    moderator.presses(".decision button")
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
