"""From a paragraph of a story to a quote in an idea: chosen, kept, asked for, and said no to."""

import pytest

from community.contributions import queries as contributions
from community.contributions.models import Purpose, RevisionState
from community.ideas import actions, queries
from community.kit import markup
from community.moderation.models import Outcome
from tests.cast import Cast
from tests.conftest import As
from tests.factories.contributions import Factory, wording
from tests.factories.ideas import BETTER, MISSING, Ideas, idea, idea_text
from tests.helpers.browser import Page
from tests.helpers.site import Site

FIRST, SECOND = (
    "The bag slid under the seat again on the bridge.",
    "A hook would have held it, as in old taxis.",
)
BODY = f"## A bridge\n\n{FIRST}\n\n{SECOND}\n\nHome."
TYPED = {
    "title": "A hook for the bag",
    "missing": MISSING,
    "better": BETTER,
    "language": "en",
    "area": "design",
}


@pytest.fixture
def ideas(site: Site, make: Factory) -> Ideas:
    return Ideas(site, make)


@pytest.fixture
def story(make: Factory, cast: Cast) -> int:
    return make.live_story(cast.member, wording("A bridge", BODY))


def shown(site: Site, page: Page) -> list[tuple[bool, str]]:
    number = int(page.path.split("/")[2])
    with site.reading():
        return [(one.is_shown, markup.plain(one.html).strip()) for one in queries.quotes(number)]


def begun(page: Page, words: str = FIRST) -> Page:
    """From the story to the form, through the list of its paragraphs."""
    page = page.follow("Begin an idea from this story")
    choices = page.soup.select(".paragraph-choice")
    assert [one.get_text(strip=True) for one in choices] == [FIRST, SECOND]
    chosen = next(one.select_one("input") for one in choices if one.get_text(strip=True) == words)
    assert chosen
    return page.submit("main form", part=chosen["value"])


def test_a_visitor_is_led_to_sign_in_and_back(story: int, as_: As) -> None:
    page = as_(None).visit(f"/stories/{story}").follow("Begin an idea from this story")
    assert page.path == f"/account/login?next=/ideas/new?story%3D{story}"


def test_somebody_elses_paragraph_waits_for_its_authors_yes(
    site: Site, cast: Cast, make: Factory, story: int, as_: As
) -> None:
    page = begun(as_(cast.lan).visit(f"/stories/{story}"))
    assert FIRST in page.main
    assert "we ask the author" in page.main
    assert not page.has("[name=may_quote]")
    page = page.submit("button[value=submit]", **TYPED)
    assert shown(site, page) == [(False, FIRST)]
    number = int(page.path.split("/")[2])
    assert "quote" not in as_(cast.member).visit("/me/ideas").main
    make.decide(number)
    page = as_(cast.member).visit("/me/ideas").follow("Say yes or no")
    assert FIRST in page.main
    page = page.submit("button[value='1']")
    with site.reading():
        assert [one.is_shown for one in queries.quotes(number)] == [True]
        assert Purpose.QUOTE in contributions.agreed(story)
    assert not as_(cast.member).visit("/me/ideas").has(".asked")


def test_a_no_is_kept_and_can_become_a_yes(site: Site, cast: Cast, story: int, ideas: Ideas, as_: As) -> None:
    number = ideas.live(cast.lan)
    ideas.quote(number, story, agreed=False)
    with site.reading():
        (quote,) = queries.quotes(number)
    browser = as_(cast.member)
    browser.visit(f"/quotes/{quote.id}").submit("button[value='0']")
    page = browser.visit(f"/quotes/{quote.id}")
    assert "You said no" in page.main
    assert not browser.visit("/me/ideas").has(".asked")
    page.submit("button[value='1']")
    assert "You said yes" in browser.visit(f"/quotes/{quote.id}").main
    assert as_(cast.lan).get(f"/quotes/{quote.id}").status == 404


@pytest.mark.parametrize("agreed", [True, False])
def test_ones_own_story_is_asked_for_on_the_spot(
    site: Site, cast: Cast, story: int, as_: As, agreed: bool
) -> None:
    page = begun(as_(cast.member).visit(f"/stories/{story}"))
    page = page.submit("button[value=submit]", **TYPED, may_quote="y" if agreed else None)
    with site.reading():
        assert (Purpose.QUOTE in contributions.agreed(story)) is agreed
    page = as_(cast.member).visit(f"/ideas/{page.path.split('/')[2]}/edit")
    assert FIRST in page.main
    assert page.has("[name=may_quote]") is not agreed


def test_a_paragraph_that_changed_is_said_and_what_was_typed_stays(
    site: Site, cast: Cast, make: Factory, story: int, as_: As
) -> None:
    page = begun(as_(cast.lan).visit(f"/stories/{story}"))
    make.edit_waiting(story, wording("A bridge", BODY.replace("again", "twice")), by=cast.member)
    make.decide(story)
    page = page.submit("button[value=submit]", **TYPED)
    assert page.status == 422
    assert "changed this paragraph" in page.main
    assert page.form("#idea-form").values()["title"] == TYPED["title"]
    page = page.submit("button[value=submit]", part=page.soup.select(".paragraph-choice input")[1]["value"])
    assert shown(site, page) == [(False, SECOND)]


def test_a_paragraph_kept_with_the_draft_stays_when_its_story_changes(
    site: Site, cast: Cast, make: Factory, story: int, as_: As
) -> None:
    form = begun(as_(cast.lan).visit(f"/stories/{story}")).form("button[value=save]")
    form.send(**TYPED)
    make.edit_waiting(story, wording("A bridge", BODY.replace("again", "twice")), by=cast.member)
    make.decide(story)
    answer = form.send(**TYPED, action="submit", sequence="2")
    assert answer.status == 302
    assert site.value("SELECT count(*) FROM quote") == 1


def test_without_its_story_an_idea_goes_on_alone(
    site: Site, cast: Cast, make: Factory, story: int, as_: As
) -> None:
    page = begun(as_(cast.lan).visit(f"/stories/{story}"))
    make.decide(story, Outcome.HIDE, on=RevisionState.LIVE)
    page = page.submit("button[value=submit]", **TYPED)
    assert page.status == 422
    assert "cannot see this story any more" in page.main
    page = page.submit("button[value=submit]")
    assert shown(site, page) == []


@pytest.mark.parametrize("story_id", ["0", "x", "9" * 40, "٣", "-1", "1e3"])
def test_what_is_no_story_is_nothing_to_begin_with(cast: Cast, as_: As, story_id: str) -> None:
    assert as_(cast.lan).get(f"/ideas/new?story={story_id}").status == 404


def test_a_draft_lets_go_of_its_paragraph_and_of_nothing_that_was_typed(
    site: Site, cast: Cast, story: int, as_: As
) -> None:
    browser = as_(cast.lan)
    page = begun(browser.visit(f"/stories/{story}")).submit("button[value=save]", **TYPED)
    assert len(shown(site, page)) == 1
    page = page.submit("button[name=without]", title="A hook of brass")
    assert shown(site, page) == []
    assert not page.has(".begun")
    values = page.form("#idea-form").values()
    assert (values["title"], values["missing"].strip()) == ("A hook of brass", MISSING)
    assert shown(site, page.submit("button[value=save]")) == []


def test_a_paragraph_that_was_kept_by_itself_is_let_go_too(
    site: Site, cast: Cast, story: int, as_: As
) -> None:
    browser = as_(cast.lan)
    page = begun(browser.visit(f"/stories/{story}"))
    given = page.form("#idea-form").values()
    assert browser.post_json("/ideas/drafts", {**given, **TYPED, "sequence": "1"}).status == 200
    page = page.submit("button[name=without]", **TYPED, sequence="2")
    assert shown(site, page) == []


def test_what_was_sent_keeps_its_paragraph(site: Site, cast: Cast, story: int, ideas: Ideas, as_: As) -> None:
    number = ideas.draft(cast.lan)
    ideas.quote(number, story)
    browser = as_(cast.lan)
    form = browser.visit(f"/ideas/{number}/edit").form("button[name=without]")
    with site.writing():
        actions.submit(idea(number), idea_text(), sequence=None, by=cast.lan.account())
    form.send(**TYPED)
    page = browser.visit(f"/ideas/{number}/edit")
    assert len(shown(site, page)) == 1
    assert not page.has("button[name=without]")
