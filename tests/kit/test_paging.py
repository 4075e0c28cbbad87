from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.kit import paging
from community.kit.errors import NotFound

keys = st.integers(-paging.BIGGEST_KEY, paging.BIGGEST_KEY)


@given(keys, keys)
def test_a_cursor_comes_back_as_the_place_it_names(first: int, second: int) -> None:
    assert paging.decode(paging.encode((first, second)), (int, int)) == (first, second)


@given(st.datetimes(timezones=st.just(UTC)))
def test_moments_survive_to_the_microsecond(moment: datetime) -> None:
    assert paging.to_moment(paging.from_moment(moment)) == moment


@given(st.text() | st.binary().map(lambda raw: raw.decode("latin-1")))
def test_anything_else_is_not_found_and_never_fails(cursor: str) -> None:
    for kinds in ((int,), (str, int), (int, int)):
        try:
            place = paging.decode(cursor, kinds)
        except NotFound:
            continue
        assert place is None or [type(part) for part in place] == list(kinds)


@pytest.mark.parametrize(
    "text", ["", "2026", "2026-03-02T09:00:00", "now", None, 5, "9999-12-31T23:59:59-12:00"]
)
def test_no_moment_is_not_found(text: object) -> None:
    with pytest.raises(NotFound):
        paging.to_moment(text)


def test_the_next_page_is_named_only_where_there_is_one() -> None:
    rows = [1, 2, 3]
    assert paging.page(rows, 3, lambda row: (row,)).next is None
    page = paging.page(rows, 2, lambda row: (row,))
    assert page.rows == [1, 2]
    assert paging.decode(page.next, (int,)) == (2,)
    assert paging.page([], 2, lambda row: (row,)) == paging.Page([], None)
