"""Nothing is said of fewer than five people, and nothing that is said leads to them by subtraction."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.contributions.models import Kind
from community.insights.models import FEWEST
from community.insights.processing.groups import Shown, counted, shown
from community.insights.processing.packing import packed, unpacked
from community.insights.processing.rising import Span, Tallies, Tally, rising, take
from community.insights.queries import Group, Said
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
    assert dict(found.tables["model_id"].groups) == {None: 15}
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


def span(texts: int, **uses: int) -> Span:
    """Texts, and how many of them use each of TERMS, each by another person."""
    counted = Counter({TERMS.index(word): number for word, number in uses.items()})
    return Span(texts, counted, counted)


TERMS = ["monsoon", "road", "car", "new", "rare"]


def test_words_rise_against_what_was_usual_in_their_language() -> None:
    before = span(400, monsoon=8, road=200, car=380)
    lately = span(103, monsoon=22, road=50, car=99, new=9, rare=4)
    risen = rising({"en": Tally(before, lately), "vi": Tally(Span(), span(50, monsoon=40))})
    assert [(TERMS[one.term], *one[1:]) for one in risen] == [
        ("monsoon", "en", 20, 20.0, 1.25),
        ("new", "en", 5, 5.0, None),
    ]


def test_a_person_counts_once_whatever_they_write_and_in_each_language_by_itself() -> None:
    tallies: Tallies = {}
    written = (("en", 9, {1, 2}), ("en", 9, {2}), ("vi", 9, {7}), ("en", 3, {1}))
    texts = [
        (Said(4, language, month, "VN", None, None, None, b""), tuple(terms))
        for language, month, terms in written
    ]
    take(tallies, 9, texts)
    assert tallies["en"].lately == Span(2, Counter({1: 1, 2: 2}), Counter({1: 1, 2: 1}))
    assert tallies["en"].before == Span(1, Counter({1: 1}), Counter({1: 1}))
    assert tallies["vi"].lately.texts == 1


@given(st.sets(st.integers(0, 2**32 - 1)))
def test_terms_come_out_as_they_were_packed(numbers: set[int]) -> None:
    assert set(unpacked(packed(numbers))) == numbers
