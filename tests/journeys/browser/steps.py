"""Steps that several journeys take, and the addresses they lead to."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.journeys.browser.person import Person
from tests.journeys.browser.product import PASSWORD, Product, SignIn
from tests.journeys.browser.voices import Voice

DRAFTS = "**/stories/drafts"
STATUS = r"/contributions/\d+/status(\?.*)?"
STORY = r"/stories/\d+/.+"
REVIEW = r"/moderation/reviews/\d+(\?.*)?"
EDIT = r"/stories/\d+/edit"

MakePerson = Callable[..., Person]


def comes(person: MakePerson, name: str, voice: Voice, **words: object) -> Person:
    one = person(f"{name} ({voice.ui})", color_scheme=voice.scheme, **words)
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
    moderator.presses(".decision button:not([name])")
    moderator.one(".undo").wait_for()  # on the next text, or the empty queue
