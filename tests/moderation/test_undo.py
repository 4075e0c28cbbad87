"""Undo: for ten seconds whoever decided may take it back, and everything is as it was."""

from collections.abc import Callable
from typing import Any

import pytest

from community.app import metadata
from community.contributions.models import RevisionState
from community.moderation.actions import reports
from community.moderation.models import Outcome, Rank, Reason
from tests.cast import Cast
from tests.conftest import As
from tests.factories.contributions import BODY, Factory, contribution, revision, wording
from tests.helpers.browser import Browser, Page
from tests.helpers.clock import StillClock
from tests.helpers.site import Site
from tests.moderation.desking import look_at, waiting_revision

OUTCOMES = [one for one in Outcome if one is not Outcome.UNDO]
TABLES = ("contribution", "revision", "review", "report", "backlog", "tally", "comment")
# What moves on with every move, and what deciding lets go.
MOVING = {"version", "changed_at", "claimed_by_id", "claimed_until"}
Rows = dict[str, list[dict[str, Any]]]
LIVE = RevisionState.LIVE


def everything(site: Site) -> Rows:
    """Every row of what a decision touches, but for MOVING."""
    found: Rows = {}
    for table in TABLES:
        columns = [column.name for column in metadata().tables[table].columns if column.name not in MOVING]
        rows = site.rows(f"SELECT {', '.join(columns)} FROM {table} ORDER BY {', '.join(columns[:2])}")
        found[table] = [dict(zip(columns, row, strict=True)) for row in rows]
    # A tally of none and no tally are the same.
    found["tally"] = [row for row in found["tally"] if row["stories"]]
    found["backlog"] = [row for row in found["backlog"] if row["waiting"]]
    return found


def report(site: Site, cast: Cast, number: int) -> None:
    with site.writing():
        notice = reports.Notice(
            reason=Reason.OTHER,
            explanation="It is about bicycles.",
            seen=None,
            language="en",
            form_id=f"a-form-of-{number}",
            origin="0" * 64,
        )
        reports.report(contribution(number), notice, by=cast.member.account())


@pytest.fixture
def ready(
    site: Site, cast: Cast, make: Factory, clock: StillClock
) -> Callable[[Outcome], tuple[int, RevisionState]]:
    """Something on which an outcome is lawful; it was sent, reported and escalated at different moments."""

    def made(outcome: Outcome) -> tuple[int, RevisionState]:
        if outcome in (Outcome.APPROVE, Outcome.RETURN, Outcome.REFUSE):
            number = make.waiting_story()
            clock.advance(hours=3, seconds=0.25)
            site.execute(
                "UPDATE review SET escalated_at = opened_at, escalation = 'Look.', translation_wanted_at = opened_at"
            )
            return number, RevisionState.WAITING
        if outcome is Outcome.RESTORE:
            return make.hidden_story(), LIVE
        number = make.live_story()
        clock.advance(hours=1, seconds=0.25)
        if outcome is Outcome.UNLOCK:
            make.decide(number, Outcome.LOCK, on=LIVE)
        else:
            report(site, cast, number)
        clock.advance(minutes=7)
        return number, LIVE

    return made


def undo(browser: Browser, decision: int) -> Page:
    return browser.post(f"/moderation/decisions/{decision}/undo")


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_everything_is_as_it_was(
    site: Site, cast: Cast, make: Factory, as_: As, clock: StillClock, ready: Any, outcome: Outcome
) -> None:
    number, state = ready(outcome)
    before = everything(site)
    decision = make.decide(number, outcome, on=state)
    assert everything(site) != before
    clock.advance(seconds=9)
    answer = undo(as_(cast.moderator), decision)
    assert answer.status == 302
    assert everything(site) == before


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_the_log_keeps_both_lines_and_nobody_is_told(
    site: Site, cast: Cast, make: Factory, as_: As, clock: StillClock, ready: Any, outcome: Outcome
) -> None:
    number, state = ready(outcome)
    site.work()
    letters = len(site.letters())
    decision = make.decide(number, outcome, on=state)
    undo(as_(cast.moderator), decision)
    clock.advance(minutes=1)
    site.work()
    assert len(site.letters()) == letters
    rows = site.rows("SELECT id, outcome, undoes_id, log_number FROM decision ORDER BY id DESC LIMIT 2")
    (undone, first) = rows
    assert (first[1], undone[1], undone[2]) == (outcome.value, "undo", decision)
    lines = dict(site.rows("SELECT number, of_number FROM log_entry"))
    assert lines[undone[3]] == first[3]


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_it_can_be_decided_again_in_the_same_way(
    site: Site, cast: Cast, make: Factory, as_: As, ready: Any, outcome: Outcome
) -> None:
    number, state = ready(outcome)
    undo(as_(cast.moderator), make.decide(number, outcome, on=state))
    make.decide(number, outcome, on=state)
    assert site.value("SELECT count(*) FROM decision WHERE outcome = :o", o=outcome.value) >= 2


@pytest.mark.parametrize("seconds", [10, 11, 3600])
def test_after_ten_seconds_it_is_too_late(
    site: Site, cast: Cast, make: Factory, as_: As, clock: StillClock, seconds: int
) -> None:
    decision = make.decide(make.waiting_story())
    clock.advance(seconds=seconds)
    answer = undo(as_(cast.moderator), decision)
    assert answer.status == 409
    assert "It is too late to undo this" in answer.main
    assert site.value("SELECT state FROM contribution") == "live"


@pytest.mark.parametrize("who", ["other_moderator", "admin"])
def test_nobody_undoes_what_another_decided(site: Site, cast: Cast, make: Factory, as_: As, who: str) -> None:
    browser, decision = as_(getattr(cast, who)), make.decide(make.waiting_story())
    assert undo(browser, decision).status == 404
    assert site.value("SELECT count(*) FROM decision") == 1


def test_it_is_undone_once(site: Site, cast: Cast, make: Factory, as_: As) -> None:
    browser, decision = as_(cast.moderator), make.decide(make.waiting_story())
    assert [undo(browser, decision).status for _ in range(3)] == [302, 409, 409]
    undone = site.value("SELECT id FROM decision WHERE outcome = 'undo'")
    assert undo(browser, undone).status == 404


def test_an_author_who_types_in_the_returned_draft_keeps_it(
    site: Site, cast: Cast, make: Factory, as_: As
) -> None:
    number = make.waiting_story()
    decision = make.decide(number, Outcome.RETURN)
    as_(cast.lan).visit(f"/stories/{number}/edit").submit(
        "button[value=save]", body="Typed at once, by its author."
    )
    assert undo(as_(cast.moderator), decision).status == 409
    with site.reading():
        assert revision(number, RevisionState.DRAFT).body == "Typed at once, by its author."
    assert site.value("SELECT count(*) FROM decision") == 1


def test_an_author_who_sent_something_newer_is_not_overruled(
    site: Site, cast: Cast, make: Factory, as_: As
) -> None:
    number = make.waiting_story()
    decision = make.decide(number)
    make.edit_waiting(number, wording(body="A newer text, sent within seven seconds."))
    assert undo(as_(cast.moderator), decision).status == 409
    assert site.value("SELECT state FROM contribution") == "live"


def test_what_was_live_before_an_approved_edit_is_live_again(
    site: Site, cast: Cast, make: Factory, as_: As, clock: StillClock
) -> None:
    number = make.live_story()
    clock.advance(days=1)
    make.edit_waiting(number, wording(body="An edit that nobody should have approved."))
    before = everything(site)
    undo(as_(cast.moderator), make.decide(number))
    assert everything(site) == before
    assert BODY.split(" in ")[0] in as_(None).visit(f"/stories/{number}").main


def test_hiding_undone_gives_the_waiting_change_its_place_back(
    site: Site, cast: Cast, make: Factory, as_: As, clock: StillClock
) -> None:
    number = make.live_story()
    clock.advance(hours=1)
    make.edit_waiting(number, wording(body="A change that waits its turn."))
    clock.advance(hours=1)
    before = everything(site)
    undo(as_(cast.moderator), make.decide(number, Outcome.HIDE, on=LIVE))
    assert everything(site) == before


def test_a_look_afterwards_is_still_to_be_done(site: Site, cast: Cast, make: Factory, as_: As) -> None:
    number = make.live_story()
    look_at(site, number, Rank.AFTERWARDS)
    before = everything(site)
    undo(as_(cast.moderator), make.decide(number, Outcome.KEEP, on=LIVE))
    assert everything(site) == before


def test_the_page_that_follows_offers_it_without_javascript(
    site: Site, cast: Cast, make: Factory, as_: As, clock: StillClock
) -> None:
    number, browser = make.waiting_story(), as_(cast.moderator)
    path = f"/moderation/reviews/{waiting_revision(site, number)}"
    done = browser.visit(path).submit(".decision", outcome="approve")
    assert "Approved." in done.main
    assert "10 s" in done.main
    back = done.submit(".undo form")
    assert back.path == path
    assert "Undone. Everything is as it was" in back.text
    assert site.value("SELECT state FROM contribution") == "waiting"


def test_it_is_offered_for_ten_seconds_and_to_nobody_else(
    site: Site, cast: Cast, make: Factory, as_: As, clock: StillClock
) -> None:
    decision = make.decide(make.waiting_story())
    path = f"/moderation?decided={decision}"
    assert as_(cast.moderator).visit(path).has(".undo")
    assert not as_(cast.other_moderator).visit(path).has(".undo")
    clock.advance(seconds=9.5)
    assert "1 s" in as_(cast.moderator).visit(path).main
    clock.advance(seconds=0.5)
    assert not as_(cast.moderator).visit(path).has(".undo")


@pytest.mark.parametrize("decided", ["0", "x", "-1", "9" * 40, "1,2", ""])
def test_an_address_that_names_no_decision_offers_nothing(cast: Cast, as_: As, decided: str) -> None:
    page = as_(cast.moderator).visit(f"/moderation?decided={decided}")
    assert page.status == 200
    assert not page.has(".undo")
