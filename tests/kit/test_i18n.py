import re
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlencode

import pytest
from babel import Locale
from flask import render_template_string
from flask_babel import gettext, ngettext

from community.kit import i18n, languages, presentation
from tests.cast import Cast
from tests.conftest import As
from tests.factories.contributions import Factory
from tests.helpers.browser import Page
from tests.helpers.site import Site

MALFORMED = (
    "xx",
    "x",
    "",
    "-",
    "ar-",
    "-ar",
    "ar_",
    "ar--EG",
    "e" * 40,
    "en-" + "a" * 40,
    "ar;drop",
    "عر",
    "ar\n",
    "%00",
)
FORM = ".languages form"


@pytest.mark.parametrize(
    ("header", "spoken"),
    [
        ("", "en"),
        ("ar", "ar"),
        ("id-ID,id;q=0.9", "id"),
        ("sw,ar;q=0.5,en;q=0.3", "ar"),
        ("fr", "fr"),
        ("pt-PT", "pt"),
        ("pt-PT,en;q=0.9", "pt"),
        ("zh-TW", "zh"),
        ("zh-Hans-CN,en", "zh"),
        ("nb", "en"),
        ("nb-NO,de;q=0.2", "de"),
        ("in-ID", "id"),
        ("en;q=0.1,id;q=0.9", "id"),
        ("th;q=0,tr;q=0.1", "tr"),
        ("*", "en"),
        ("*;q=0.9,pl;q=0.1", "pl"),
        (";;;q=x,,", "en"),
        ("x" * 5000, "en"),
    ],
)
def test_the_browsers_wish(header: str, spoken: str) -> None:
    assert i18n.accepted(header) == spoken


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("pt", "pt"),
        ("pt-BR", "pt"),
        ("PT-br", "pt"),
        ("pt_PT", "pt"),
        ("zh-CN", "zh"),
        ("zh_Hans", "zh"),
        ("zh-Hant-TW", "zh"),
    ],
)
def test_a_region_or_a_script_means_its_language(tag: str, code: str) -> None:
    assert i18n.known(tag) == code


def test_what_is_no_language_of_ours_is_passed_over(as_: As) -> None:
    for tag in MALFORMED:
        assert i18n.known(tag) is None
        page = as_(None).get(f"/about?{urlencode({'ui': tag})}", Accept_Language="tr")
        assert (page.status, page.language) == (200, "tr"), tag
        assert "Set-Cookie" not in page.response.headers


def test_the_order_address_account_choice_browser(cast: Cast, as_: As) -> None:
    browser = as_(cast.admin)  # whose account says Indonesian
    assert browser.get("/about", Accept_Language="ar").language == "id"
    browser.client.set_cookie(i18n.COOKIE, "fr", domain="localhost")
    assert browser.get("/about", Accept_Language="ar").language == "id", (
        "the account stands before the browser"
    )
    assert browser.get("/about?ui=ar").language == "ar", "the address stands before the account"
    assert browser.get("/about").language == "id", "for that page only"
    stranger = as_(None)
    assert stranger.get("/about", Accept_Language="id").language == "id"
    assert stranger.get("/about?ui=zh-CN", Accept_Language="id").language == "zh-Hans"
    assert stranger.get("/about", Accept_Language="id").language == "zh-Hans", "the choice is remembered"
    assert stranger.get("/about?ui=xx", Accept_Language="id").language == "zh-Hans"


def test_saving_the_settings_is_answered_in_the_language_chosen(cast: Cast, as_: As) -> None:
    browser = as_(cast.lan)
    page = browser.visit("/account/settings").submit(language="id")
    assert page.language == "id"
    assert "Tersimpan." in page.text
    browser.visit("/about").submit('form[action$="/logout"]')
    assert browser.get("/about", Accept_Language="th").language == "id", (
        "signed out, this browser still speaks it"
    )


def test_a_members_switch_changes_their_account_and_keeps_the_page(site: Site, cast: Cast, as_: As) -> None:
    browser = as_(cast.lan)
    page = browser.visit("/stories?country=VN&ui=ar").submit(f'{FORM} button[value="pt"]')
    assert (page.path, page.language) == ("/stories?country=VN", "pt-BR")
    assert browser.get("/about", Accept_Language="de").language == "pt-BR"
    assert as_(cast.lan).get("/about").language == "pt-BR", "in another browser too"
    assert page.has(f'{FORM} button[value="pt"][aria-current]')


def test_an_unknown_language_changes_no_account(cast: Cast, as_: As) -> None:
    browser = as_(cast.lan)
    for tag in MALFORMED:
        answer = browser.post("/account/language", {"ui": tag, "next": "/about"})
        assert (answer.status, answer.location) == (302, "/about")
        assert browser.get("/about").language == "en"


def test_the_switch_leads_nowhere_else(cast: Cast, as_: As) -> None:
    for path in ("//elsewhere.test/", "https://elsewhere.test/", "/\\elsewhere.test", "javascript:1", ""):
        answer = as_(cast.lan).post("/account/language", {"ui": "de", "next": path})
        assert (answer.status, answer.location) == (302, "/")


def test_the_switch_works_on_pages_drawn_for_many(cast: Cast, as_: As, make: Factory) -> None:
    number = make.live_story()
    first, second = as_(cast.member), as_(cast.join("Second Reader", "DE", "de"))
    for browser in (first, second):
        page = browser.visit(f"/stories/{number}")
        told = page.submit(f'{FORM} button[value="th"]')
        assert (told.path, told.language) == (page.path, "th")


def test_every_page_has_its_language_and_direction(as_: As) -> None:
    for code in languages.INTERFACE:
        for path in ("/", "/nowhere", "/account/login"):
            page = as_(None).get(path, Accept_Language=code)
            assert page.language == page.response.headers["Content-Language"] == languages.tag(code)
            assert page.has(f"html[dir={'rtl' if code in ('ar', 'fa') else 'ltr'}]")


def test_the_switch_keeps_the_page_and_names_every_language_in_itself(as_: As) -> None:
    page = as_(None).visit("/stories?country=VN&sort=loved&ui=fa")
    links = page.soup.select(".languages a")
    assert [link["lang"] for link in links] == [languages.tag(code) for code in languages.INTERFACE]
    assert "Português (Brasil)" in [link.get_text(strip=True) for link in links]
    assert [str(link["href"]) for link in links] == [
        f"/stories?country=VN&sort=loved&ui={code}" for code in languages.INTERFACE
    ]
    assert [link["lang"] for link in links if link.has_attr("aria-current")] == ["fa"]
    assert page.has('header a[href="#site-languages"]')
    assert page.has("#site-languages")


def alternates(page: Page) -> dict[str, str]:
    return {str(link["hreflang"]): str(link["href"]) for link in page.soup.select("link[hreflang]")}


def canonical(page: Page) -> list[str]:
    return [str(link["href"]) for link in page.soup.select("link[rel=canonical]")]


def test_public_pages_name_their_address_and_that_in_every_language(as_: As) -> None:
    for path in ("/", "/about", "/guidelines", "/stories?country=VN", "/countries", "/transparency"):
        mark = "&" if "?" in path else "?"
        own = f"http://localhost{path}"
        for asked in (path, f"{path}{mark}ui=pt-BR"):
            page = as_(None).visit(asked)
            assert canonical(page) == [own]
            assert alternates(page) == {
                "x-default": own,
                **{languages.tag(code): f"{own}{mark}ui={code}" for code in languages.INTERFACE},
            }


def test_a_page_in_a_language_of_its_address_names_itself(as_: As) -> None:
    page = as_(None).visit("/about?ui=pt")
    assert canonical(page) == ["http://localhost/about?ui=pt"]
    assert alternates(page)["pt-BR"] == canonical(page)[0]


def test_other_pages_name_no_addresses(cast: Cast, as_: As) -> None:
    for person, path in (
        (None, "/account/login"),
        (None, "/nowhere"),
        (cast.lan, "/about"),
        (cast.lan, "/me/stories"),
    ):
        page = as_(person).visit(path)
        assert (canonical(page), alternates(page)) == ([], {})


def test_another_language_says_other_words(as_: As) -> None:
    english = as_(None).get("/guidelines").main
    words = {w for w in english.split() if w.isalpha() and len(w) > 4}
    for code in languages.INTERFACE[1:]:
        other = as_(None).get("/guidelines", Accept_Language=code).main
        kept = words & set(other.split())
        assert len(kept) < len(words) / 10, (code, kept)


@pytest.mark.parametrize(
    ("code", "listed"),
    [("en", "A, B, and C"), ("ar", "A وB وC"), ("zh", "A、B和C"), ("th", "A B และC"), ("fr", "A, B et C")],
)
def test_names_are_listed_as_the_language_lists_them(site: Site, code: str, listed: str) -> None:
    with site.app.app_context(), i18n.speaking(code):
        assert i18n.listed(["A", "B", "C"]) == listed


def test_the_forms_of_a_number_are_the_languages_own(site: Site) -> None:
    """What the compiled catalogues choose for a number is what CLDR would, for every number up to a million."""
    numbers = (*range(1203), 10_000, 10_001, 10_002, 10_011, 999_999)
    with site.app.app_context():
        for code in languages.INTERFACE:
            with i18n.speaking(code):
                rule, plural = Locale.parse(code).plural_form, i18n._catalogue().plural
                pairs = {(rule(number), plural(number)) for number in numbers}
            assert len(pairs) == len({name for name, _ in pairs}) == len({form for _, form in pairs}), code


def test_both_ways_to_ask_are_one_catalogue(site: Site) -> None:
    with site.app.app_context(), i18n.speaking("ru"):
        assert gettext("Stories") == i18n._catalogue().gettext("Stories") != "Stories"
        one, two, many = (ngettext("%(num)s answer", "%(num)s answers", number) for number in (21, 2, 5))
    assert len({re.sub(r"\d+", "", words) for words in (one, two, many)}) == 3


def test_catalogues_are_compiled_under_their_languages_codes(prepared: Path) -> None:
    compiled = {file.parents[1].name for file in (prepared / "locales").glob("*/LC_MESSAGES/messages.mo")}
    assert compiled == set(languages.INTERFACE)


@pytest.mark.parametrize(("spoken", "shown"), [("fa", "۱۲"), ("ar", "12"), ("en", "12")])
def test_numbers_stand_in_the_digits_of_the_language(site: Site, spoken: str, shown: str) -> None:
    """CLDR's first numbering system: Persian has its own digits, Arabic 0 to 9."""
    with site.app.test_request_context(), i18n.speaking(spoken):
        drawn = render_template_string(
            '{{ ngettext("%(num)s answer", "%(num)s answers", n) }} {{ n | number }}', n=12
        )
        said = ngettext("%(num)s answer", "%(num)s answers", 12)
        assert drawn.count(shown) == 2
        assert shown in said
        assert presentation.day(datetime(2026, 5, 12, tzinfo=UTC)).count(shown) == 1
