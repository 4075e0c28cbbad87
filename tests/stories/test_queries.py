from collections.abc import Callable
from datetime import timedelta

import pytest

from community.kit import paging
from community.kit.errors import NotFound
from community.stories import queries
from community.stories.queries import Filter, Sort
from tests.cast import Cast
from tests.factories.contributions import Factory, wording
from tests.helpers.clock import BEGINNING
from tests.helpers.site import Site

Fill = Callable[[list[int]], list[int]]


@pytest.fixture
def with_keys(db: Site, make: Factory) -> Fill:
    """Live stories whose sort keys are given, the same for each way to sort."""

    def fill(keys: list[int]) -> list[int]:
        numbers = [make.live_story() for _ in keys]
        for number, key in zip(numbers, keys, strict=True):
            with db.writing():
                db_story = queries.story(number)
                assert db_story is not None
                db_story.reaction_count = db_story.comment_count = key
                db_story.published_at = BEGINNING + timedelta(days=key)
        return numbers

    return fill


def walk(db: Site, chosen: Filter, limit: int) -> list[int]:
    found: list[int] = []
    after: str | None = None
    with db.reading():
        for _ in range(50):
            page = queries.cards(chosen, after=after, limit=limit)
            found += [card.id for card in page.rows]
            if page.next is None:
                return found
            after = page.next
    raise AssertionError("pages without end")


@pytest.mark.parametrize("sort", Sort)
def test_no_story_is_lost_or_doubled_among_equal_keys(db: Site, with_keys: Fill, sort: Sort) -> None:
    keys = [0, 2, 1, 1, 1, 0, 2, 1]
    numbers = with_keys(keys)
    expected = [n for _, n in sorted(zip(keys, numbers, strict=True), reverse=True)]
    for limit in range(1, len(keys) + 2):
        assert walk(db, Filter(sort=sort), limit) == expected


@pytest.mark.parametrize("sort", Sort)
def test_a_story_that_comes_between_two_pages_doubles_nothing(
    db: Site, make: Factory, with_keys: Fill, sort: Sort
) -> None:
    numbers = with_keys([3, 2, 1, 0])
    with db.reading():
        first = queries.cards(Filter(sort=sort), limit=2)
    make.live_story()
    with db.reading():
        second = queries.cards(Filter(sort=sort), after=first.next, limit=50)
    seen = [card.id for card in [*first.rows, *second.rows]]
    assert len(seen) == len(set(seen))
    assert set(numbers) <= set(seen)


@pytest.mark.parametrize("sort", Sort)
def test_filters_narrow_every_sort(db: Site, cast: Cast, make: Factory, sort: Sort) -> None:
    vi = make.live_story(text=wording(language="vi", topic_id=1))
    en = make.live_story(text=wording(language="en", topic_id=2))
    za = make.live_story(cast.member, wording(language="en", topic_id=1))
    everything = {vi, en, za}
    for chosen, expected in (
        (Filter(sort=sort), everything),
        (Filter(languages=("vi",), sort=sort), {vi}),
        (Filter(languages=("vi", "en"), sort=sort), everything),
        (Filter(country="ZA", sort=sort), {za}),
        (Filter(topic_id=1, sort=sort), {vi, za}),
        (Filter(country="VN", languages=("en",), topic_id=2, sort=sort), {en}),
        (Filter(country="BR", sort=sort), set()),
    ):
        assert set(walk(db, chosen, 2)) == expected


@pytest.mark.parametrize(
    "made", ["draft_story", "waiting_story", "hidden_story", "refused_story", "withdrawn_story"]
)
def test_what_is_not_live_is_in_no_list(db: Site, cast: Cast, make: Factory, made: str) -> None:
    getattr(make, made)()
    with db.reading():
        for sort in Sort:
            assert not queries.cards(Filter(sort=sort)).rows
        assert not queries.cards_by_author(cast.lan.id).rows


def test_comments_are_in_no_list(db: Site, make: Factory) -> None:
    story = make.live_story()
    make.comment(story)
    assert walk(db, Filter(), 5) == [story]


def test_a_card_shows_the_live_text(db: Site, cast: Cast, make: Factory) -> None:
    number = make.live_story()
    make.edit_waiting(number, wording("Another title", "Another text that nobody has approved."))
    with db.reading():
        (card,) = queries.cards(Filter()).rows
        assert (card.title, card.handle, card.country) == ("Over the pass", cast.lan.handle, "VN")


def test_a_members_stories_page_without_loss(db: Site, cast: Cast, make: Factory) -> None:
    numbers = [make.live_story() for _ in range(5)]
    make.live_story(cast.member)
    found: list[int] = []
    after: str | None = None
    with db.reading():
        while True:
            page = queries.cards_by_author(cast.lan.id, after=after, limit=2)
            found += [card.id for card in page.rows]
            after = page.next
            if after is None:
                break
    assert sorted(found) == numbers


def test_ones_own_list_has_every_state(db: Site, cast: Cast, make: Factory) -> None:
    numbers = [
        getattr(make, f"{state}_story")() for state in ("draft", "waiting", "live", "refused", "withdrawn")
    ]
    make.draft_story(cast.member)
    found: list[int] = []
    after: str | None = None
    with db.reading():
        while True:
            page = queries.mine(cast.lan.id, after=after, limit=2)
            found += [row.id for row in page.rows]
            after = page.next
            if after is None:
                break
    assert sorted(found) == numbers


CURSORS = [
    "x",
    "%%%%",
    "ünïcode",
    "A" * 5000,
    "bnVsbA",
    paging.encode(()),
    paging.encode((1,)),
    paging.encode(("no moment", 1)),
    paging.encode(("2026-03-02T09:00:00", 1)),
    paging.encode(("2026-03-02T09:00:00+00:00", "1")),
    paging.encode(("2026-03-02T09:00:00+00:00", 2**63)),
    paging.encode((2**70, 1)),
    paging.encode((2**31, 1)),
    paging.encode(("9999-12-31T23:59:59-12:00", 1)),
    paging.encode(("0001-01-01T00:00:00+12:00", 1)),
    paging.encode(("2026-03-02T09:00:00+00:00\0", 1)),
    paging.encode(("\ud800", 1)),
    paging.encode((True, True)),
    "WzEuNSwxXQ",
    "W1tb" * 170,
]


@pytest.mark.parametrize("cursor", CURSORS, ids=range(len(CURSORS)))
@pytest.mark.parametrize("sort", Sort)
def test_a_cursor_not_made_here_is_not_found(db: Site, sort: Sort, cursor: str) -> None:
    with db.reading(), pytest.raises(NotFound):
        queries.cards(Filter(sort=sort), after=cursor)


def test_a_cursor_of_another_sort_is_not_found(db: Site) -> None:
    moment = paging.encode(("2026-03-02T09:00:00+00:00", 1))
    number = paging.encode((1, 1))
    with db.reading():
        queries.cards(Filter(sort=Sort.NEW), after=moment)
        queries.cards(Filter(sort=Sort.LOVED), after=number)
        with pytest.raises(NotFound):
            queries.cards(Filter(sort=Sort.NEW), after=number)
        with pytest.raises(NotFound):
            queries.cards(Filter(sort=Sort.LOVED), after=moment)


@pytest.mark.parametrize("key", [2**31 - 1, -(2**31 - 1)])
def test_the_farthest_lawful_key_is_an_empty_page_or_all(db: Site, make: Factory, key: int) -> None:
    make.live_story()
    with db.reading():
        page = queries.cards(Filter(sort=Sort.LOVED), after=paging.encode((key, key)))
        assert len(page.rows) == (1 if key > 0 else 0)
