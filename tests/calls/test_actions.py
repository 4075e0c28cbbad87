"""Calls: who may answer, when it is too late, which stories count, and who is faster of two curators."""

from dataclasses import replace
from random import Random

import pytest

from community.calls import actions, queries
from community.contributions import actions as contributions
from community.contributions.models import RevisionState, State
from community.kit.errors import Conflict, Invalid
from community.moderation.models import Outcome
from community.stories import actions as stories
from tests.cast import Cast
from tests.factories.calls import QUESTIONS, SAID, Calls, answering, call, call_draft
from tests.factories.contributions import Factory, contribution, form_id, revision, story, wording
from tests.helpers.clock import StillClock
from tests.helpers.site import Site

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def calls(site: Site, make: Factory) -> Calls:
    return Calls(site, make)


def counted(site: Site, number: int) -> tuple[int, int]:
    """As it says, and as the stories say that are live and answer it."""
    rows = site.value(
        "SELECT count(*) FROM contribution c JOIN revision r ON r.id = c.live_revision_id"
        " WHERE c.state = 'live' AND c.kind = 'story' AND r.call_id = :call",
        call=number,
    )
    return site.value("SELECT story_count FROM call WHERE id = :call", call=number), rows


def test_what_is_live_and_answers_counts(site: Site, cast: Cast, make: Factory, calls: Calls) -> None:
    number = calls.opened()
    told = calls.waiting(number, cast.lan)
    assert counted(site, number) == (0, 0)
    make.decide(told)
    assert counted(site, number) == (1, 1)
    make.decide(told, Outcome.HIDE, on=RevisionState.LIVE)
    assert counted(site, number) == (0, 0)
    make.decide(told, Outcome.RESTORE, on=RevisionState.LIVE)
    make.edit_waiting(told, answering(None, wording("Without it")))
    assert counted(site, number) == (1, 1)
    make.decide(told)
    assert counted(site, number) == (0, 0)


@pytest.mark.parametrize("seed", range(3))
def test_the_count_is_the_rows_after_any_moves(
    site: Site, cast: Cast, make: Factory, calls: Calls, seed: int
) -> None:
    chance = Random(seed)
    steps = chance.choices(("hide", "restore", "leave", "other", "back", "withdraw"), (4, 6, 2, 3, 3, 1), k=9)
    number, other = calls.opened(), calls.opened()
    told = calls.live(
        number, cast.lan, wording(f"A road {form_id()}", f"A road told anew, {form_id()}, by hand.")
    )
    for step in steps:
        with site.reading():
            state = contribution(told).state
        if step == "hide" and state is State.LIVE:
            make.decide(told, Outcome.HIDE, on=RevisionState.LIVE)
        elif step == "restore" and state is State.HIDDEN:
            make.decide(told, Outcome.RESTORE, on=RevisionState.LIVE)
        elif step in ("leave", "other", "back") and state is State.LIVE:
            text = wording(f"Edited {form_id()}", f"Told in other words, {form_id()}, once more.")
            with site.writing():
                chosen = answering({"other": other, "back": number}.get(step), text)
                stories.submit(story(told), chosen, sequence=None, by=cast.lan.account(), accepts=True)
            make.decide(told)
        elif step == "withdraw" and state in (State.LIVE, State.HIDDEN):
            with site.writing():
                contributions.withdraw(contribution(told), by=cast.lan.account())
        for one in (number, other):
            said, rows = counted(site, one)
            assert said == rows


def test_the_last_second_is_in_time_and_the_next_is_not(
    site: Site, cast: Cast, calls: Calls, clock: StillClock
) -> None:
    number = calls.opened(call_draft(last=0))
    clock.moment = clock.moment.replace(hour=23, minute=59, second=59)
    in_time = calls.waiting(number, cast.lan)
    clock.advance(seconds=1)
    late = calls.waiting(
        number, cast.member, wording("Another road", "Another road, told a second too late.")
    )
    with site.reading():
        assert contribution(in_time).state is State.WAITING
        assert contribution(late).state is State.DRAFT
        assert revision(late, RevisionState.DRAFT).call_id == number
        assert (queries.was_answered(in_time, number), queries.was_answered(late, number)) == (True, False)


def test_what_was_sent_in_time_may_be_changed_after_the_end(
    site: Site, cast: Cast, make: Factory, calls: Calls, clock: StillClock
) -> None:
    number = calls.opened(call_draft(last=0))
    told = calls.live(number, cast.lan)
    clock.advance(days=2)
    make.edit_waiting(told, answering(number, wording("A better title")))
    make.decide(told)
    assert counted(site, number) == (1, 1)


@pytest.mark.parametrize(
    ("said", "answers", "accepts"),
    [
        ({"countries": ("BR",)}, ("a", "b"), True),
        ({"languages": ("pt",)}, ("a", "b"), True),
        ({}, ("a",), True),
        ({}, ("a", "b"), False),
        ({"first": 2}, ("a", "b"), True),
    ],
)
def test_a_call_takes_what_it_asked_for(
    site: Site, cast: Cast, calls: Calls, said: dict[str, object], answers: tuple[str, ...], accepts: bool
) -> None:
    number = calls.opened(call_draft(**said))  # type: ignore[arg-type]
    text = answering(number, answers=answers)
    with site.writing(), pytest.raises(Invalid) as refused:
        stories.submit_new(form_id(), text, sequence=1, by=cast.lan.account(), accepts=accepts)
    assert set(refused.value.errors) == {"call"}


def test_of_two_curators_the_slower_changes_nothing(site: Site, calls: Calls) -> None:
    number = calls.opened()
    with site.writing():
        actions.save(call(number), call_draft(replace(SAID, title="First")), on=2)
    with site.writing(), pytest.raises(Conflict):
        actions.save(call(number), call_draft(replace(SAID, title="Second")), on=2)
    with site.reading():
        assert call(number).words("en").title == "First"


def test_an_open_call_keeps_its_number_of_questions(site: Site, calls: Calls) -> None:
    number = calls.opened()
    with site.writing(), pytest.raises(Invalid):
        actions.save(call(number), call_draft(replace(SAID, questions=QUESTIONS[:1])), on=2)
    with site.writing():
        actions.save(
            call(number), call_draft(replace(SAID, questions=("Which?", "Who?"), terms="New.")), on=2
        )
    with site.reading():
        assert call(number).questions("vi") == [("Which?", "en"), ("Who?", "en")]
        assert call(number).terms_version == 2


def test_the_same_form_makes_one_call(site: Site, calls: Calls) -> None:
    number = form_id()
    made = set()
    for _ in range(2):
        with site.writing():
            made.add(actions.begin(number, call_draft(), by=calls.curator.account()).id)
    assert len(made) == 1


def test_what_is_sent_and_what_is_taken_back_exclude_each_other(
    site: Site, cast: Cast, make: Factory, calls: Calls
) -> None:
    number, told = calls.opened(), make.live_story(cast.lan)
    with site.writing():
        actions.take_back(call(number), on=call(number).version)
    with pytest.raises(Conflict), site.writing():
        actions.accept(told, number)
    with site.writing():
        actions.open_call(call(number), on=call(number).version)
        actions.accept(told, number)
    with pytest.raises(Conflict), site.writing():
        actions.take_back(call(number), on=call(number).version)
    with site.writing():
        actions.end_early(call(number), "The book is full.", on=call(number).version)
        actions.accept(told, number)
    late = make.live_story(cast.member)
    with pytest.raises(Conflict), site.writing():
        actions.accept(late, number)
    with pytest.raises(Conflict), site.writing():
        actions.end_early(call(number), "Again.", on=call(number).version)
    assert site.value("SELECT count(*) FROM call_answer") == 1
