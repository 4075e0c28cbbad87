"""A call in the editor, at the desk and under the story, through the forms people fill in."""

from dataclasses import replace

import pytest

from community.calls import actions
from community.contributions.models import RevisionState, State
from tests.cast import Cast
from tests.conftest import As
from tests.factories.calls import ANSWERS, SAID, Calls, call, call_draft
from tests.factories.contributions import BODY, Factory, contribution, revision
from tests.helpers.browser import Page
from tests.helpers.clock import StillClock
from tests.helpers.site import Site

pytestmark = pytest.mark.usefixtures("clock")
TYPED = {"title": "By the sea", "body": BODY, "language": "en", "topic": "family"}


@pytest.fixture
def calls(site: Site, make: Factory) -> Calls:
    return Calls(site, make)


def fields(page: Page, number: int) -> dict[str, str]:
    """What answers a call, by the names its part has in the page."""
    part = page._one(f"input[type=hidden][value='{number}'][name^=calls]")["name"].removesuffix("-number")  # type: ignore[union-attr]
    said = {f"{part}-answers-{place}": words for place, words in enumerate(ANSWERS)}
    return {"call": str(number), f"{part}-number": str(number), f"{part}-accepts": "1", **said}


def newest(site: Site) -> int:
    return int(site.value("SELECT max(id) FROM contribution"))


def test_a_story_answers_a_call_from_the_editor_to_its_page(
    site: Site, cast: Cast, make: Factory, as_: As, calls: Calls
) -> None:
    other, number = calls.opened(), calls.opened()
    page = as_(cast.lan).visit(f"/stories/new?call={number}")
    assert page.form("#story-form").values()["call"] == str(number)
    sent = page.submit("button[value=submit]", **TYPED, **fields(page, number))
    assert sent.path.endswith(f"?sent={page.form('#story-form').values()['form_id']}")
    told = newest(site)
    review = site.value("SELECT id FROM revision WHERE contribution_id = :id", id=told)
    desk = as_(cast.moderator).visit(f"/moderation/reviews/{review}")
    make.decide(told)
    for shown in (desk, as_(None).visit(f"/stories/{told}"), as_(cast.member).visit(f"/stories/{told}")):
        section = shown._one(".story-answers").get_text(" ")
        assert all(words in section for words in (SAID.title, *SAID.questions, *ANSWERS))
    listed = as_(None).visit(f"/calls/{number}")
    assert (TYPED["title"] in listed.main, "1 story" in listed.main) == (True, True)
    assert TYPED["title"] not in as_(None).visit(f"/calls/{other}").main


def test_what_is_missing_is_said_and_nothing_typed_is_lost(cast: Cast, as_: As, calls: Calls) -> None:
    number = calls.opened()
    page = as_(cast.lan).visit("/stories/new")
    given = fields(page, number)
    unticked = {**given, next(name for name in given if name.endswith("accepts")): None}
    refused = page.submit("button[value=submit]", **TYPED, **unticked)
    assert (refused.status, refused.has("#call-error")) == (422, True)
    kept = refused.form("#story-form").values()
    assert {name: kept[name] for name, value in unticked.items() if value} == {
        name: value for name, value in unticked.items() if value
    }


def test_a_late_story_is_kept_told_and_sent_without_the_call(
    site: Site, cast: Cast, as_: As, calls: Calls, clock: StillClock
) -> None:
    number = calls.opened(call_draft(last=0))
    browser = as_(cast.lan)
    page = browser.visit("/stories/new")
    given = fields(page, number)
    clock.advance(days=1)
    late = page.submit("button[value=submit]", **TYPED, **given)
    told = newest(site)
    assert late.path == f"/stories/{told}/edit"
    with site.reading():
        assert contribution(told).state is State.DRAFT
        assert [answer.words for answer in revision(told, RevisionState.DRAFT).answers] == list(ANSWERS)
    again = browser.visit(f"/stories/{told}/edit")
    assert again.has("#late")
    again.submit("button[value=submit_without_call]")
    with site.reading():
        assert contribution(told).state is State.WAITING
        assert revision(told, RevisionState.WAITING).call_id is None


def test_terms_that_changed_meanwhile_are_not_accepted_unread(
    site: Site, cast: Cast, as_: As, calls: Calls
) -> None:
    number = calls.opened()
    page = as_(cast.lan).visit("/stories/new")
    given = fields(page, number)
    with site.writing():
        actions.save(call(number), call_draft(replace(SAID, terms="We will print it.")), on=2)
    refused = page.submit("button[value=submit]", **TYPED, **given)
    assert (refused.status, "We will print it." in refused.main) == (422, True)
    (accepts,) = (name for name in given if name.endswith("accepts"))
    assert accepts not in refused.form("#story-form").values()
    assert "/edit" not in refused.submit("button[value=submit]", **{accepts: "2"}).path
    assert site.rows("SELECT terms_version FROM call_answer") == [(2,)]


def test_calls_for_others_are_not_offered(cast: Cast, as_: As, calls: Calls) -> None:
    calls.draft()
    for_others = call_draft(countries=("BR",)), call_draft(languages=("pt",)), call_draft(first=2)
    opened = [calls.opened(said) for said in (*for_others, call_draft())]
    page = as_(cast.lan).visit("/stories/new")
    offered = [str(one["value"]) for one in page.soup.select("input[type=radio][name=call]")]
    assert offered == ["", str(opened[-1])]


def test_a_client_that_knows_no_calls_changes_none(site: Site, cast: Cast, as_: As, calls: Calls) -> None:
    number = calls.opened()
    told = calls.live(number, cast.lan)
    browser = as_(cast.lan)
    given = {**TYPED, "form_id": "an-older-client", "sequence": "9", "action": "save"}
    assert browser.post(f"/stories/{told}/edit", given).status == 302
    answer = browser.post_json(
        "/stories/drafts", {**TYPED, "body": BODY + "!", "story_id": told, "sequence": 12}
    )
    assert answer.status == 200
    with site.reading():
        draft = revision(told, RevisionState.DRAFT)
        assert (draft.call_id, [one.words for one in draft.answers]) == (number, list(ANSWERS))


def test_autosave_keeps_the_answers(site: Site, cast: Cast, as_: As, calls: Calls) -> None:
    number = calls.opened()
    browser = as_(cast.lan)
    given = fields(browser.visit("/stories/new"), number)
    typed = {**TYPED, **given, "form_id": "form-in-browser", "sequence": 1}
    assert browser.post_json("/stories/drafts", typed).status == 200
    page = browser.visit(f"/stories/{newest(site)}/edit")
    kept = page.form("#story-form").values()
    assert [kept[name] for name in fields(page, number) if "answers" in name] == list(ANSWERS)
    browser.post_json("/stories/drafts", {**typed, "call": "", "story_id": newest(site), "sequence": 2})
    assert site.rows("SELECT call_id, answers FROM revision") == [(None, "[]")]


def test_the_writing_page_and_the_story_cost_the_same_for_many_calls(
    site: Site, cast: Cast, as_: As, calls: Calls
) -> None:
    told, browser = calls.live(calls.opened(), cast.lan), as_(cast.lan)
    counts = []
    for _ in range(2):
        for path in ("/stories/new", f"/stories/{told}/over-the-pass", "/calls", "/"):
            browser.get(path)
            with site.count_queries() as counted:
                assert browser.get(path).status == 200
            counts.append(len(counted.statements))
        for _more in range(4):
            calls.opened()
    assert counts[:4] == counts[4:]
