import pytest

from community.kit import i18n, languages
from tests.cast import Cast
from tests.conftest import As
from tests.helpers.site import Site


@pytest.mark.parametrize(
    ("header", "spoken"),
    [
        ("", "en"),
        ("ar", "ar"),
        ("id-ID,id;q=0.9", "id"),
        ("vi,ar;q=0.5,en;q=0.3", "ar"),
        ("fr", "en"),
        ("en;q=0.1,id;q=0.9", "id"),
        ("*", "en"),
        (";;;q=x,,", "en"),
        ("x" * 5000, "en"),
    ],
)
def test_the_browsers_wish(header: str, spoken: str) -> None:
    assert i18n.accepted(header) == spoken


def test_the_order_address_choice_account_browser(site: Site, cast: Cast, as_: As) -> None:
    browser = as_(cast.admin)  # whose account says Indonesian
    assert browser.get("/about", Accept_Language="ar").language == "id"
    assert browser.get("/about?ui=ar", Accept_Language="en").language == "ar"
    assert browser.get("/about", Accept_Language="en").language == "ar", "the choice is remembered"
    assert browser.get("/about?ui=xx", Accept_Language="en").language == "ar", "an unknown one is passed over"
    stranger = as_(None)
    assert stranger.get("/about", Accept_Language="id").language == "id"
    assert stranger.get("/about?ui=en", Accept_Language="id").language == "en"
    assert stranger.get("/about", Accept_Language="id").language == "en"


def test_saving_the_settings_lets_the_account_speak_again(cast: Cast, as_: As) -> None:
    browser = as_(cast.lan)
    browser.get("/about?ui=ar")
    page = browser.visit("/account/settings").submit(language="id")
    assert page.language == "id"


@pytest.mark.parametrize("code", languages.INTERFACE)
def test_every_page_has_its_language_and_direction(cast: Cast, as_: As, code: str) -> None:
    for path in ("/", "/stories", "/nowhere", "/account/login"):
        page = as_(None).get(path, Accept_Language=code)
        assert page.language == code
        assert page.has(f"html[dir={'rtl' if code == 'ar' else 'ltr'}]")


def test_the_switch_keeps_the_page(as_: As) -> None:
    page = as_(None).visit("/stories?country=VN&sort=loved")
    links = [str(a["href"]) for a in page.soup.select("a[href*='ui=']")]
    assert any("country=VN" in link and "sort=loved" in link and link.endswith("ui=ar") for link in links)


@pytest.mark.parametrize("code", [code for code in languages.INTERFACE if code != "en"])
def test_another_language_says_other_words(as_: As, code: str) -> None:
    english, other = as_(None).get("/guidelines"), as_(None).get("/guidelines", Accept_Language=code)
    assert english.main != other.main
    words = {w for w in english.main.split() if w.isalpha() and len(w) > 4}
    kept = words & set(other.main.split())
    assert len(kept) < len(words) / 10, kept
