"""The writing page of ideas as people without scripts, and scripts, use it: on both databases."""

import re

import pytest

from community.contributions.models import RevisionState, State
from community.ideas import queries
from community.ideas.forms.writing import typed
from community.moderation.models import Outcome
from tests.cast import Cast
from tests.conftest import As
from tests.factories.contributions import Factory, contribution, form_id, revision
from tests.factories.ideas import BETTER, MISSING, Ideas, idea_text
from tests.helpers.browser import Browser, Page
from tests.helpers.site import Site

TYPED = {
    "title": "A hook for the bag",
    "missing": MISSING,
    "better": BETTER,
    "language": "en",
    "area": "design",
    "countries": ["VN", "TH"],
}


@pytest.fixture
def ideas(site: Site, make: Factory) -> Ideas:
    return Ideas(site, make)


def number_of(page: Page) -> int:
    found = re.search(r"/(?:ideas|contributions)/(\d+)", page.path)
    assert found, page.path
    return int(found[1])


def written(browser: Browser, **changes: object) -> Page:
    return browser.visit("/ideas/new").submit("button[value=submit]", **{**TYPED, **changes})


def sent(page: Page) -> Page:
    """Past what the checks had to say."""
    return page.submit("button[value=submit]") if page.has(".told") else page


def test_from_the_first_word_to_the_moderators(site: Site, cast: Cast, as_: As) -> None:
    page = written(as_(cast.lan))
    assert page.path.startswith(f"/contributions/{number_of(page)}/status")
    assert "Your idea is waiting to be read" in page.main
    with site.reading():
        kept = typed(revision(number_of(page), RevisionState.WAITING))
        assert kept == {**TYPED, "countries": ["TH", "VN"], "models": []}


def test_what_is_missing_is_said_beside_its_field_and_nothing_typed_is_lost(cast: Cast, as_: As) -> None:
    page = written(as_(cast.lan), title=" ", better="Short.", area="")
    assert page.status == 422
    for name in ("title", "better", "area"):
        assert page.has(f"#{name}-error")
    assert not page.has("#missing-error")
    assert page.form("#idea-form").values()["missing"].strip() == MISSING
    chosen = [value for name, value in page.form("#idea-form").fields() if name == "countries"]
    assert sorted(chosen) == ["TH", "VN"]


def test_a_draft_is_found_again_among_my_ideas(cast: Cast, as_: As) -> None:
    browser = as_(cast.lan)
    page = browser.visit("/ideas/new").submit("button[value=save]", title="A hook", missing="No", area="")
    assert page.path == f"/ideas/{number_of(page)}/edit"
    page = browser.visit("/me/ideas")
    assert "Draft" in page.main
    page = page.follow("A hook")
    assert page.form("#idea-form").values()["missing"].strip() == "No"
    assert as_(cast.member).get(page.path).status == 404


def test_sent_twice_it_is_one_idea(site: Site, cast: Cast, as_: As) -> None:
    form = as_(cast.lan).visit("/ideas/new").form("button[value=submit]")
    paths = {form.send(**TYPED).location.partition("?")[0] for _ in range(2)}
    assert len(paths) == 1
    assert site.value("SELECT count(*) FROM contribution") == 1


def test_two_tabs_and_the_older_one_is_told(cast: Cast, as_: As) -> None:
    browser = as_(cast.lan)
    page = browser.visit("/ideas/new").submit("button[value=save]", **TYPED)
    tabs = [browser.visit(page.path) for _ in range(2)]
    tabs[0].submit("button[value=save]", title="The newer")
    stale = tabs[1].submit("button[value=save]", title="The older")
    assert stale.status == 409
    assert stale.form("#idea-form").values()["title"] == "The older"


def test_typing_is_kept_by_itself(site: Site, cast: Cast, as_: As) -> None:
    browser, number = as_(cast.lan), form_id()
    given = {**TYPED, "form_id": number, "sequence": "1"}
    answer = browser.post_json("/ideas/drafts", given)
    assert (answer.status, answer.json["sequence"]) == (200, 1)
    again = browser.post_json("/ideas/drafts", {**given, "sequence": "2", "countries": "ZA"})
    assert again.json["edit_url"] == answer.json["edit_url"]
    page = browser.visit(answer.json["edit_url"])
    assert page.form("#idea-form").values()["countries"] == "ZA"
    assert browser.post_json("/ideas/drafts", {**given, "title": "Older"}).status == 409
    assert browser.post_json("/ideas/drafts", {**given, "area": "nothing"}).status == 422
    assert browser.post_json("/ideas/drafts", [1]).status == 422


def test_the_preview_keeps_nothing(site: Site, cast: Cast, as_: As) -> None:
    browser = as_(cast.lan)
    page = browser.visit("/ideas/new").submit("button[value=preview]", **TYPED)
    assert page.has("#preview .prose")
    assert page.form("#idea-form").values()["better"].strip() == BETTER
    drawn = browser.post("/ideas/preview", {**TYPED, "countries": "VN"})
    assert "What would be better" in drawn.text
    assert site.value("SELECT count(*) FROM contribution") == 0


def test_what_says_the_same_is_shown_once_before_it_is_sent(
    site: Site, cast: Cast, as_: As, ideas: Ideas
) -> None:
    first = ideas.live(cast.member)
    browser = as_(cast.lan)
    page = written(browser, missing=f"{MISSING} None at all.")
    assert page.path.endswith("/edit?alike=1")
    assert page.has(f".alike form[action='/ideas/{first}/support']")
    assert page.form("#idea-form").values()["title"] == TYPED["title"]
    with site.reading():
        assert contribution(number_of(page)).state is State.DRAFT
    page = sent(page.submit(".alike button[value=submit]"))
    with site.reading():
        assert contribution(number_of(page)).state is State.WAITING


@pytest.mark.parametrize(
    ("wish", "state"), [({}, State.WITHDRAWN), ({"withdraw": None}, State.DRAFT)], ids=["gone", "kept"]
)
def test_joining_one_that_says_the_same_is_one_press(
    site: Site, cast: Cast, as_: As, ideas: Ideas, wish: dict[str, None], state: State
) -> None:
    first = ideas.live(cast.member)
    page = written(as_(cast.lan), missing=f"{MISSING} None at all.")
    draft = number_of(page)
    page = page.submit(".alike form", **wish)
    assert ("Your draft is withdrawn." in page.text) is (state is State.WITHDRAWN)
    with site.reading():
        assert queries.vote(first, cast.lan.id)
        assert contribution(draft).state is state
    assert "None at all." in as_(cast.lan).visit(f"/contributions/{draft}/status").main


def test_nobody_elses_draft_and_nothing_sent_goes_by_joining(
    site: Site, cast: Cast, as_: As, ideas: Ideas
) -> None:
    first, theirs, sent_already = (
        ideas.live(cast.member),
        ideas.draft(cast.moderator),
        ideas.waiting(cast.lan),
    )
    for number in (theirs, sent_already, "x", 2**70):
        given = {"on": "1", "withdraw": "1", "instead_of": str(number)}
        assert as_(cast.lan).post(f"/ideas/{first}/support", given).status == 302
    with site.reading():
        assert contribution(theirs).state is State.DRAFT
        assert contribution(sent_already).state is State.WAITING


def test_one_that_came_back_is_not_compared_again(
    site: Site, cast: Cast, make: Factory, as_: As, ideas: Ideas
) -> None:
    ideas.live(cast.member)
    number = ideas.waiting(cast.lan, idea_text(missing=f"{MISSING} None at all."))
    make.decide(number, Outcome.RETURN)
    site.work()
    assert f"/ideas/{number}/edit" in site.letters()[-1].read_text("utf-8")
    page = as_(cast.lan).visit(f"/ideas/{number}/edit")
    assert "A moderator asks you to change this" in page.main
    page = sent(page.submit("button[value=submit]", title="A better hook"))
    assert "Your idea is waiting to be read" in page.main


def test_who_may_not_send_yet_keeps_a_draft(cast: Cast, as_: As) -> None:
    browser = as_(cast.unconfirmed)
    page = browser.visit("/ideas/new")
    assert not page.has("button[value=submit]")
    answer = browser.post(
        "/ideas/new", {**page.form("#idea-form").values(), **TYPED, "countries": "VN", "action": "submit"}
    )
    assert answer.status == 302
    assert browser.visit("/me/ideas").has(".badge-draft")


def test_the_author_is_told_by_mail_and_on_its_page(
    site: Site, cast: Cast, make: Factory, as_: As, ideas: Ideas
) -> None:
    number = ideas.waiting(cast.lan)
    make.decide(number)
    site.work()
    letter = site.letters()[-1].read_text("utf-8")
    assert "To: lan" in letter
    assert f"/ideas/{number}" in letter or f"/contributions/{number}" in letter
    page = as_(cast.lan).visit(f"/contributions/{number}/status")
    assert "Your idea is live" in page.main
    assert page.follow("Edit").path == f"/ideas/{number}/edit"


def test_a_session_that_ended_loses_nothing(site: Site, cast: Cast, as_: As) -> None:
    browser = as_(cast.lan)
    form = browser.visit("/ideas/new").form("button[value=save]")
    browser.post("/account/logout")
    page = form.send(**TYPED)
    assert page.status in (400, 401)
    assert BETTER in page.main
    page = page.submit("main form").submit("main form", email=cast.lan.email, password=cast.lan.password)
    page = page.submit("main form")
    assert page.path == f"/ideas/{number_of(page)}/edit"
    assert page.form("#idea-form").values()["better"].strip() == BETTER


def test_my_ideas_cost_the_same_however_many_there_are(site: Site, cast: Cast, as_: As, ideas: Ideas) -> None:
    browser, counts = as_(cast.lan), []
    for _ in range(2):
        ideas.draft(cast.lan)
        browser.get("/me/ideas")
        with site.count_queries() as counted:
            assert browser.get("/me/ideas").status == 200
        counts.append(counted.total)
    assert counts[0] == counts[1]
