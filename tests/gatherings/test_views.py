"""Spotlights and calls as curators make them and readers meet them, through their forms."""

from dataclasses import replace

import pytest

from community.accounts.actions import blocking
from community.calls import actions
from community.contributions.models import RevisionState, State
from community.gatherings import queries
from community.moderation.models import Outcome
from tests.cast import Cast
from tests.conftest import As
from tests.factories.calls import SAID, Calls, call, call_draft
from tests.factories.contributions import Factory, contribution, wording
from tests.helpers.clock import StillClock
from tests.helpers.site import Site

pytestmark = pytest.mark.usefixtures("clock")
DAYS = {"first_day": "2026-03-01", "last_day": "2026-03-03"}
SPOTLIGHT = {"title": "Three roads", "introduction": "From **three** coasts.", "language": "en", **DAYS}


@pytest.fixture
def calls(site: Site, make: Factory) -> Calls:
    return Calls(site, make)


def titles(words: str, *wanted: str) -> list[str]:
    """Those of the wanted that are there, in the order they stand in."""
    return sorted((one for one in wanted if one in words), key=words.index)


def test_a_curator_gathers_publishes_and_translates(
    site: Site, cast: Cast, make: Factory, as_: As, calls: Calls
) -> None:
    first, second = make.live_story(text=wording("First")), make.live_story(text=wording("Second"))
    browser = as_(cast.curator)
    lines = f"http://localhost/stories/{second}/second?lang=vi\n{first}\n{second}"
    page = browser.visit("/curation/spotlights/new").submit(**SPOTLIGHT, stories=lines)
    number = int(page.path.split("/")[3])
    assert as_(None).get(f"/spotlights/{number}").status == 404
    page.submit("button[name=on]")
    browser.visit(f"/curation/spotlights/{number}/texts/vi").submit(title="Ba con đường", introduction="Ba.")
    shown = as_(None).visit(f"/spotlights/{number}")
    assert titles(shown.main, "First", "Second") == ["Second", "First"]
    assert "Three roads" in as_(None).visit("/spotlights").main
    assert "Ba con đường" in as_(None).visit(f"/spotlights/{number}?ui=vi").main
    browser.visit(f"/curation/spotlights/{number}/edit").submit("button[name=on]")
    assert as_(None).get(f"/spotlights/{number}").status == 404


def test_a_hidden_story_goes_and_comes_back(
    site: Site, cast: Cast, make: Factory, as_: As, calls: Calls
) -> None:
    one, other = make.live_story(text=wording("Staying")), make.live_story(text=wording("Going"))
    number = calls.spotlight([other, one])
    address = as_(None).visit(f"/spotlights/{number}").path
    make.decide(other, Outcome.HIDE, on=RevisionState.LIVE)
    assert titles(as_(None).visit(address).main, "Staying", "Going") == ["Staying"]
    edited = as_(cast.curator).visit(f"/curation/spotlights/{number}/edit").submit("main form.gathering-form")
    assert edited.status == 200
    make.decide(other, Outcome.RESTORE, on=RevisionState.LIVE)
    assert titles(as_(None).visit(address).main, "Staying", "Going") == ["Going", "Staying"]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"title": " "}, "title"),
        ({"last_day": "2026-02-28"}, "last_day"),
        ({"first_day": "soon"}, "first_day"),
        ({"stories": "999999"}, "stories"),
        ({"stories": "/members/lan"}, "stories"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(
    cast: Cast, as_: As, changed: dict[str, str], field: str
) -> None:
    page = as_(cast.curator).visit("/curation/spotlights/new")
    refused = page.submit(**{**SPOTLIGHT, "stories": "", **changed})
    assert (refused.status, refused.has(f"#{field}-error")) == (422, True)
    assert refused.form("main form").values()["introduction"] == SPOTLIGHT["introduction"]


def test_of_two_curators_the_slower_keeps_what_they_typed(
    cast: Cast, make: Factory, as_: As, calls: Calls
) -> None:
    number = calls.spotlight([make.live_story()])
    pages = [as_(who).visit(f"/curation/spotlights/{number}/edit") for who in (cast.curator, cast.admin)]
    pages[0].submit("main form.gathering-form", title="The faster title")
    slower = pages[1].submit("main form.gathering-form", title="The slower title")
    assert (slower.status, "The faster title" in slower.main) == (409, True)
    assert slower.form("main form.gathering-form").values()["title"] == "The slower title"
    assert slower.submit("main form.gathering-form").status == 200
    assert "The slower title" in as_(None).visit(f"/spotlights/{number}").main


def test_the_home_page_features_between_two_days_alone(
    site: Site, cast: Cast, make: Factory, as_: As, calls: Calls, clock: StillClock
) -> None:
    """Nothing is written at midnight, and what was kept before it is not shown after it."""
    story = make.live_story()
    for place in range(4):
        calls.spotlight([story], title=f"Spotlight {place}", first=-1, last=1)
        clock.advance(minutes=1)
    calls.spotlight([story], title="Later", first=1, last=2)
    calls.spotlight([story], title="A draft", published=False)
    calls.opened(call_draft(last=0))
    seen = as_(None).visit("/")
    every = ("Later", "A draft", SAID.title, *(f"Spotlight {place}" for place in range(4)))
    assert titles(seen.main, *every) == ["Spotlight 3", "Spotlight 2", "Spotlight 1", SAID.title]
    by_date = seen.response.headers["Last-Modified"]
    clock.moment = clock.moment.replace(hour=23, minute=59, second=59)
    assert as_(None).get("/", If_Modified_Since=by_date).status == 304
    clock.advance(seconds=1)
    again = as_(None).get("/", If_Modified_Since=by_date)
    assert again.status == 200
    assert titles(again.main, *every) == ["Later", "Spotlight 3", "Spotlight 2"]


def test_open_calls_stand_on_the_home_page_for_whom_they_are_first(cast: Cast, as_: As, calls: Calls) -> None:
    for title, countries in (("For Brazil", ("BR",)), ("For Viet Nam", ("VN",)), ("For all", ())):
        calls.opened(call_draft(replace(SAID, title=title), countries=countries, last=len(title)))
    every = ("For Brazil", "For Viet Nam", "For all")
    assert titles(as_(cast.lan).visit("/").main, *every) == ["For all", "For Viet Nam", "For Brazil"]


def test_a_call_is_written_opened_answered_and_ends_as_a_spotlight(
    site: Site, cast: Cast, as_: As, calls: Calls, clock: StillClock
) -> None:
    browser = as_(cast.curator)
    typed = {
        "title": "By the sea",
        "introduction": "Tell us.",
        "language": "en",
        **DAYS,
        "questions": "Where?\n\nWho?",
    }
    page = browser.visit("/curation/calls/new").submit(
        **typed, countries=["VN", "ZA"], languages=["en", "vi"]
    )
    number = int(page.path.split("/")[3])
    assert as_(None).get(f"/calls/{number}").status == 404
    page.submit(f"form[action$='/calls/{number}/opening'] button")
    browser.visit(f"/curation/calls/{number}/texts/vi").submit(
        title="Bên bờ biển", introduction="Kể đi.", questions="Ở đâu?\nAi?"
    )
    shown = as_(None).visit(f"/calls/{number}?ui=vi")
    assert all(words in shown.main for words in ("Bên bờ biển", "Ở đâu?"))
    told = calls.live(number, cast.lan, wording("On the coast"))
    assert "On the coast" in as_(None).visit(f"/calls/{number}").main
    clock.advance(days=3)
    ended = browser.visit(f"/curation/calls/{number}/edit")
    made = ended.submit(f"form[action$='/calls/{number}/spotlight'] button")
    again = ended.submit(f"form[action$='/calls/{number}/spotlight'] button")
    assert made.path == again.path
    kept = made.form("main form.gathering-form").values()
    assert (kept["title"], kept["stories"]) == ("By the sea", f"/stories/{told}/on-the-coast")
    made.submit("button[name=on]")
    assert as_(None).visit(f"/calls/{number}").follow("By the sea").path.startswith("/spotlights/")


def test_stories_of_a_call_come_in_pages(site: Site, cast: Cast, calls: Calls) -> None:
    number = calls.opened()
    told = [
        calls.live(number, cast.lan, wording(f"Road {n}", f"Road number {n}, told in a few words."))
        for n in range(3)
    ]
    found, after = [], None
    with site.reading():
        for _ in range(2):
            page = queries.cards_of_call(number, after=after, limit=2)
            found += [card.id for card in page.rows]
            after = page.next
        others = queries.cards_of_call(number, apart=[cast.lan.id])
    assert (found, after, others.rows) == (told[::-1], None, [])


def test_pages_cost_the_same_for_more(site: Site, cast: Cast, make: Factory, as_: As, calls: Calls) -> None:
    stories = [
        make.live_story(text=wording(f"S {n}", f"A story with the number {n} in it.")) for n in range(3)
    ]
    number, counts = calls.spotlight(stories[:1]), []
    browser = as_(cast.member)
    for _ in range(2):
        for path in ("/spotlights", browser.visit(f"/spotlights/{number}").path, "/"):
            with site.count_queries() as counted:
                assert browser.get(path).status == 200
            counts.append(len(counted.statements))
        number = calls.spotlight(stories)
    assert counts[:3] == counts[3:]


def test_the_stories_of_whom_one_blocked_are_neither_shown_nor_counted(
    site: Site, cast: Cast, make: Factory, as_: As, calls: Calls
) -> None:
    number = calls.opened(call_draft(last=0))
    hers = calls.live(number, cast.member, wording("Hers"))
    calls.live(number, cast.lan, wording("Mine"))
    spotlight = calls.spotlight([hers])
    with site.writing():
        blocking.block(cast.member.account(), by=cast.moderator.account())
    told, everybody = as_(cast.moderator), as_(None)
    for browser, stories in ((told, "1 story"), (everybody, "2 stories")):
        assert stories in browser.visit(f"/calls/{number}").main
    plates = ".teaser-plates li"
    assert everybody.visit("/spotlights").has(plates)
    assert not told.visit("/spotlights").has(plates)
    assert "Hers" not in told.visit(f"/spotlights/{spotlight}").main


def test_whose_story_is_shown_is_told_once_and_who_else_answered_the_call_too(
    site: Site, cast: Cast, make: Factory, as_: As, calls: Calls
) -> None:
    number = calls.opened(call_draft(last=0))
    shown = calls.live(number, cast.lan, wording("Shown"))
    calls.live(number, cast.lan, wording("Shown too"))
    calls.live(number, cast.member, wording("Not shown"))
    ana = cast.join("Ana", "BR", "en")
    other = make.live_story(ana, wording("From elsewhere"))
    with site.writing():
        actions.end_early(call(number), "The book is full.", on=call(number).version)
    browser = as_(cast.curator)
    page = browser.visit(f"/curation/calls/{number}/edit").submit("form[action$=spotlight]")
    page = page.submit("main form.gathering-form", stories=f"{shown}\n{other}")
    assert site.rows("SELECT * FROM notice WHERE spotlight_id IS NOT NULL") == []
    page.submit("button[name=on]")
    told = "SELECT account_id, kind FROM notice WHERE spotlight_id IS NOT NULL ORDER BY kind, account_id"
    expected = [(cast.member.id, "gathered")] + [
        (one.id, "spotlighted") for one in sorted((cast.lan, ana), key=lambda one: one.id)
    ]
    assert site.rows(told) == expected
    notices = as_(cast.lan).visit("/me/notices")
    assert "A spotlight shows your story" in notices.main
    assert notices.submit(".notices-list form").path.startswith("/spotlights/")
    assert "A call you answered has become a spotlight" in as_(cast.member).visit("/me/notices").main
    browser.visit(page.path).submit("button[name=on]")
    assert "A spotlight" in as_(cast.lan).visit("/me/notices").main
    assert site.rows(told) == [(cast.lan.id, "spotlighted")]
    browser.visit(page.path).submit("button[name=on]")
    assert site.rows(told) == expected


def test_an_open_call_is_taken_back_while_nobody_has_answered(
    site: Site, cast: Cast, make: Factory, as_: As, calls: Calls
) -> None:
    number = calls.opened()
    browser = as_(cast.curator)
    page = browser.visit(f"/curation/calls/{number}/edit")
    page = page.submit("button[name=on][value='0']")
    assert "Only curators see it." in page.main
    assert as_(None).get(f"/calls/{number}").status == 404
    page = page.submit("button[name=on][value='1']")
    calls.waiting(number, cast.lan)
    refused = page.submit("button[name=on][value='0']")
    assert refused.status == 409
    assert "Stories answer this call already." in refused.main
    assert as_(None).visit(f"/calls/{number}").status == 200


def test_an_open_call_ends_early_with_a_reason_everybody_reads(
    site: Site, cast: Cast, make: Factory, as_: As, calls: Calls
) -> None:
    number = calls.opened()
    calls.live(number, cast.lan)
    page = as_(cast.curator).visit(f"/curation/calls/{number}/edit")
    early = "form[action$=early-end]"
    assert page.submit(early, why=" ").status == 422
    stale = page.submit(early, why="The book is full.", version="9")
    assert stale.status == 409
    assert stale.form(early).values()["why"].strip() == "The book is full."
    page = stale.submit(early)
    assert (page.status, page.has(early)) == (200, False)
    read = as_(None).visit(f"/calls/{number}").main
    assert "The book is full." in read
    assert "Over" in read
    assert as_(None).visit("/calls").has(f"section[aria-labelledby=ended] a[href^='/calls/{number}/']")
    late = calls.waiting(number, cast.member)
    with site.reading():
        assert contribution(late).state is State.DRAFT
