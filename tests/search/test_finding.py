"""Searching, as readers do: in every script, in the languages they read, on both databases alike."""

from collections.abc import Callable

import pytest

from community.contributions.models import RevisionState
from community.kit import paging
from community.moderation.models import Outcome
from community.translations.processing.parts import to_translate
from tests.cast import Cast, Person
from tests.conftest import As
from tests.factories.contributions import Factory, revision, wording
from tests.factories.translations import Translations
from tests.helpers.browser import Page
from tests.helpers.site import Site

TOLD = {
    "en": ("Over the pass", "We drove the old van along the coast, and it rained on the lighthouses."),
    "vi": ("Đèo Hải Vân mùa mưa", "Chiếc xe của bà ngoại chạy qua đèo trong sương mù dày đặc."),
    "ar": ("سَيَّارَةُ جَدِّي", "كانت السَّيَّارَةُ تنتظر أمام البيت القديم كل صباح."),
    "th": ("รถของพ่อ", "เราขับรถไปทะเลทุกวันอาทิตย์กับครอบครัว และร้องเพลงด้วยกัน"),
    "zh": ("父亲的汽车", "我们每个星期天开车去海边,一路上唱着老歌。"),
    "de": ("Der Großvater", "Die Straße über den Brenner war verschneit, und wir hatten Ärger mit dem Öl."),
    "ja": ("祖父のデジタルカメラ", "車の窓から撮った写真が、まだ残っている。"),
    "ko": ("아버지의 자동차", "우리는 일요일마다 바다로 갔습니다. 차 안에서 노래를 불렀습니다."),
}


FOUND = [
    ("lighthouses", "en"),
    ("LIGHTH", "en"),
    ("lighthouses coast", "en"),
    ("pass rained", "en"),
    ("đèo sương", "vi"),
    ("deo suong mu", "vi"),
    ("ĐÈO HẢI VÂN", "vi"),
    ("سيارة جدي", "ar"),
    ("السَّيَّارَة", "ar"),
    ("ทะเล", "th"),
    ("วันอาทิตย์", "th"),
    ("汽车", "zh"),
    ("星期天", "zh"),
    ("海", "zh"),
    ("grossvater", "de"),
    ("STRASSE ol", "de"),
    ("カメラ", "ja"),
    ("ｶﾒﾗ", "ja"),
    ("写真", "ja"),
    ("자동차", "ko"),
    ("바다로", "ko"),
]
NOT_FOUND = ["ighthouse", "lighthouse boat", "light rained pas", "天期", "la", "xyz"]


@pytest.fixture
def told(make: Factory) -> dict[str, int]:
    return {
        language: make.live_story(text=wording(title, body, language=language))
        for language, (title, body) in TOLD.items()
    }


@pytest.fixture
def translate(site: Site, make: Factory) -> Translations:
    return Translations(site, make)


@pytest.fixture
def look(as_: As) -> Callable[..., list[str]]:
    """The stories a search shows, by the address of each."""

    def find(words: str, who: Person | None = None, **more: str) -> list[str]:
        return links(search(as_, words, who, **more))

    return find


def search(as_: As, words: str, who: Person | None = None, **more: str) -> Page:
    page = as_(who).client.get("/search", query_string={"q": words, **more}, base_url="http://localhost")
    return Page(as_(who), page)


def links(page: Page) -> list[str]:
    assert page.status == 200
    return [str(link["href"]) for link in page.soup.select(".card-title a")]


def test_a_story_is_found_in_its_script(told: dict[str, int], look: Callable[..., list[str]]) -> None:
    for words, language in FOUND:
        found = [int(link.split("/")[2]) for link in look(words)]
        assert found == [told[language]], (words, language)


def test_what_is_not_there_as_it_was_typed_is_not_found(
    told: dict[str, int], look: Callable[..., list[str]]
) -> None:
    for words in NOT_FOUND:
        assert look(words) == [], words
    assert len(look("coast -rained")) == 1  # signs mean nothing


def test_titles_come_first_then_the_newest(make: Factory, look: Callable[..., list[str]]) -> None:
    first = make.live_story(text=wording("The ferry"))
    second = make.live_story(
        text=wording("A road", "There is no bridge but there is a ferry, says everybody.")
    )
    third = make.live_story(text=wording("Another", "We waited for hours. The ferry came late in the night."))
    assert look("ferry") == [
        f"/stories/{first}/the-ferry",
        f"/stories/{third}/another",
        f"/stories/{second}/a-road",
    ]


def test_a_page_follows_the_other_until_all_were_shown(
    make: Factory, as_: As, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("community.search.queries.looking.PAGE", 2)
    titled = [make.live_story(text=wording(f"Ferry {n}")) for n in range(3)]
    others = [
        make.live_story(text=wording(f"Road {n}", "We took the ferry over the wide brown river."))
        for n in range(2)
    ]
    page, seen = search(as_, "ferry"), []
    for _ in range(3):
        seen.append([int(link.split("/")[2]) for link in links(page)])
        if not page.has("a[rel=next]"):
            break
        page = page.follow("a[rel=next]")
    assert seen == [titled[:0:-1], [titled[0], others[1]], [others[0]]]


def test_hidden_is_gone_at_once_and_restored_is_back(
    make: Factory, look: Callable[..., list[str]], site: Site
) -> None:
    number = make.live_story()
    assert look("hummed")
    make.decide(number, Outcome.HIDE, on=RevisionState.LIVE)
    assert look("hummed") == []
    assert site.value("SELECT count(*) FROM search_entry") == 0
    make.decide(number, Outcome.RESTORE, on=RevisionState.LIVE)
    assert look("hummed")


def test_what_is_not_live_was_never_there(make: Factory, look: Callable[..., list[str]]) -> None:
    for made in (make.waiting_story, make.draft_story, make.refused_story, make.withdrawn_story):
        made()
    assert look("hummed") == []


def test_a_row_left_behind_shows_nothing(make: Factory, look: Callable[..., list[str]], site: Site) -> None:
    number = make.live_story()
    site.execute("UPDATE contribution SET kind = 'comment' WHERE id = :id", id=number)
    assert look("hummed") == []


def test_the_new_words_count_once_they_are_live(make: Factory, look: Callable[..., list[str]]) -> None:
    number = make.live_story()
    make.edit_waiting(
        number, wording("Under the pass", "There is a tunnel now, and nobody drives over it any more.")
    )
    assert look("hummed")
    assert look("tunnel") == []
    make.decide(number)
    assert look("hummed") == []
    assert look("tunnel") == [f"/stories/{number}/under-the-pass"]


def test_a_corrected_language_takes_the_story_along(
    make: Factory, look: Callable[..., list[str]], cast: Cast
) -> None:
    number = make.live_story(text=wording(language="vi"))
    make.edit_waiting(number, wording(language="en"))
    make.decide(number)
    assert look("hummed", language="vi") == []
    assert len(look("hummed", language="en")) == 1


def test_an_edition_is_found_and_shown_in_its_language(
    translate: Translations, told: dict[str, int], look: Callable[..., list[str]], as_: As, cast: Cast
) -> None:
    number = told["vi"]
    translate.live(number, "en", cast.lan)
    page = search(as_, "sương", language="en")
    (link,) = links(page)
    assert link.startswith(f"/stories/{number}/")
    assert link.endswith("?lang=en")
    assert "translated from Vietnamese" in page.main
    # It was found in both; a visitor is shown the one in the language of the page.
    assert [one.endswith("?lang=en") for one in look("sương")] == [True]
    assert [one.endswith("?lang=en") for one in look("sương", language="vi")] == [False]


def test_an_edition_goes_with_its_story(
    translate: Translations,
    told: dict[str, int],
    look: Callable[..., list[str]],
    make: Factory,
    cast: Cast,
    site: Site,
) -> None:
    translate.live(told["vi"], "en", cast.lan)
    make.decide(told["vi"], Outcome.HIDE, on=RevisionState.LIVE)
    assert look("sương") == []
    assert site.value("SELECT count(*) FROM search_entry WHERE story_id = :id", id=told["vi"]) == 0


def test_what_a_member_does_not_read_is_counted_and_one_click_away(
    told: dict[str, int], as_: As, cast: Cast, make: Factory
) -> None:
    german = make.live_story(
        text=wording("Hải Vân", "Wir fuhren über den Pass, und es regnete.", language="de")
    )
    page = search(as_, "Hải Vân", cast.member)
    assert links(page) == []
    assert "2 more stories were found in other languages." in page.main
    everything = page.follow("Show them too")
    assert len(links(everything)) == 2
    assert "in other languages" not in everything.main
    assert any(link.startswith(f"/stories/{german}/") for link in links(everything))


def test_a_story_found_in_a_language_the_member_reads_is_not_left_out(
    translate: Translations, told: dict[str, int], as_: As, cast: Cast
) -> None:
    translate.live(told["vi"], "en", cast.lan)
    page = search(as_, "sương", cast.member)
    assert len(links(page)) == 1
    assert "in other languages" not in page.main


def test_found_by_the_title_in_one_language_it_is_not_shown_again_for_its_text_in_another(
    site: Site, translate: Translations, make: Factory, look: Callable[..., list[str]], cast: Cast
) -> None:
    told = make.live_story(text=wording("Phà", "Mọi người ngủ trên boong, đêm nào cũng vậy.", language="vi"))
    with site.reading():
        title, body = (part.key for part in to_translate(revision(told, RevisionState.LIVE)))
    number = translate.draft(told, "en", cast.lan)
    translate.send(
        number, cast.lan, {title: "The ferry", body: "Everybody sleeps on the deck, and the Phà goes on."}
    )
    make.decide(number, by=cast.moderator)
    newer = make.live_story(text=wording("Another", "We took the Phà over the wide brown river."))
    # The other is newer, but has it in its text alone; and the language shown is the reader's, title or not.
    edition, another = look("phà")
    assert (edition.split("/")[2], edition.endswith("?lang=en")) == (str(told), True)
    assert another == f"/stories/{newer}/another"


BAD = [
    "",
    " ",
    "\0",
    "a\0b",
    "…!?",
    '"',
    "'",
    '"hummed',
    "hummed'",
    "AND",
    "hummed AND",
    "NEAR(a b)",
    "title:hummed",
    "*",
    "hum*",
    "-hummed",
    "(",
    "\\",
    ":*",
    "&|!",
    "<script>alert(1)</script>",
    "' OR 1=1 --",
    "%s%d",
    "\u202egnp.exe",
    "e\u0301" * 30,
    "a" * 201,
    "x " * 3_000,
    "天" * 5_000,
    "天安門" * 60,
    "😀" * 200,
    "9" * 5_000,
    "\ufffe\uffff",
    "٣",
]


def test_anything_may_be_typed(make: Factory, as_: As) -> None:
    make.live_story()
    for words in BAD:
        page = search(as_, words)
        assert page.status == 200, ascii(words)
        assert "\0" not in page.html
        assert page.has("main h2") or links(page) or not words, ascii(words)


def test_an_unknown_language_is_all_of_them(make: Factory, look: Callable[..., list[str]]) -> None:
    make.live_story()
    for language in ("", "xx", "ALL", "en'", "e" * 400, "\0", "all"):
        assert len(look("hummed", language=language)) == 1, ascii(language)


def test_a_question_that_is_too_long_is_cut_and_says_so(as_: As) -> None:
    page = search(as_, "lighthouses " + "a" * 300)
    assert "The first 200 characters were looked for." in page.main
    assert "Type a word or a number" in search(as_, "?!").main


def test_a_cursor_not_made_here_is_not_found(as_: As) -> None:
    made_up: list[paging.Place] = [(2, 1), (1, -1), (1, 2**63 - 1), ("1", 1), (1,), (-1, 1)]
    for cursor in ("nonsense", *(paging.encode(place) for place in made_up)):
        assert search(as_, "hummed", after=cursor).status == 404, cursor


def test_a_search_asks_few_questions_however_many_it_finds(
    site: Site, make: Factory, as_: As, cast: Cast
) -> None:
    make.live_story(cast.member)
    browser = as_(cast.member)
    with site.count_queries() as few:
        assert len(links(browser.get("/search?q=hummed"))) == 1
    for _ in range(8):
        make.live_story(cast.member)
    with site.count_queries() as more:
        assert len(links(browser.get("/search?q=hummed"))) == 9
    assert len(few.statements) == len(more.statements) <= 6, more.statements


def test_the_field_in_the_header_leads_here(make: Factory, as_: As) -> None:
    make.live_story()
    page = as_(None).visit("/").submit(".masthead-search", q="hummed")
    assert len(links(page)) == 1
    assert not page.has(".masthead-search")
