"""The story page of signed-in readers: drawn once for many, and still each one's own."""

import re

import pytest

from tests.cast import Cast, Person
from tests.conftest import As
from tests.factories.contributions import Factory
from tests.helpers.browser import Browser

OWN = re.compile(r'name="(csrf_token|form_id)" type="hidden" value="[^"]*"|value="[^"]{20,}"')


@pytest.fixture
def told(make: Factory, cast: Cast) -> str:
    number = make.live_story()
    make.comment(number, cast.member, parent=make.comment(number, cast.lan, "Which pass was it?"))
    return f"/stories/{number}/over-the-pass"


def plain(browser: Browser, path: str) -> str:
    """The page without what is new on every visit."""
    page = browser.get(path)
    assert page.status == 200
    return OWN.sub("", page.html.replace("?x=1", "").replace("%3Fx%3D1", "").replace("&amp;x=1", ""))


def drawn_alone(browser: Browser, path: str) -> str:
    """An address nobody else asks for is drawn for this reader alone."""
    return " ".join(plain(browser, f"{path}?x=1").replace("x=1&amp;", "?").split())


def test_the_page_drawn_for_many_is_the_page_drawn_for_one(cast: Cast, as_: As, told: str) -> None:
    readers = [
        cast.join(*one) for one in (("Ana O'Dea", "BR", "pt"), ("Ben", "DE", "de", "en"), ("Cho", "KR", "ko"))
    ]
    for reader in readers:
        browser = as_(reader)
        for _ in range(2):
            shared = " ".join(plain(browser, told).split())
            alone = drawn_alone(browser, told)
            assert re.sub(r'href="[^"]*ui=[^"]*"', "", shared) == re.sub(r'href="[^"]*ui=[^"]*"', "", alone)


def test_nobody_gets_anything_of_the_reader_before(cast: Cast, as_: As, told: str) -> None:
    first, second = cast.join("First Reader", "BR", "pt"), cast.join("Second Reader", "DE", "de")
    before, after = as_(first), as_(second)
    page, other = before.visit(told), after.visit(told)
    assert "First Reader" in page.html
    assert "First Reader" not in other.html
    assert "first-reader" not in other.html
    tokens = [re.findall(r'name="csrf_token"[^>]*value="([^"]+)"', one.html) for one in (page, other)]
    assert all(len(set(found)) == 1 for found in tokens)
    assert tokens[0][0] != tokens[1][0]


def test_each_readers_form_sends_their_own_answer_in_their_own_language(
    cast: Cast, as_: As, told: str, db: object
) -> None:
    people: list[Person] = [cast.join("Ana", "BR", "pt"), cast.join("Ben", "DE", "de")]
    for person in people:
        answered = (
            as_(person).visit(told).submit("form.comment-form", body=f"Words of {person.display_name}.")
        )
        assert answered.status == 200
        assert f"Words of {person.display_name}." in answered.html
    assert db.rows(  # type: ignore[attr-defined]
        "SELECT revision.body, revision.language FROM revision WHERE body LIKE 'Words of%' ORDER BY id"
    ) == [("Words of Ana.", "pt"), ("Words of Ben.", "de")]


def test_a_pressed_button_is_pressed_for_who_pressed_it(cast: Cast, as_: As, told: str) -> None:
    pressing, looking = as_(cast.join("Ana", "BR", "pt")), as_(cast.join("Ben", "DE", "de"))
    pressing.visit(told).submit("button.reaction")
    assert 'value="0" aria-pressed="true"' in pressing.get(told).html
    assert 'aria-pressed="true"' not in looking.get(told).html
