import pytest

from community.comments import actions, queries
from community.comments.models import DEEPEST, LONGEST_COMMENT, STEP_WIDTH
from community.contributions import actions as contributions
from community.contributions.actions import Wording
from community.contributions.models import RevisionState, State
from community.contributions.queries import is_trusted
from community.kit.errors import Invalid, NotFound
from community.moderation import actions as moderation
from community.moderation import queries as desk
from community.moderation.models import Outcome
from tests.cast import Cast, Person
from tests.factories.contributions import Factory, comment, contribution, decision, form_id
from tests.helpers.clock import StillClock
from tests.helpers.site import Site

COUNT = "SELECT comment_count FROM contribution WHERE id = :number"


def test_a_path_leads_from_the_first_comment_down(db: Site, make: Factory) -> None:
    story = make.live_story()
    first = make.comment(story)
    second = make.comment(story, parent=first)
    third = make.comment(story, parent=second)
    beside = make.comment(story, parent=first)
    with db.reading():
        paths = {number: comment(number).path for number in (first, second, third, beside)}
        assert paths[second].startswith(paths[first])
        assert paths[third].startswith(paths[second])
        assert not paths[beside].startswith(paths[second])
        assert [comment(n).depth for n in (first, second, third, beside)] == [0, 1, 2, 1]
        assert all(len(path) % STEP_WIDTH == 0 for path in paths.values())
        ids = [line.id for line in queries.thread(story, viewer_id=None).rows]
        assert ids == [first, second, third, beside]


def test_answers_deeper_than_the_deepest_stand_beside_what_they_answer(db: Site, make: Factory) -> None:
    story = make.live_story()
    parent: int | None = None
    for _ in range(DEEPEST + 3):
        parent = make.comment(story, parent=parent)
    with db.reading():
        assert parent is not None
        last = comment(parent)
        assert last.depth == DEEPEST - 1
        assert last.parent_id is not None
        assert comment(last.parent_id).depth == DEEPEST - 1


def test_steps_order_as_numbers_do() -> None:
    numbers = [0, 1, 31, 32, 33, 1023, 1024, 10**6, 32**8 - 1]
    steps = [actions.step(number) for number in numbers]
    assert steps == sorted(steps)
    assert len(set(steps)) == len(numbers)
    assert {len(step) for step in steps} == {STEP_WIDTH}


def test_the_same_form_is_the_same_comment(db: Site, cast: Cast, make: Factory) -> None:
    story, form = make.live_story(), form_id()
    make.trusted(cast.member)
    made = set()
    for _ in range(3):
        with db.writing():
            made.add(
                actions.answer(
                    contribution(story),
                    Wording("", "Same here.", "en"),
                    form_id=form,
                    parent_id=None,
                    by=cast.member.account(),
                ).id
            )
    assert len(made) == 1
    assert db.value(COUNT, number=story) == 1


@pytest.mark.parametrize("body", ["", " \n\t", "\u200b\u3164", "x" * (LONGEST_COMMENT + 1)])
def test_nothing_or_too_much_is_no_comment(db: Site, make: Factory, body: str) -> None:
    story = make.live_story()
    with pytest.raises(Invalid):
        make.comment(story, body=body)


def test_a_parent_is_public_and_of_the_same_thread(db: Site, make: Factory) -> None:
    story, other = make.live_story(), make.live_story()
    elsewhere = make.comment(other)
    waiting = make.comment(story, is_trusted=False)
    for parent in (elsewhere, waiting, story, 10**9):
        with pytest.raises(NotFound):
            make.comment(story, parent=parent)
    assert db.value(COUNT, number=story) == 0


def test_comments_of_new_members_wait(db: Site, make: Factory) -> None:
    story = make.live_story()
    number = make.comment(story, is_trusted=False)
    assert db.value(COUNT, number=story) == 0
    make.decide(number)
    assert db.value(COUNT, number=story) == 1


@pytest.mark.parametrize("gone", ["hide", "withdraw"])
def test_the_count_is_of_what_is_public(db: Site, cast: Cast, make: Factory, gone: str) -> None:
    story = make.live_story()
    number, _other = make.comment(story), make.comment(story, parent=make.comment(story))
    assert db.value(COUNT, number=story) == 3
    if gone == "hide":
        make.decide(number, Outcome.HIDE, on=RevisionState.LIVE)
    else:
        with db.writing():
            contributions.withdraw(contribution(number), by=cast.member.account())
    assert db.value(COUNT, number=story) == 2
    if gone == "hide":
        make.decide(number, Outcome.RESTORE, on=RevisionState.LIVE)
        assert db.value(COUNT, number=story) == 3


def test_an_edit_waits_and_counts_nothing_twice(db: Site, cast: Cast, make: Factory) -> None:
    story = make.live_story()
    number = make.comment(story)
    with db.writing():
        actions.edit(comment(number), Wording("", "Second thought.", "en"), by=cast.member.account())
    with db.reading():
        thing = comment(number)
        assert thing.live_revision is not None
        assert (thing.state, thing.live_revision.body) == (State.LIVE, "I know this road.")
    make.decide(number)
    assert db.value(COUNT, number=story) == 1
    with db.reading():
        edited = comment(number).live_revision
        assert edited is not None
        assert edited.body == "Second thought."


def test_an_edit_of_a_trusted_member_is_live_at_once(db: Site, cast: Cast, make: Factory) -> None:
    story = make.live_story()
    number = make.comment(story, make.trusted(cast.member))
    with db.writing():
        actions.edit(comment(number), Wording("", "Second thought.", "en"), by=cast.member.account())
    with db.reading():
        edited = comment(number).live_revision
        assert edited is not None
        assert edited.body == "Second thought."


def trusts(db: Site, person: Person) -> bool:
    with db.reading():
        return is_trusted(person.id)


def test_trust_begins_with_the_fifth_approved_contribution(db: Site, cast: Cast, make: Factory) -> None:
    for _ in range(4):
        make.live_story()
    make.waiting_story()
    assert not trusts(db, cast.lan)
    make.live_story()
    assert trusts(db, cast.lan)
    assert not trusts(db, cast.member)


@pytest.mark.parametrize("outcome", [Outcome.REFUSE, Outcome.HIDE])
def test_a_restriction_suspends_trust_for_ninety_days(
    db: Site, cast: Cast, make: Factory, clock: StillClock, outcome: Outcome
) -> None:
    for _ in range(6):
        make.live_story()
    if outcome is Outcome.REFUSE:
        make.refused_story()
    else:
        make.decide(make.live_story(), Outcome.HIDE, on=RevisionState.LIVE)
    assert not trusts(db, cast.lan)
    clock.advance(days=90)
    assert not trusts(db, cast.lan)
    clock.advance(seconds=1)
    assert trusts(db, cast.lan)


def test_a_friendly_return_costs_no_trust(db: Site, cast: Cast, make: Factory) -> None:
    for _ in range(5):
        make.live_story()
    make.returned_story()
    assert trusts(db, cast.lan)


@pytest.mark.parametrize("outcome", [Outcome.REFUSE, Outcome.HIDE])
def test_a_restriction_that_was_taken_back_costs_no_trust(
    db: Site, cast: Cast, make: Factory, outcome: Outcome
) -> None:
    numbers = [make.live_story() for _ in range(6)]
    if outcome is Outcome.REFUSE:
        made = make.decide(make.waiting_story(), Outcome.REFUSE)
    else:
        made = make.decide(numbers[0], Outcome.HIDE, on=RevisionState.LIVE)
    assert not trusts(db, cast.lan)
    with db.writing():
        taken_back = decision(made)
        thing, text = contribution(taken_back.contribution_id), desk.revision(taken_back.revision_id)
        assert text is not None
        moderation.undo(taken_back, thing, text, by=cast.moderator.account())
    assert trusts(db, cast.lan)
