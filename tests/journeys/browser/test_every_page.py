"""Every kind of page, full of the demo's content, is looked at in both directions, light and dark.

Its words are those of two pseudo-languages: what has room for them, in letters and in width, has room for the sixteen.
English and Arabic themselves are looked at by the other journeys, page by page as these come to them.
"""

from collections.abc import Iterator

import pytest

from tests.helpers import pseudo
from tests.journeys.browser.product import Product, running
from tests.journeys.browser.steps import MakePerson
from tests.shots import PEOPLE, SHOTS, find, sign_in

pytestmark = [pytest.mark.browser]

MISSING = "not-found"


@pytest.fixture
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    folder = tmp_path_factory.mktemp("demo")
    pseudo.speak(folder / "locales", de=pseudo.accented, ar=pseudo.mirrored)
    with running(folder, has_demo=True) as started:
        yield started


def test_no_page_has_a_fault(person: MakePerson, demo: Product) -> None:
    for language, direction, scheme in (("de", "ltr", "light"), ("ar", "rtl", "dark")):
        for who in PEOPLE:
            one = person(f"{who} ({language})", site=demo, color_scheme=scheme)
            one.speaks = language, direction
            one.page.goto(f"{demo.url}/?ui={language}")
            sign_in(one.page, demo, who, language)
            for shot in (shot for shot in SHOTS if shot.who == who):
                find(one.page, demo, shot)
                if shot.name == MISSING:
                    one.forgives("404")
                one.looks_around()
