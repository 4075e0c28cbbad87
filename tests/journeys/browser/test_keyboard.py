"""Without a mouse: past the header, in, through the menu, and a story written, corrected and sent."""

import pytest
from playwright.sync_api import expect

from tests.journeys.browser.person import Person
from tests.journeys.browser.product import Product
from tests.journeys.browser.steps import STATUS, MakePerson

pytestmark = [pytest.mark.browser, pytest.mark.journey]

MOST_STEPS = 60
# What shows the focus: an outline of at least 2 px, on something that can be seen and is in the window.
SHOWN = """() => {
    const one = document.activeElement;
    const style = getComputedStyle(one), box = one.getBoundingClientRect();
    // A link that is a whole card draws it around the card.
    const isDrawn = [style, getComputedStyle(one, "::after")].some(
        (drawn) => drawn.outlineStyle !== "none" && parseFloat(drawn.outlineWidth) >= 2);
    const isInSight = box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight;
    return one === document.body || (isDrawn && isInSight) ? "" : `${one.outerHTML.slice(0, 120)} ${style.outline}`;
}"""
IS_AT = "(selector) => document.activeElement.matches(selector)"


def test_the_first_step_skips_to_the_content(person: MakePerson) -> None:
    one = person("somebody")
    one.goes("/")
    press(one, "Tab")
    expect(one.one(".skip")).to_be_focused()
    expect(one.one(".skip")).to_be_in_viewport(ratio=1)
    press(one, "Enter")
    expect(one.one("#main")).to_be_focused()


@pytest.mark.parametrize("path", ["/", "/stories", "/account/register"])
def test_the_focus_is_always_in_sight(person: MakePerson, path: str) -> None:
    one = person("somebody")
    one.goes(path)
    hidden = []
    for _ in range(MOST_STEPS):
        press(one, "Tab")
        hidden.append(one.page.evaluate(SHOWN))
        if one.page.evaluate(IS_AT, "footer *:last-child"):
            break
    assert [fault for fault in hidden if fault] == []


def test_a_story_is_written_by_keyboard_alone(person: MakePerson, product: Product) -> None:
    author = person("the author")
    signs_in(author, product)
    opens_and_closes_the_menu(author)
    steps_to(author, "header a[href='/stories/new']")
    press(author, "Enter")
    author.lands("/stories/new")
    author.one("[name=title]").wait_for()
    steps_to(author, "[name=title]")
    author.page.keyboard.type("Ten fingers, no mouse")
    steps_to(author, "button[name=action][value=submit]")
    press(author, "Enter")
    is_led_to_what_is_wrong(author)
    author.page.keyboard.type("We take turns to choose the silence.")
    steps_to(author, "[name=topic]")
    press(author, "ArrowDown")
    steps_to(author, "button[name=action][value=submit]")
    press(author, "Enter")
    author.arrives(STATUS)


def signs_in(author: Person, product: Product) -> None:
    member = product.account("Nomsa Dlamini", role="member", country="ZA", language="en")
    author.goes("/account/login")
    steps_to(author, "[name=email]")
    author.page.keyboard.type(member.email)
    press(author, "Tab")
    author.page.keyboard.type(member.password)
    press(author, "Enter")
    author.lands("/me/stories")


def opens_and_closes_the_menu(author: Person) -> None:
    steps_to(author, ".menu summary")
    press(author, "Enter")
    expect(author.one(".menu-panel")).to_be_visible()
    press(author, "Escape")
    expect(author.one(".menu-panel")).to_be_hidden()
    expect(author.one(".menu summary")).to_be_focused()
    author.page.keyboard.press("Shift+Tab")
    author.goes("/me/stories")


def is_led_to_what_is_wrong(author: Person) -> None:
    """The summary takes the focus; its link leads into the field."""
    expect(author.one(".errors")).to_be_focused()
    author.forgives("422")
    steps_to(author, ".errors a[href='#body']")
    press(author, "Enter")
    expect(author.one("[name=body]")).to_be_focused()


def steps_to(one: Person, selector: str) -> None:
    """With the Tab key; the focus may never be out of sight on the way."""
    for _ in range(MOST_STEPS):
        press(one, "Tab")
        assert one.page.evaluate(SHOWN) == ""
        if one.page.evaluate(IS_AT, selector):
            return
    raise AssertionError(f"{selector} is not reached within {MOST_STEPS} steps")


def press(one: Person, key: str) -> None:
    one.page.keyboard.press(key)
