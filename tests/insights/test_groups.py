"""Nothing is said of fewer than five people, and nothing that is said leads to them by subtraction."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.contributions.models import Kind
from community.insights.models import FEWEST
from community.insights.processing.groups import Shown, counted, shown
from community.insights.processing.rising import RISEN, rising
from community.insights.queries import Group, Used
from community.insights.queries.counting import Value
from tests.cast import Cast
from tests.factories.contributions import Factory, wording
from tests.helpers.clock import StillClock
from tests.helpers.site import Site

WHO = st.dictionaries(
    st.sampled_from("ABCDEFGH"), st.lists(st.integers(1, 12), min_size=1, max_size=20), max_size=8
)


def groups(told: dict[str, list[int]]) -> list[Group]:
    """Who told what: a number a text."""
    return [
        Group(key, len(people), len(set(people)), min(people), max(people)) for key, people in told.items()
    ]


@given(WHO)
def test_no_number_stands_for_fewer_than_five_people(told: dict[str, list[int]]) -> None:
    seen = shown(groups(told))
    left = {person for key, people in told.items() if key not in seen.groups for person in people}
    for key, texts in seen.groups.items():
        assert texts == len(told[key])  # type: ignore[index]
        assert len(set(told[key])) >= FEWEST  # type: ignore[index]
    assert not left or len(left) >= FEWEST or seen.others is None
    # Whoever knows how many there are in all knows what the others are.
    assert seen.total in (None, sum(map(len, told.values())))
    if seen.groups:
        assert not left or len(left) >= FEWEST


@given(WHO)
def test_what_is_hidden_without_need_is_at_most_one_group(told: dict[str, list[int]]) -> None:
    large = {key for key, people in told.items() if len(set(people)) >= FEWEST}
    assert len(large - set(shown(groups(told)).groups)) <= 1


@pytest.fixture
def tellers(site: Site, cast: Cast, make: Factory) -> Site:
    """Six from Vietnam and six from Ghana tell of journeys, two from Togo of their families, one from Ghana too."""
    for country, topic, people in (("VN", 2, 6), ("GH", 2, 6), ("TG", 3, 2), ("GH", 3, 1)):
        for place in range(people):
            person = cast.join(f"Teller {country} {topic} {place}", country, "en")
            make.live_story(person, wording(topic_id=topic))
    return site


def test_small_groups_take_the_next_larger_one_along_and_what_is_hidden_cannot_be_chosen(
    tellers: Site,
) -> None:
    with tellers.reading():
        found = counted(Kind.STORY, {})
    assert found.total == 15
    assert dict(found.tables["country"].groups) == {"GH": 7}
    assert found.tables["country"].others == 8
    assert dict(found.tables["topic_id"].groups) == {}
    assert found.tables["topic_id"].others == 15
    with tellers.reading():
        hidden: tuple[dict[str, Value], ...] = (
            {"country": "VN"},
            {"country": "TG"},
            {"topic_id": 2},
            {"country": "GH", "topic_id": 2},
        )
        for chosen in hidden:
            assert counted(Kind.STORY, chosen).total is None
        found = counted(Kind.STORY, {"country": "GH"})
        assert found.total == 7
        assert "topic_id" in found.tables
        assert found.tables["topic_id"].groups == {}


def test_of_a_period_only_months_with_people_enough_count(
    tellers: Site, cast: Cast, make: Factory, clock: StillClock
) -> None:
    make.live_story(cast.member)
    ((now,), (then,)) = tellers.rows("SELECT month FROM insight GROUP BY month ORDER BY count(*) DESC")
    with tellers.reading():
        found = counted(Kind.STORY, {})
        assert (found.total, found.tables["month"]) == (16, Shown({}, 16))
        assert counted(Kind.STORY, {}, (then, then)).total is None
    for place in range(5):
        make.live_story(cast.join(f"Late {place}", "ZA", "en"))
    with tellers.reading():
        assert counted(Kind.STORY, {}).total == 21
        period = counted(Kind.STORY, {}, (min(then, now), max(then, now)))
        assert period.total == 21
        assert dict(period.tables["month"].groups) == {now: 15, then: 6}


def test_words_rise_against_what_was_usual() -> None:
    every = Used("", "", before=400, lately=100)
    found = [
        Used("monsoon", "monsoon", before=8, lately=20),
        Used("road", "road", before=200, lately=50),
        Used("car", "car", before=380, lately=99),
        Used("new", "new", before=0, lately=5),
    ]
    risen = rising(every, found)
    assert [word.word for word in risen] == ["monsoon", "new"]
    assert (risen[0].share, risen[0].usual) == (20, 2)
    assert rising(Used("", "", before=0, lately=100), found) == []
    assert RISEN > 0
