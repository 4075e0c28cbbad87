"""The admins' word lists, and the box to try the checks in."""

import pytest

from community.contributions.actions.words import NOT_COMPARED, add_word, remove_word
from community.contributions.models import ANY_LANGUAGE, LONGEST_BODY, LONGEST_WORD, LONGEST_WORD_NOTE
from community.contributions.queries import WORDS_ON_A_PAGE
from community.kit.errors import Invalid
from tests.cast import Cast
from tests.conftest import As
from tests.factories.contributions import Factory
from tests.helpers.browser import Browser, Page
from tests.helpers.site import Site

LISTED = "SELECT language, word, folded, note FROM listed_word ORDER BY id"


@pytest.fixture
def admin(cast: Cast, as_: As) -> Browser:
    """An admin's browser, in English."""
    return as_(cast.admin).choose_language("en")


def lists(page: Page, word: str, language: str = "", note: str = "") -> Page:
    return page.submit("form#new-word", word=word, language=language, note=note)


def tries(page: Page, text: str, language: str = "en") -> Page:
    return page.submit("form#trial", text=text, language=language)


def verdict(page: Page, check: str) -> str:
    for line in page.soup.select(".trial-checks > div"):
        if line.select_one("dt").get_text(strip=True) == check:  # type: ignore[union-attr]
            return " ".join(line.select_one("dd").get_text(" ").split())  # type: ignore[union-attr]
    raise AssertionError(f"no check is called {check}")


def marked(page: Page) -> list[str]:
    return [mark.get_text() for mark in page.soup.select(".trial-text mark")]


def test_an_admin_lists_a_word_and_takes_it_off(site: Site, admin: Browser) -> None:
    page = lists(admin.visit("/moderation").follow("Words"), "Đồ Ngu", "vi", "An insult")
    assert page.path == "/moderation/words?language=vi"
    assert "“Đồ Ngu” is listed" in page.text
    assert "An insult" in page.main
    assert site.rows(LISTED) == [("vi", "Đồ Ngu", "do ngu", "An insult")]
    assert page.has(".words-word[lang=vi]")
    gone = page.submit("form[action*='/removal']")
    assert "off the list" in gone.text
    assert site.rows(LISTED) == []


def test_the_page_shows_one_list_and_counts_all(site: Site, admin: Browser) -> None:
    page = admin.visit("/moderation/words")
    assert "No word is listed here" in page.main
    for word, language in (("傻瓜", ""), ("fool", "en"), ("clown", "en")):
        page = lists(page, word, language)
    words = [cell.get_text() for cell in page.soup.select(".words-word")]
    assert words == ["clown", "fool"]
    chips = [" ".join(chip.get_text(" ").split()) for chip in page.soup.select(".chip")]
    assert chips == ["Every language 1", "English 2"]
    # The next word goes into the list one looks at.
    assert page.form("form#new-word").values()["language"] == "en"
    assert "傻瓜" in page.follow(".chip").main


def test_the_same_word_again_changes_nothing_and_another_spelling_is_named(
    site: Site, admin: Browser
) -> None:
    page = lists(admin.visit("/moderation/words"), "naïve", "en", "first")
    assert lists(page, "naïve", "en", "second").status == 200
    refused = lists(page, "NAIVE", "en")
    assert refused.status == 422
    assert "listed already, as “naïve”" in refused.main
    assert refused.form("form#new-word").values()["word"] == "NAIVE"
    assert lists(page, "naïve", "fr").status == 200
    assert [row[:2] for row in site.rows(LISTED)] == [("en", "naïve"), ("fr", "naïve")]


@pytest.mark.parametrize(
    ("word", "note", "words"),
    [
        ("", "", "Give a word."),
        ("a$$", "", "Begin and end with a letter"),
        ("***", "", "Begin and end with a letter"),
        ("x" * (LONGEST_WORD + 1), "", "at most 80 characters"),
        ("ﷺ" * LONGEST_WORD, "", "at most 80 characters"),
        ("word", "n" * (LONGEST_WORD_NOTE + 1), "at most 200 characters"),
        ("wo\0rd", "", "control characters"),
    ],
    ids=["nothing", "a sign", "stars", "long", "long when folded", "long note", "control character"],
)
def test_what_cannot_be_listed_is_said_beside_it(
    site: Site, admin: Browser, word: str, note: str, words: str
) -> None:
    refused = lists(admin.visit("/moderation/words"), word, "en", note)
    assert refused.status == 422
    assert words in refused.main
    assert refused.form("form#new-word").values()["note"] == note
    assert site.rows(LISTED) == []


def test_words_of_the_longest_kind_are_kept_whole(site: Site, admin: Browser) -> None:
    lists(admin.visit("/moderation/words"), "ж" * LONGEST_WORD, "ru", "n" * LONGEST_WORD_NOTE)
    assert site.rows(LISTED) == [("ru", "ж" * LONGEST_WORD, "ж" * LONGEST_WORD, "n" * LONGEST_WORD_NOTE)]


def test_the_action_refuses_by_itself(db: Site, cast: Cast) -> None:
    admin = cast.admin
    for word, language, note in (("$", "en", ""), ("word", "xx", ""), ("word", "en", "n" * 201)):
        with pytest.raises(Invalid), db.writing():
            add_word(word, language, note, by=admin.account())
    with pytest.raises(Invalid) as refused, db.writing():
        add_word("-", ANY_LANGUAGE, "", by=admin.account())
    assert refused.value.errors == {"word": [NOT_COMPARED]}


def test_a_word_removed_twice_is_off_the_list(site: Site, admin: Browser) -> None:
    page = lists(admin.visit("/moderation/words"), "fool", "en")
    form = page.form("form[action*='/removal']")
    form.send()
    form.send()
    assert "off the list already" in admin.visit("/moderation/words").text
    with site.writing():
        assert not remove_word(2**62)


def test_long_lists_have_pages(site: Site, cast: Cast, admin: Browser) -> None:
    with site.writing():
        for number in range(WORDS_ON_A_PAGE + 1):
            add_word(f"word{number}", "en", "", by=cast.admin.account())
    page = admin.visit("/moderation/words?language=en")
    assert page.soup.select_one(".words-word").get_text() == "word100"  # type: ignore[union-attr]
    assert [cell.get_text() for cell in page.follow("Show more").soup.select(".words-word")] == ["word0"]
    assert admin.visit("/moderation/words?after=nonsense").status == 404


def test_the_box_shows_what_every_check_would_find_and_keeps_nothing(site: Site, admin: Browser) -> None:
    page = lists(lists(admin.visit("/moderation/words"), "fool", "en"), "傻瓜")
    text = "FOOL! A foolish 傻瓜!!!!! <b>www.a.example</b> www.b.example www.c.example"
    tried = tries(page, text)
    assert tried.status == 200
    assert marked(tried) == ["FOOL", "傻瓜"]
    assert tried.soup.select_one(".trial-text").get_text() == text  # type: ignore[union-attr]
    assert verdict(tried, "Listed words") == "On the list: FOOL, 傻瓜."
    assert verdict(tried, "Links") == "3 links in it."
    assert verdict(tried, "Shouting") == "It shouts: !!!!!"
    assert verdict(tried, "Repeated text") == "nothing"
    assert tried.form("form#trial").values() == {
        **tried.form("form#trial").values(),
        "text": text,
        "language": "en",
    }
    assert site.value("SELECT count(*) FROM contribution") == 0
    in_german = tries(tried, text, "de")
    assert marked(in_german) == ["傻瓜"]


def test_the_box_knows_repeated_text(site: Site, make: Factory, admin: Browser) -> None:
    story = make.waiting_story()
    body = site.value("SELECT body FROM revision")
    tried = tries(admin.visit("/moderation/words"), body.upper())
    assert verdict(tried, "Repeated text") == f"The same words were sent before, as contribution {story}."


def test_the_box_says_its_limits_and_keeps_what_was_typed(admin: Browser) -> None:
    page = admin.visit("/moderation/words")
    assert tries(page, "").status == 422
    too_long = tries(page, "x" * (LONGEST_BODY + 1))
    assert too_long.status == 422
    assert "at most 40000 characters" in too_long.main
    assert len(too_long.form("form#trial").values()["text"]) == LONGEST_BODY + 1


def test_only_admins_see_the_lists(cast: Cast, as_: As) -> None:
    moderator = as_(cast.moderator)
    assert moderator.get("/moderation/words").status == 404
    assert not moderator.visit("/moderation").has("a[href='/moderation/words']")
    assert moderator.post("/moderation/words", {"word": "fool", "language": ""}).status == 404
    assert moderator.post("/moderation/words/trials", {"text": "fool", "language": "en"}).status == 404
