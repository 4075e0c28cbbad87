"""What stays of a thread when comments go: `arrange` alone, without a database."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.comments.processing import Shown, arrange
from community.comments.queries import SHOWN_DEPTH, Line
from community.contributions.models import State

MOMENT = datetime(2026, 3, 2, tzinfo=UTC)
GONE = (State.HIDDEN, State.WITHDRAWN, State.ERASED, State.REFUSED)


def line(number: int, depth: int, state: State = State.LIVE) -> Line:
    return Line(
        number,
        None,
        depth,
        "",
        state,
        1,
        "lan",
        "Lan",
        "VN",
        "vi",
        "<p>…</p>",
        MOMENT,
        MOMENT,
        None,
        0,
        number,
    )


def thread(*depths_and_states: tuple[int, State] | int) -> list[Line]:
    pairs = [(d, State.LIVE) if isinstance(d, int) else d for d in depths_and_states]
    return [line(number, depth, state) for number, (depth, state) in enumerate(pairs)]


def numbers(shown: list[Shown]) -> list[int]:
    return [one.line.id for one in shown]


@pytest.mark.parametrize("gone", GONE)
def test_what_is_gone_without_answers_leaves_nothing(gone: State) -> None:
    assert numbers(arrange(thread(0, (1, gone), 0))) == [0, 2]


@pytest.mark.parametrize("gone", GONE)
def test_what_is_gone_with_answers_leaves_a_placeholder(gone: State) -> None:
    shown = arrange(thread((0, gone), 1, 0))
    assert [one.is_gone for one in shown] == [True, False, False]


def test_a_branch_of_which_nothing_is_left_leaves_nothing() -> None:
    gone = State.WITHDRAWN
    assert numbers(arrange(thread((0, gone), (1, gone), (2, gone), 0))) == [3]
    assert numbers(arrange(thread((0, gone), (1, gone), (2, State.LIVE)))) == [0, 1, 2]


def test_answers_to_a_sibling_keep_no_placeholder() -> None:
    assert numbers(arrange(thread((0, State.WITHDRAWN), 0, 1))) == [1, 2]


def test_a_thread_too_deep_goes_on_elsewhere() -> None:
    shown = arrange(thread(0, 1, 2, 3, 4))
    assert [one.level for one in shown] == [0, 1, 2, 3]
    assert [one.continues for one in shown] == [False, False, False, True]


def test_a_deep_answer_that_is_gone_continues_nothing() -> None:
    shown = arrange(thread(0, 1, 2, 3, (4, State.HIDDEN)))
    assert [one.continues for one in shown] == [False] * 4


def test_levels_count_from_the_page_of_the_thread() -> None:
    shown = arrange(thread(3, 4, 5), base_depth=3)
    assert [one.level for one in shown] == [0, 1, 2]


def test_own_waiting_comments_are_marked_and_not_answered() -> None:
    (shown,) = arrange(thread((0, State.WAITING)))
    assert (shown.is_waiting, shown.may_be_answered) == (True, False)


def test_a_page_that_ends_inside_a_thread_keeps_its_placeholder() -> None:
    """Whether answers follow on the next page is not known here; a word too many is better than a lost thread."""
    assert numbers(arrange(thread(0, (1, State.WITHDRAWN)), is_last_page=False)) == [0, 1]


@given(st.lists(st.tuples(st.integers(0, 8), st.sampled_from(State)), max_size=12))
def test_every_public_comment_within_the_depth_is_shown_once_and_in_order(
    pairs: list[tuple[int, State]],
) -> None:
    lines = thread(*pairs)
    shown = numbers(arrange(lines))
    assert shown == sorted(set(shown))
    expected = {one.id for one in lines if one.state is State.LIVE and one.depth < SHOWN_DEPTH}
    assert expected <= set(shown)
    for one in arrange(lines):
        if one.is_gone:
            below = lines[one.line.id + 1 :]
            assert below
            assert below[0].depth > one.line.depth
