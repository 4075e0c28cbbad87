"""Bulk: many items, one ground, each decided by itself, and a report that leaves nothing unsaid."""

from collections.abc import Callable

import pytest

from community.kit.errors import Conflict
from community.moderation import actions
from community.moderation.actions import bulk, deciding
from community.moderation.actions.bulk import Chosen, Why
from community.moderation.models import Outcome
from tests.cast import Cast
from tests.conftest import As
from tests.factories.contributions import Factory, wording
from tests.helpers.browser import Browser, Page
from tests.helpers.clock import StillClock
from tests.helpers.site import Site
from tests.moderation.desking import box, look_at, review_path

REFUSE = {"outcome": "refuse", "ground": "1.2", "explanation": "This sells something."}
STATES = "SELECT state, count(*) FROM contribution GROUP BY state"


@pytest.fixture
def boxes(site: Site, make: Factory) -> Callable[[int], list[str]]:
    def made(number: int) -> list[str]:
        return [box(site, make.waiting_story(text=wording(f"Story {place}"))) for place in range(number)]

    return made


def send(browser: Browser, boxes: list[str], **fields: str) -> Page:
    return browser.post("/moderation/bulk", [*fields.items(), *(("chosen", one) for one in boxes)])


def report(browser: Browser, boxes: list[str], **fields: str) -> Page:
    answer = send(browser, boxes, **fields)
    assert answer.status == 302
    return browser.visit(answer.location)


def test_from_the_queue_without_javascript(
    site: Site, cast: Cast, as_: As, boxes: Callable[[int], list[str]]
) -> None:
    chosen = boxes(3)
    page = as_(cast.moderator).visit("/moderation")
    done = page.submit(".bulk-bar [value=approve]", chosen=chosen[:2])
    assert "2 texts decided" in done.main
    assert "left out" not in done.main
    assert dict(site.rows(STATES)) == {"live": 2, "waiting": 1}


def test_what_needs_a_ground_is_asked_for_once_and_for_all(
    site: Site, cast: Cast, as_: As, boxes: Callable[[int], list[str]]
) -> None:
    chosen = boxes(3)
    asked = as_(cast.moderator).visit("/moderation").submit(".bulk-bar [value=refuse]", chosen=chosen)
    assert asked.status == 200
    assert not asked.has(".errors")
    assert "Story 1" in asked.main
    missing = asked.submit("main form.bulk")
    assert missing.status == 422
    assert "Name the clause this rests on." in missing.main
    assert dict(site.rows(STATES)) == {"waiting": 3}
    done = missing.submit("main form.bulk", ground="1.2", explanation="This sells something.")
    assert "3 texts decided" in done.main
    found = site.rows("SELECT DISTINCT outcome, ground, explanation FROM decision")
    assert found == [("refuse", "1.2", "This sells something.")]
    assert site.value("SELECT count(*) FROM statement") == 3


def test_the_words_of_a_ground_come_in_without_javascript(
    cast: Cast, as_: As, boxes: Callable[[int], list[str]]
) -> None:
    chosen = boxes(2)
    asked = as_(cast.moderator).visit("/moderation").submit(".bulk-bar [value=refuse]", chosen=chosen)
    filled = asked.submit("main form.bulk [name=template]", ground="1.2", explanation="Dear both,")
    explanation = filled.form("main form.bulk").values()["explanation"]
    assert explanation.startswith("Dear both,\r\n\r\n")
    assert len(explanation) > 30


def test_each_is_left_out_with_its_own_reason(
    site: Site, cast: Cast, make: Factory, as_: As, clock: StillClock
) -> None:
    fine = make.waiting_story(text=wording("Fine"))
    stale = make.waiting_story(text=wording("Decided by Otto"))
    held = make.waiting_story(text=wording("In Otto's hands"))
    own = make.waiting_story(cast.moderator, wording("My own"))
    unread = make.waiting_story(text=wording("In Tamil", language="ta"))
    live = make.live_story(text=wording("Reported and live"))
    look_at(site, live)
    chosen = [box(site, number) for number in (fine, stale, held, own, unread)]
    with site.reading():
        live_id = site.value("SELECT id FROM revision WHERE contribution_id = :id", id=live)
    chosen += [f"{live_id}:1:3", "999999:1:1"]
    make.decide(stale, by=cast.other_moderator)
    as_(cast.other_moderator).post_json(f"{review_path(site, held)}/claim", {})
    browser = as_(cast.moderator)
    answer = send(browser, chosen, **REFUSE)
    page = browser.visit(answer.location)
    assert "1 text decided" in page.main
    assert "5 were left out" in page.main  # of what never came to the desk there is nothing to say
    for title, why in {
        "Decided by Otto": "Somebody decided on it",
        "In Otto's hands": "Somebody else is reading it.",
        "My own": "It is your own.",
        "In Tamil": "You do not read its language",
        "Reported and live": "This cannot be decided on it",
    }.items():
        assert f"{title} {why}" in page.main
    assert site.value("SELECT count(*) FROM decision WHERE by_id = :id", id=cast.moderator.id) == 2
    assert "999999-gone" in answer.location


def test_one_that_fails_takes_no_other_with_it(
    site: Site, cast: Cast, as_: As, boxes: Callable[[int], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen, decide = boxes(5), actions.decide

    def failing(contribution: object, revision: object, *rest: object, **named: object) -> object:
        done = decide(contribution, revision, *rest, **named)  # type: ignore[arg-type]
        if done.revision_id == int(chosen[2].split(":")[0]):
            raise Conflict
        return done

    monkeypatch.setattr(deciding, "decide", failing)
    with site.app.app_context():
        given = [Chosen(*map(int, one.split(":"))) for one in chosen]
        swept = bulk.decide_each(given, _approve(), by_id=cast.moderator.id)
    assert (len(swept.done), [why for _, why in swept.left]) == (4, [Why.STALE])
    assert dict(site.rows(STATES)) == {"live": 4, "waiting": 1}
    assert site.value("SELECT count(*) FROM decision") == 4
    assert site.value("SELECT count(*) FROM job WHERE kind = 'mail.decision'") == 4


def test_what_was_decided_before_a_failure_stays(
    site: Site, cast: Cast, boxes: Callable[[int], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process that dies in the middle: whole decisions, and nothing of the others."""
    chosen, decide = boxes(4), actions.decide
    calls: list[int] = []

    def dying(*given: object, **named: object) -> object:
        calls.append(1)
        done = decide(*given, **named)  # type: ignore[arg-type]
        if len(calls) == 3:
            raise KeyboardInterrupt
        return done

    monkeypatch.setattr(deciding, "decide", dying)
    given = [Chosen(*map(int, one.split(":"))) for one in chosen]
    with site.app.app_context(), pytest.raises(KeyboardInterrupt):
        bulk.decide_each(given, _approve(), by_id=cast.moderator.id)
    assert dict(site.rows(STATES)) == {"live": 2, "waiting": 2}
    assert site.value("SELECT count(*) FROM log_entry WHERE act = 'approve'") == 2


def _approve() -> actions.Ruling:
    return actions.Ruling(outcome=Outcome.APPROVE, ground=None, explanation="", revision_number=0, version=0)


def test_sent_again_it_does_nothing_twice(
    site: Site, cast: Cast, as_: As, boxes: Callable[[int], list[str]]
) -> None:
    chosen, browser = boxes(2), as_(cast.moderator)
    report(browser, chosen, outcome="approve")
    again = report(browser, chosen, outcome="approve")
    assert "2 were left out" in again.main
    assert site.value("SELECT count(*) FROM decision") == 2


def test_what_was_chosen_before_the_author_changed_it_is_left_out(
    site: Site, cast: Cast, make: Factory, as_: As
) -> None:
    number = make.waiting_story()
    chosen = [box(site, number)]
    make.edit_waiting(number, wording(body="Cheap tyres at my shop, today and tomorrow."))
    assert "1 was left out" in report(as_(cast.moderator), chosen, outcome="approve").main
    assert site.value("SELECT state FROM contribution") == "waiting"


def test_a_script_hears_what_was_done(
    site: Site, cast: Cast, as_: As, boxes: Callable[[int], list[str]]
) -> None:
    chosen = boxes(2)
    browser = as_(cast.moderator)
    pairs = [("outcome", "approve"), *(("chosen", one) for one in [*chosen, chosen[0]])]
    answer = browser.post("/moderation/bulk", pairs, Accept="application/json")
    ids = [str(number) for (number,) in site.rows("SELECT id FROM decision ORDER BY id")]
    assert answer.json == {"done": ",".join(ids), "left": ""}


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        ([], "Choose something first."),
        (["x:1:2"], "Not a valid choice."),
        (["1:2"], "Not a valid choice."),
        ([f"{2**63}:1:1"], "Not a valid choice."),
        (["1:1:99999999999"], "Not a valid choice."),
        ([f"{n}:1:1" for n in range(1, 52)], "Choose at most 50 at once."),
    ],
)
def test_a_choice_that_is_none_is_refused_in_words(
    site: Site, cast: Cast, as_: As, chosen: list[str], words: str
) -> None:
    answer = send(as_(cast.moderator), chosen, outcome="approve")
    assert answer.status == 422
    assert words in answer.main


@pytest.mark.parametrize("outcome", ["restore", "lock", "undo", "", "approve everything"])
def test_only_some_outcomes_are_for_many(
    site: Site, cast: Cast, as_: As, boxes: Callable[[int], list[str]], outcome: str
) -> None:
    assert send(as_(cast.moderator), boxes(1), outcome=outcome).status == 422
    assert site.value("SELECT count(*) FROM decision") == 0


def test_each_can_be_undone_for_ten_seconds(
    site: Site, cast: Cast, as_: As, boxes: Callable[[int], list[str]], clock: StillClock
) -> None:
    browser = as_(cast.moderator)
    page = report(browser, boxes(2), outcome="approve")
    assert len(page.soup.select(".undo form")) == 2
    page.submit(".undo form")
    assert dict(site.rows(STATES)) == {"live": 1, "waiting": 1}
    assert len(browser.visit(page.path).soup.select(".undo form")) == 1
    clock.advance(seconds=10)
    assert not browser.visit(page.path).has(".undo form")


def test_a_report_tells_nobody_what_another_did(
    site: Site, cast: Cast, as_: As, boxes: Callable[[int], list[str]]
) -> None:
    page = report(as_(cast.moderator), boxes(2), outcome="approve")
    assert "0 texts decided" in as_(cast.other_moderator).visit(page.path).main


@pytest.mark.parametrize(
    "query", ["done=x&left=y", "left=1-nonsense,x-stale,-", "done=99999999999999999999999"]
)
def test_a_report_of_nonsense_is_empty(cast: Cast, as_: As, query: str) -> None:
    page = as_(cast.moderator).visit(f"/moderation/bulk?{query}")
    assert page.status == 200
    assert "0 texts decided" in page.main


def test_fifty_at_once(site: Site, cast: Cast, as_: As, boxes: Callable[[int], list[str]]) -> None:
    chosen = boxes(50)
    page = report(as_(cast.moderator), chosen, outcome="approve")
    assert "50 texts decided" in page.main
    assert dict(site.rows(STATES)) == {"live": 50}
    assert site.rows("SELECT waiting FROM backlog WHERE waiting <> 0") == []
