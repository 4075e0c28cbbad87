"""What machines read: two feeds that say the same, and the addresses of everything."""

import json
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree as ET

import pytest

from community.contributions.models import RevisionState
from community.moderation.models import Outcome
from community.search import queries
from tests.cast import Cast
from tests.conftest import As
from tests.factories.calls import Calls
from tests.factories.contributions import Factory, wording
from tests.factories.ideas import Ideas, idea_text
from tests.factories.translations import Translations
from tests.helpers.browser import Browser
from tests.helpers.site import Site

ATOM = "{http://www.w3.org/2005/Atom}"
TWICE = idea_text("A hook twice", "There is no hook at all for a bag.")
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@pytest.fixture
def translate(site: Site, make: Factory) -> Translations:
    return Translations(site, make)


def atom(browser: Browser, query: str = "") -> ET.Element:
    page = browser.get(f"/feeds/stories.atom{query}")
    assert page.status == 200
    assert page.response.content_type == "application/atom+xml; charset=utf-8"
    return ET.fromstring(page.response.get_data())


def said(element: ET.Element, name: str) -> str:
    return element.findtext(f"{ATOM}{name}") or ""


def titles(browser: Browser, query: str = "") -> list[str]:
    """What both feeds list, which is the same."""
    one = [said(entry, "title") for entry in atom(browser, query).iter(f"{ATOM}entry")]
    page = browser.get(f"/feeds/stories.json{query}")
    assert page.response.content_type == "application/feed+json; charset=utf-8"
    assert [item["title"] for item in json.loads(page.html)["items"]] == one
    return one


def test_a_story_in_the_atom_feed(make: Factory, as_: As) -> None:
    number = make.live_story(text=wording("Over <the> pass & back"))
    feed = atom(as_(None))
    (entry,) = feed.iter(f"{ATOM}entry")
    assert feed.get(LANG) == "en"
    assert said(feed, "id") == "http://localhost/feeds/stories.atom"
    assert said(feed, "updated") == said(entry, "updated") >= said(entry, "published") > "2026"
    assert entry.get(LANG) == "en"
    assert said(entry, "id") == f"http://localhost/stories/{number}"
    assert said(entry, "title") == "Over <the> pass & back"
    assert "hummed" in said(entry, "summary")
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "Lan Nguyễn"
    (link,) = entry.iter(f"{ATOM}link")
    assert as_(None).get(str(link.get("href")).removeprefix("http://localhost")).status == 200


def test_a_story_in_the_json_feed(make: Factory, as_: As, cast: Cast) -> None:
    number = make.live_story()
    feed: dict[str, Any] = json.loads(as_(None).get("/feeds/stories.json").html)
    (item,) = feed["items"]
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert (feed["title"], feed["language"]) == ("New stories – Co-Create Stories", "en")
    assert feed["feed_url"].startswith("http://localhost/feeds/stories.json")
    assert item["id"] == f"http://localhost/stories/{number}"
    assert item["url"] == f"http://localhost/stories/{number}/over-the-pass"
    assert item["authors"] == [
        {"name": "Lan Nguyễn", "url": f"http://localhost/members/{quote(cast.lan.handle)}"}
    ]
    assert item["language"] == "en"
    assert item["date_modified"] >= item["date_published"]


def test_feeds_are_narrowed_as_lists_are(site: Site, make: Factory, as_: As, cast: Cast) -> None:
    make.live_story(text=wording("Một", language="vi", topic_id=1))
    make.live_story(cast.member, wording("Two"))
    make.live_story(cast.member, wording("Drie", language="af"))
    slug = site.value("SELECT slug FROM topic WHERE id = 1")
    browser = as_(None)
    assert titles(browser) == ["Drie", "Two", "Một"]
    assert titles(browser, "?language=vi&language=af") == ["Drie", "Một"]
    assert titles(browser, "?language=vi,af") == ["Drie", "Một"]
    assert titles(browser, "?country=ZA&language=en") == ["Two"]
    assert titles(browser, f"?topic={slug}") == ["Một"]
    assert titles(browser, "?language=xx,%00&country=zz&topic=politics") == ["Drie", "Two", "Một"]


def test_the_feeds_own_words_are_in_the_readers_language(make: Factory, as_: As) -> None:
    feed = atom(as_(None), "?country=VN&ui=ar")
    assert feed.get(LANG) == "ar"
    assert "VN" in said(feed, "id")


def test_a_translation_is_in_the_feed_of_its_language(
    make: Factory, translate: Translations, as_: As, cast: Cast
) -> None:
    number = make.live_story(text=wording("Đèo Hải Vân", language="vi"))
    translate.live(number, "en", cast.lan)
    assert titles(as_(None), "?language=en") == ["[en] Đèo Hải Vân"]
    assert titles(as_(None)) == ["Đèo Hải Vân"]
    (entry,) = atom(as_(None), "?language=en").iter(f"{ATOM}entry")
    assert entry.get(LANG) == "en"
    assert said(entry, "id") == f"http://localhost/stories/{number}?lang=en"
    assert titles(as_(None), "?language=id") == []


def test_what_is_hidden_is_in_no_feed_and_no_sitemap(make: Factory, as_: As) -> None:
    number = make.live_story()
    assert titles(as_(None)) == ["Over the pass"]
    assert f"/stories/{number}/" in as_(None).get("/sitemaps/0.xml").html
    make.decide(number, Outcome.HIDE, on=RevisionState.LIVE)
    assert titles(as_(None)) == []
    assert "/stories/" not in as_(None).get("/sitemaps/0.xml").html


def test_feeds_may_be_kept_and_are_asked_for_again(make: Factory, as_: As) -> None:
    make.live_story()
    first = as_(None).get("/feeds/stories.atom")
    assert first.response.headers["Cache-Control"] == "public, no-cache"
    again = as_(None).get("/feeds/stories.atom", If_None_Match=first.response.headers["ETag"])
    assert again.status == 304


@pytest.mark.parametrize("path", ["/", "/stories", "/countries/VN", "/topics/family"])
def test_lists_name_their_feeds(make: Factory, as_: As, path: str) -> None:
    make.live_story(text=wording(topic_id=1))
    page = as_(None).visit(path)
    wanted = {"/countries/VN": "country=VN", "/topics/family": "topic=family"}.get(path, "")
    for kind in ("application/atom+xml", "application/feed+json"):
        (link,) = page.soup.select(f"link[rel=alternate][type='{kind}']")
        assert as_(None).get(str(link["href"])).status == 200
        assert wanted in str(link["href"])


def test_the_sitemap_has_every_address_once(
    make: Factory, translate: Translations, as_: As, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("community.search.queries.listing.PART", 2)
    numbers = [make.live_story(text=wording(f"Đường {n}", language="vi")) for n in range(3)]
    translate.live(numbers[0], "en", cast.lan)
    index = ET.fromstring(as_(None).get("/sitemap.xml").response.get_data())
    parts = [str(one.text).removeprefix("http://localhost") for one in index.iter(f"{SITEMAP}loc")]
    assert len(parts) == len(set(parts)) >= 2
    found = []
    for part in parts:
        page = as_(None).get(part)
        assert page.response.headers["Cache-Control"] == "no-cache"
        found += [str(one.text) for one in ET.fromstring(page.response.get_data()).iter(f"{SITEMAP}loc")]
    ways = [address.removeprefix("http://localhost") for address in found]
    assert len(ways) == len(set(ways)) == 4
    assert sum(way.endswith("?lang=en") for way in ways) == 1
    assert [as_(None).get(way).status for way in ways] == [200] * 4


def test_the_sitemap_has_ideas_spotlights_and_calls(site: Site, make: Factory, as_: As, cast: Cast) -> None:
    ideas, calls = Ideas(site, make), Calls(site, make)
    original, twice, story = ideas.live(cast.lan), ideas.live(cast.member, TWICE), make.live_story()
    ideas.merge(twice, original, by=cast.curator)
    calls.draft()
    ways = [
        f"/spotlights/{calls.spotlight([story])}/three-roads",
        f"/calls/{calls.opened()}/roads-by-the-sea",
    ]
    calls.spotlight([story], published=False)
    browser = as_(None)
    index = browser.get("/sitemap.xml").html
    assert "http://localhost/sitemaps/gatherings.xml" in index
    listed = ET.fromstring(browser.get("/sitemaps/gatherings.xml").response.get_data())
    assert [str(one.text) for one in listed.iter(f"{SITEMAP}loc")] == [
        f"http://localhost{way}" for way in ways
    ]
    assert [browser.get(way).status for way in ways] == [200, 200]
    part = browser.get("/sitemaps/0.xml").html
    assert f"http://localhost/ideas/{original}/a-hook-for-the-bag<" in part
    assert f"/ideas/{twice}/" not in part


def test_a_part_that_is_not_there(as_: As) -> None:
    for part in ("0", "99", str(2**63 // queries.PART - 1), str(2**63), "x"):
        assert as_(None).get(f"/sitemaps/{part}.xml").status == 404, part


def test_robots_are_told_where_the_sitemap_is(as_: As) -> None:
    words = as_(None).get("/robots.txt").html
    assert "Sitemap: http://localhost/sitemap.xml" in words.splitlines()
    assert "Disallow: /search" in words.splitlines()
