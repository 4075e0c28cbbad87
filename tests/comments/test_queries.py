import pytest

from community.comments import queries
from community.contributions.models import State
from community.kit import paging
from community.kit.errors import NotFound
from tests.cast import Cast
from tests.factories.contributions import Factory, comment
from tests.helpers.site import Site


def ids(db: Site, story: int, viewer: int | None = None, limit: int = 200) -> list[int]:
    found: list[int] = []
    after: str | None = None
    with db.reading():
        while True:
            page = queries.thread(story, viewer_id=viewer, after=after, limit=limit)
            found += [line.id for line in page.rows]
            if page.next is None:
                return found
            after = page.next


def test_no_line_is_lost_or_doubled_whatever_the_page(db: Site, make: Factory) -> None:
    story = make.live_story()
    tops = [make.comment(story) for _ in range(3)]
    for top in tops:
        child = make.comment(story, parent=top)
        make.comment(story, parent=child)
        make.comment(story, parent=top)
    expected = ids(db, story)
    assert len(expected) == len(set(expected)) == 12
    for limit in (1, 2, 5, 11, 12):
        assert ids(db, story, limit=limit) == expected


def test_what_waits_is_seen_by_its_author_only(db: Site, cast: Cast, make: Factory) -> None:
    story = make.live_story()
    public = make.comment(story)
    waiting = make.comment(story, is_trusted=False)
    assert ids(db, story) == [public]
    assert ids(db, story, cast.lan.id) == [public]
    assert ids(db, story, cast.member.id) == [public, waiting]


def test_a_thread_below_one_comment(db: Site, make: Factory) -> None:
    story = make.live_story()
    first, second = make.comment(story), make.comment(story)
    answer = make.comment(story, parent=first)
    make.comment(story, parent=second)
    with db.reading():
        lines = queries.thread(story, viewer_id=None, below=comment(first)).rows
        assert [line.id for line in lines] == [first, answer]


def test_levels_beyond_the_shown_are_left_out_but_for_the_first(db: Site, make: Factory) -> None:
    story = make.live_story()
    parent: int | None = None
    for _ in range(7):
        parent = make.comment(story, parent=parent)
    with db.reading():
        assert [line.depth for line in queries.thread(story, viewer_id=None).rows] == [0, 1, 2, 3, 4]


def test_a_line_shows_the_live_words(db: Site, cast: Cast, make: Factory) -> None:
    story = make.live_story()
    make.comment(story, body="**Yes**, the third bend.")
    with db.reading():
        (line,) = queries.thread(story, viewer_id=None).rows
        assert "<strong>Yes</strong>" in line.html
        assert (line.handle, line.country, line.state) == (cast.member.handle, "ZA", State.LIVE)


@pytest.mark.parametrize("cursor", ["x", "%%%", paging.encode((1,)), paging.encode(("a", "b")), "W" * 5000])
def test_a_cursor_not_made_here_is_not_found(db: Site, make: Factory, cursor: str) -> None:
    story = make.live_story()
    with db.reading(), pytest.raises(NotFound):
        queries.thread(story, viewer_id=None, after=cursor)
