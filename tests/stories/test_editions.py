"""Stories in other languages than their own: lists, cards, the page of a story, what is left out."""

import pytest

from community.contributions.models import RevisionState
from community.moderation.models import Outcome
from community.translations import actions
from tests.cast import Cast
from tests.conftest import As
from tests.factories.contributions import Factory, contribution, wording
from tests.factories.translations import Translations
from tests.helpers.browser import Page
from tests.helpers.site import Site

THREE = "We left at dawn.\n\nThe rain began.\n\nWe came home."


@pytest.fixture
def translations(site: Site, make: Factory) -> Translations:
    return Translations(site, make)


@pytest.fixture
def story(make: Factory, cast: Cast) -> int:
    return make.live_story(cast.lan, wording(body=THREE, language="vi"))


def titles(page: Page) -> list[str]:
    return [link.get_text() for link in page.soup.select(".card-title a")]


def test_each_reader_sees_it_in_the_best_of_their_languages(
    cast: Cast, as_: As, story: int, translations: Translations
) -> None:
    translations.live(story, "id", cast.moderator)
    translations.live(story, "en", cast.member)
    path = f"/stories/{story}/over-the-pass"
    assert "We left at dawn." in as_(cast.lan).visit(path).main  # reads Vietnamese best
    assert "[en] We left at dawn." in as_(cast.member).visit(path).main
    assert "[id] We left at dawn." in as_(cast.admin).visit(f"{path}?ui=en").main
    assert "[id] We left at dawn." in as_(None).get(path, Accept_Language="id").main
    assert "[en]" not in as_(None).get(path, Accept_Language="ar").main, "nothing of theirs: the original"


def test_any_of_its_languages_can_be_asked_for(
    cast: Cast, as_: As, story: int, translations: Translations
) -> None:
    translations.live(story, "id", cast.moderator)
    browser = as_(cast.member)
    page = browser.visit(f"/stories/{story}/over-the-pass?lang=id")
    assert page.soup.select_one(".prose[lang=id]")
    assert "Mai Moderator" in page.main
    canonical = page.soup.select_one("link[rel=canonical]")
    assert canonical
    assert str(canonical["href"]).endswith("?lang=id")
    original = browser.visit(f"/stories/{story}/over-the-pass?lang=vi")
    assert original.soup.select_one(".prose[lang=vi]")
    for odd in ("xx", "fr", "", "i" * 300, "id\x00", "../id", "%ff"):
        assert browser.get(f"/stories/{story}/over-the-pass", lang=odd).status in (200, 400), odd


@pytest.mark.parametrize("sort", ["new", "loved", "discussed"])
def test_lists_of_a_language_hold_what_can_be_read_in_it(
    cast: Cast, as_: As, make: Factory, story: int, translations: Translations, sort: str
) -> None:
    make.live_story(cast.lan, wording("Only in Thai", language="th"))
    make.live_story(cast.lan, wording("Told in Indonesian", language="id"))
    translations.live(story, "id", cast.moderator)
    page = as_(None).get(f"/stories?language=id&sort={sort}")
    assert set(titles(page)) == {"[id] Over the pass", "Told in Indonesian"}
    link = page.soup.find("a", string="[id] Over the pass")
    assert link
    assert str(link["href"]).endswith("?lang=id")
    for more in ("&country=VN", "&topic=journeys", "&country=VN&topic=journeys"):
        assert set(titles(as_(None).get(f"/stories?language=id&sort={sort}{more}"))) == set(titles(page)), (
            more
        )
    assert titles(as_(None).get(f"/stories?language=id&sort={sort}&country=ZA")) == []


def test_a_story_in_two_of_a_readers_languages_stands_once_and_in_the_better(
    db: Site, cast: Cast, as_: As, make: Factory, story: int, translations: Translations
) -> None:
    translations.live(story, "en", cast.member)
    translations.live(story, "id", cast.moderator)
    make.live_story(cast.lan, wording("Only in Thai", language="th"))
    page = as_(cast.moderator).visit("/stories")  # reads vi, en, id
    assert titles(page) == ["Over the pass"]
    assert "1 story in 1 other language" in page.main
    reader = cast.join("Sri Reader", "ID", "id", "en")
    assert titles(as_(reader).visit("/stories?ui=en")) == ["[id] Over the pass"]
    assert titles(as_(reader).visit("/?ui=en"))[:1] == ["[id] Over the pass"]


def test_what_is_left_out_is_counted_without_what_was_translated(
    cast: Cast, as_: As, make: Factory, story: int, translations: Translations
) -> None:
    make.live_story(cast.lan, wording("Another in Vietnamese", language="vi"))
    page = as_(cast.member).visit("/stories")  # reads en, af
    assert "2 stories in 1 other language" in page.main
    translations.live(story, "en", cast.moderator)
    page = as_(cast.member).visit("/stories")
    assert titles(page) == ["[en] Over the pass"]
    assert "1 story in 1 other language" in page.main
    assert "1 story in 1 other language" in as_(cast.member).visit("/").main


def test_pages_of_a_list_hold_each_story_once(
    cast: Cast, as_: As, make: Factory, translations: Translations, monkeypatch: pytest.MonkeyPatch
) -> None:
    for place in range(27):
        number = make.live_story(cast.lan, wording(f"Number {place}", language="en" if place % 2 else "vi"))
        if not place % 2:
            translations.live(number, "en", cast.moderator)
    browser, found, path = as_(None), [], "/stories?language=en"
    while path:
        page = browser.get(path)
        found += titles(page)
        following = page.soup.select_one("a[rel=next]")
        path = str(following["href"]) if following else ""
    assert len(found) == len(set(found)) == 27


def test_hidden_it_is_nowhere_in_any_language(
    cast: Cast, as_: As, make: Factory, story: int, translations: Translations
) -> None:
    translations.live(story, "id", cast.moderator)
    path = f"/stories/{story}/over-the-pass?lang=id"
    assert as_(None).get(path).status == 200
    make.decide(story, Outcome.HIDE, on=RevisionState.LIVE)
    assert as_(None).get(path).status == 404
    assert titles(as_(None).get("/stories?language=id")) == []


def test_what_its_author_changed_is_marked_between_what_is_translated(
    db: Site, cast: Cast, as_: As, make: Factory, story: int, translations: Translations
) -> None:
    translations.live(story, "en", cast.member)
    edited = wording(body=THREE.replace("The rain began.", "Then <b>the sun</b> came out."), language="vi")
    make.edit_waiting(story, edited)
    make.decide(story)
    page = as_(cast.member).visit(f"/stories/{story}/over-the-pass")
    stale = page.soup.select_one(".stale")
    assert stale
    assert stale["lang"] == "vi"
    assert "being updated" in stale.get_text()
    assert "the sun" in stale.get_text()
    assert not stale.select("b")
    assert "[en] We came home." in page.main


def test_a_member_is_credited(cast: Cast, as_: As, story: int, translations: Translations) -> None:
    translations.live(story, "en", cast.member)
    page = as_(None).get(f"/members/{cast.member.handle}")
    link = page.soup.select_one(".credits a")
    assert link
    assert link.get_text() == "[en] Over the pass"
    assert as_(None).visit(str(link["href"])).soup.select_one(".prose[lang=en]")


def test_declined_it_is_in_its_own_language_only(
    db: Site, cast: Cast, as_: As, story: int, translations: Translations
) -> None:
    translations.live(story, "en", cast.member)
    with db.writing():
        actions.permit(contribution(story), is_permitted=False)
    page = as_(cast.member).visit(f"/stories/{story}/over-the-pass")
    assert page.soup.select_one(".prose[lang=vi]")


def test_untagged_stories_are_never_left_out(cast: Cast, as_: As, make: Factory) -> None:
    make.live_story(cast.lan, wording("In no language of ours", language="und"))
    assert titles(as_(cast.member).visit("/stories")) == ["In no language of ours"]
    assert titles(as_(None).get("/stories")) == ["In no language of ours"]
