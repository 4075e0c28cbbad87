"""The pleasure of writing: the bar and its keys, clean pastes, how long the text is, and what is still missing."""

import pytest
from playwright.sync_api import Locator, expect

from tests.journeys.browser import clipboards
from tests.journeys.browser.person import Person
from tests.journeys.browser.product import Product, SignIn
from tests.journeys.browser.steps import DRAFTS, MakePerson, comes, saving
from tests.journeys.browser.voices import ARABIC, ENGLISH, Voice

pytestmark = [pytest.mark.browser, pytest.mark.journey]

# Whether the page left the paste to the browser.
PASTE = """(field, [html, text]) => {
    const clipboardData = new DataTransfer();
    if (html) clipboardData.setData("text/html", html);
    clipboardData.setData("text/plain", text);
    return field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
}"""
Members = dict[str, SignIn]
LEFT_BEHIND = "The pictures in what you pasted stay behind. Add them as photos."


@pytest.fixture(scope="module")
def members(product: Product) -> Members:
    """One of each language."""
    return {
        voice.ui: product.account(voice.author, role="member", country=voice.country, language=voice.ui)
        for voice in (ENGLISH, ARABIC)
    }


@pytest.mark.parametrize("voice", [ENGLISH, ARABIC], ids=lambda voice: voice.ui)
def test_text_is_set_by_keyboard_and_can_be_undone(
    person: MakePerson, members: Members, voice: Voice
) -> None:
    author, body = opens_a_new_story(person, members, voice)
    words = voice.title
    author.page.keyboard.type(words)
    sets_and_undoes(author, body, words)
    goes_along_the_bar(author, forth="ArrowLeft" if voice.direction == "rtl" else "ArrowRight")
    expect(body).to_be_focused()
    expect(body).to_have_value(f"- {words}")
    with author.page.expect_response(DRAFTS):
        presses(author, "End", "Enter")
        expect(body).to_have_value(f"- {words}\n- ")
        presses(author, "Enter")
        expect(body).to_have_value(f"- {words}\n")
    saving(author, "saved")
    author.follows(".typing-help summary")
    author.looks_around()


def test_a_paste_becomes_clean_markdown(person: MakePerson, members: Members) -> None:
    author, body = opens_a_new_story(person, members, ENGLISH)
    for html, markdown, told in (
        (clipboards.WORD, clipboards.WORD_AS_MARKDOWN, LEFT_BEHIND),
        (clipboards.GOOGLE_DOCS, clipboards.GOOGLE_DOCS_AS_MARKDOWN, ""),
        (clipboards.LIBREOFFICE, clipboards.LIBREOFFICE_AS_MARKDOWN, LEFT_BEHIND),
    ):
        body.fill("Before.")
        assert pastes(body, html=html) is False
        expect(body).to_have_value(f"Before.\n\n{markdown}")
        expect(author.one("[data-paste-told]")).to_have_text(told)
        presses(author, "Control+z")
        expect(body).to_have_value("Before.")
    assert pastes(body, html="<div style='white-space: pre'>no <span>structure</span></div>") is True
    assert pastes(body, text="https://example.org/nothing-is-selected") is True
    presses(author, "Control+a")
    assert pastes(body, text="https://example.org/before") is False
    expect(body).to_have_value("[Before.](https://example.org/before)")


def test_the_page_says_how_long_it_is_and_what_is_missing(person: MakePerson, members: Members) -> None:
    author, body = opens_a_new_story(person, members, ENGLISH)
    length = author.one("[data-measure-for]")
    expect(length).to_be_empty()
    ticks(author, title=False, body=False, topic=False, language=False)
    author.fills(title=ENGLISH.title, topic="community")
    for language, text, words in (
        ("th", "ฉันรักรถของฉัน", 5),
        ("zh", "**我们**轮流选择沉默。", 8),
        (
            "en",
            f"## Four neighbours\n\n[One car](https://example.org/a-b), *no* radio.\n\n{'word ' * 600}",
            606,
        ),
    ):
        author.fills(language=language, body=text)
        expect(length).to_contain_text(f"Words: {words}.")
    expect(length).to_contain_text("Time to read: 3 minutes.")
    ticks(author, title=True, body=True, topic=True, language=True)
    with author.page.expect_response("**/stories/language"):
        body.fill(ARABIC.body)
    expect(author.one("[data-check-doubt]")).to_have_text("It says English, and reads like Arabic.")
    ticks(author, title=True, body=True, topic=True, language=False)


def test_a_preview_without_a_script_says_how_long_it_is(person: MakePerson, members: Members) -> None:
    author = person("the author", java_script_enabled=False)
    begins(author, members["en"])
    expect(author.one("[role=toolbar]")).to_be_hidden()
    author.follows(".typing-help summary")
    author.sees("A blank line begins a new paragraph.")
    author.fills(body="## Four neighbours\n\n[One car](https://example.org), *no* radio.")
    author.presses("button[name=action][value=preview]")
    expect(author.one(".preview-length")).to_be_visible()
    expect(author.one(".preview-length > *")).to_have_text(["6 words", "1 minute to read"])


def opens_a_new_story(person: MakePerson, members: Members, voice: Voice) -> tuple[Person, Locator]:
    author = comes(person, "the author", voice)
    begins(author, members[voice.ui])
    body = author.one("[name=body]")
    body.focus()
    expect(author.one("[role=toolbar]")).to_be_visible()
    return author, body


def begins(author: Person, member: SignIn) -> None:
    """Without a look at the pages on the way, which other journeys take."""
    author.page.goto(f"{author.product.url}/account/login")
    author.signs_in(member)
    author.page.goto(f"{author.product.url}/stories/new")


def sets_and_undoes(author: Person, body: Locator, words: str) -> None:
    presses(author, "Control+a", "Control+b")
    expect(body).to_have_value(f"**{words}**")
    expect(author.one("[data-mark=bold]")).to_have_attribute("aria-pressed", "true")
    presses(author, "Control+i")
    expect(body).to_have_value(f"***{words}***")
    presses(author, "Control+z")
    expect(body).to_have_value(f"**{words}**")
    presses(author, "Control+a", "Control+b")
    expect(body).to_have_value(words)


def goes_along_the_bar(author: Person, *, forth: str) -> None:
    """One stop for the Tab key; the arrows go on from there, the way the writing goes, and round."""
    author.one("[data-mark=bold]").focus()
    presses(author, *[forth] * 5)
    expect(author.one("[data-mark=list]")).to_be_focused()
    presses(author, "Home")
    expect(author.one("[data-mark=bold]")).to_be_focused()
    assert author.one("[role=toolbar] button[tabindex='0']").count() == 1
    author.one("[data-mark=list]").focus()
    presses(author, "Enter")


def presses(author: Person, *keys: str) -> None:
    for key in keys:
        author.page.keyboard.press(key)


def pastes(body: Locator, *, html: str = "", text: str = "words") -> bool:
    """Whether the page leaves it to the browser."""
    return bool(body.evaluate(PASTE, [html, text]))


def ticks(author: Person, **done: bool) -> None:
    for name, is_done in done.items():
        item = author.one(f"[data-check^='[name={name}]']")
        expect(item).to_have_attribute("data-is-done", "true" if is_done else "false")
        expect(item).to_contain_text("Done:" if is_done else "Not yet:")
