"""The writing page as scripts and people without scripts use it."""

import pytest

from community.contributions.models import RevisionState
from community.stories.actions import SHORTEST_BODY
from tests.cast import Cast
from tests.conftest import As
from tests.factories.contributions import BODY, Factory, revision
from tests.helpers.site import Site

MARKDOWN = "## A heading\n\n- one\n- two\n\n> quoted, **bold**, <script>alert(1)</script>"


def test_autosave_makes_one_draft_and_counts_its_saves(site: Site, cast: Cast, as_: As) -> None:
    browser = as_(cast.lan)
    typed = {"form_id": "form-in-browser", "language": "en", "topic": "", "title": "", "vehicle": ""}
    pages = set()
    for number, body in enumerate(("O", "Over", "Over the pass"), 1):
        answer = browser.post_json("/stories/drafts", {**typed, "body": body, "sequence": number})
        assert (answer.status, answer.json["sequence"]) == (200, number)
        pages.add(answer.json["edit_url"])
    assert site.rows("SELECT body, sequence FROM revision") == [("Over the pass", 3)]
    assert browser.get(pages.pop()).status == 200
    assert not pages


def test_autosave_of_a_stale_tab_is_refused_and_changes_nothing(site: Site, cast: Cast, as_: As) -> None:
    browser = as_(cast.lan)
    typed = {"form_id": "form-in-browser", "language": "en", "topic": ""}
    browser.post_json("/stories/drafts", {**typed, "body": "newer", "sequence": 5})
    answer = browser.post_json("/stories/drafts", {**typed, "body": "older", "sequence": 2})
    assert answer.status == 409
    assert answer.json["message"]
    assert site.value("SELECT body FROM revision") == "newer"


def test_autosave_of_somebody_signed_out_says_so_in_json(as_: As) -> None:
    answer = as_(None).post_json("/stories/drafts", {"body": "x"})
    assert (answer.status, answer.response.mimetype) == (401, "application/json")


def test_autosave_of_too_much_names_the_field(cast: Cast, as_: As) -> None:
    answer = as_(cast.lan).post_json(
        "/stories/drafts", {"form_id": "form-in-browser", "language": "en", "topic": "", "title": "x" * 141}
    )
    assert answer.status == 422
    assert set(answer.json["errors"]) == {"title"}


def test_autosave_after_the_story_was_sent_tells_so(site: Site, cast: Cast, as_: As) -> None:
    browser = as_(cast.lan)
    typed = {"form_id": "form-in-browser", "language": "en", "topic": "family", "title": "A", "body": BODY}
    browser.post("/stories/new", {**typed, "action": "submit"})
    answer = browser.post_json("/stories/drafts", {**typed, "sequence": 2})
    assert answer.status == 409
    assert site.value("SELECT count(*) FROM revision") == 1


def test_autosave_into_somebody_elses_story_finds_nothing(
    cast: Cast, make: Factory, as_: As, site: Site
) -> None:
    number = make.draft_story()
    typed = {"form_id": "form-in-browser", "language": "en", "topic": "", "body": "mine now", "sequence": 9}
    answer = as_(cast.member).post_json("/stories/drafts", {**typed, "story_id": number})
    assert answer.status == 404
    assert site.value("SELECT body FROM revision") == BODY


def test_the_preview_is_what_the_page_will_show(cast: Cast, make: Factory, as_: As) -> None:
    """One renderer: preview by script, preview without, review, and the live page say the same."""
    browser = as_(cast.lan)
    by_script = browser.post("/stories/preview", {"title": "A", "body": MARKDOWN, "language": "en"})
    page = browser.visit("/stories/new")
    fields = {"title": "A", "body": MARKDOWN, "language": "en", "topic": "family"}
    without = page.submit("button[value=preview]", **fields)
    sent = without.submit("button[value=submit]")
    number = int(sent.path.split("/")[2])
    make.decide(number)
    live = as_(None).visit(f"/stories/{number}")
    shown = []
    for one in (by_script, without, live):
        prose = one.soup.select_one(".prose")
        assert prose is not None
        shown.append("".join(str(child) for child in prose.children).strip())
        assert "<script>alert" not in one.html
    assert shown[0] == shown[1] == shown[2]


def test_a_preview_keeps_nothing(site: Site, cast: Cast, as_: As) -> None:
    as_(cast.lan).visit("/stories/new").submit("button[value=preview]", title="A", body=BODY)
    assert site.value("SELECT count(*) FROM contribution") == 0


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Chúng tôi lái xe qua đèo Hải Vân trong mưa và chiếc xe ngân nga như bà tôi.", "vi"),
        ("Вчера мы ехали вдоль реки, и дорога была совсем пустая до самого утра.", "ru"),
        ("Yes", None),
        ("", None),
    ],
)
def test_the_language_is_guessed_as_a_preset(cast: Cast, as_: As, text: str, language: str | None) -> None:
    assert as_(cast.lan).post("/stories/language", {"text": text}).json == {"language": language}


def test_a_vehicle_is_parked_and_offered_again(site: Site, cast: Cast, as_: As) -> None:
    browser = as_(cast.lan)
    car = {
        "vehicle_model": "Vireo",
        "vehicle_year": "2019",
        "vehicle_powertrain": "electric",
        "vehicle_since": "2020",
    }
    for _ in range(2):
        browser.visit("/stories/new").submit("button[value=save]", title="A", body=BODY, **car)
    assert site.rows("SELECT model, year, powertrain, since_year FROM vehicle") == [
        ("Vireo", 2019, "electric", 2020)
    ]
    offered = browser.visit("/stories/new").soup.select("[name=vehicle] option")
    assert "Vireo" in " ".join(option.get_text() for option in offered)
    theirs = site.value("SELECT id FROM vehicle")
    stolen = as_(cast.member).post(
        "/stories/new",
        {
            "form_id": "form-number-1",
            "title": "A",
            "body": BODY,
            "language": "en",
            "topic": "",
            "vehicle": str(theirs),
        },
    )
    assert stolen.status == 422


def test_notes_stand_beside_the_returned_text_until_it_is_decided(cast: Cast, make: Factory, as_: As) -> None:
    number = make.returned_story()
    browser = as_(cast.lan)
    assert "second paragraph" in browser.visit(f"/stories/{number}/edit").main
    browser.visit(f"/stories/{number}/edit").submit("button[value=submit]", body=BODY + " Twice.")
    make.decide(number)
    assert "second paragraph" not in browser.visit(f"/stories/{number}/edit").main


def test_an_edit_page_shows_the_newest_words(site: Site, cast: Cast, make: Factory, as_: As) -> None:
    number = make.live_story()
    browser = as_(cast.lan)
    browser.visit(f"/stories/{number}/edit").submit("button[value=save]", body="Half a second thought.")
    values = browser.visit(f"/stories/{number}/edit").form("#story-form").values()
    assert values["body"].strip() == "Half a second thought."
    with site.reading():
        assert revision(number, RevisionState.LIVE).body == BODY


def test_the_checklist_asks_for_as_much_as_the_moderators_do(cast: Cast, as_: As) -> None:
    item = as_(cast.lan).visit("/stories/new").soup.select_one("[data-check='[name=body]']")
    assert item is not None
    assert item["data-check-least"] == str(SHORTEST_BODY)
    assert f"at least {SHORTEST_BODY} characters" in item.text


def test_a_preview_says_how_long_it_is(cast: Cast, as_: As) -> None:
    page = (
        as_(cast.lan)
        .visit("/stories/new")
        .submit("button[value=preview]", body="**我们**轮流, [we](/a) turn.")
    )
    length = page.soup.select_one(".preview-length")
    assert length is not None
    assert length.text.split() == ["6", "words", "1", "minute", "to", "read"]
