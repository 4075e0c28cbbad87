import pytest

from community.contributions.models import MOVES, State, is_lawful
from tests.factories.contributions import Factory, contribution
from tests.helpers.site import Site

LAWFUL = {
    "draft": "waiting live withdrawn erased",
    "waiting": "waiting live draft refused withdrawn erased",
    "live": "live hidden waiting withdrawn erased",
    "refused": "live waiting withdrawn erased",
    "hidden": "live withdrawn erased",
    "withdrawn": "erased",
    "erased": "",
}


@pytest.mark.parametrize("old", State)
@pytest.mark.parametrize("new", State)
def test_the_table_of_moves(old: State, new: State) -> None:
    assert is_lawful(old, new) is (new.value in LAWFUL[old.value].split())


def test_every_state_is_in_the_table() -> None:
    assert set(MOVES) == set(State)


@pytest.mark.parametrize(
    ("made", "state"),
    [
        ("draft_story", State.DRAFT),
        ("waiting_story", State.WAITING),
        ("live_story", State.LIVE),
        ("hidden_story", State.HIDDEN),
        ("refused_story", State.REFUSED),
        ("returned_story", State.DRAFT),
        ("withdrawn_story", State.WITHDRAWN),
    ],
)
def test_each_state_can_be_reached(db: Site, make: Factory, made: str, state: State) -> None:
    number = getattr(make, made)()
    with db.reading():
        assert contribution(number).state is state
