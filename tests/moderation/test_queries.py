from community.contributions import actions
from community.contributions import queries as contributions
from community.contributions.models import RevisionState
from community.moderation import queries
from community.moderation.models import LogEntry
from community.moderation.queries import Scope
from tests.cast import Cast
from tests.factories.contributions import Factory, contribution, revision, wording
from tests.helpers.clock import StillClock
from tests.helpers.site import Site

ALL = Scope((), ())


def in_queue(db: Site, scope: Scope = ALL, viewer: int = 0, limit: int = 50) -> list[str]:
    found: list[str] = []
    after: str | None = None
    with db.reading():
        while True:
            page = queries.waiting(scope, viewer_id=viewer, after=after, limit=limit)
            found += [row.title for row in page.rows]
            if page.next is None:
                return found
            after = page.next


def test_oldest_first_and_no_row_lost_or_doubled(db: Site, make: Factory, clock: StillClock) -> None:
    for number in range(7):
        make.waiting_story(text=wording(f"story {number}"))
        clock.advance(minutes=number % 2)  # some at the very same moment
    expected = [f"story {number}" for number in range(7)]
    for limit in (1, 2, 3, 7, 50):
        assert in_queue(db, limit=limit) == expected


def test_languages_and_countries_narrow(db: Site, cast: Cast, make: Factory) -> None:
    make.waiting_story(text=wording("vi from VN", language="vi"))
    make.waiting_story(text=wording("en from VN"))
    make.waiting_story(cast.member, wording("en from ZA"))
    assert in_queue(db, Scope(("vi",), ())) == ["vi from VN"]
    assert in_queue(db, Scope(("en",), ())) == ["en from VN", "en from ZA"]
    assert in_queue(db, Scope(("en",), ("ZA",))) == ["en from ZA"]
    with db.reading():
        assert queries.waiting_by_language(Scope(("en",), ("ZA",))) == ({"en": 1}, {"en": 1, "vi": 1})
        assert queries.waiting_by_language(ALL) == ({"en": 2, "vi": 1}, {})


def test_ones_own_is_not_in_ones_queue(db: Site, cast: Cast, make: Factory) -> None:
    make.waiting_story(cast.moderator, wording("by a moderator"))
    make.waiting_story(text=wording("by a member"))
    assert in_queue(db, viewer=cast.moderator.id) == ["by a member"]


def test_edits_and_comments_wait_too_what_is_decided_does_not(db: Site, cast: Cast, make: Factory) -> None:
    number = make.live_story()
    make.edit_waiting(number, wording("edited", "An edited text that is long enough."))
    make.comment(number, is_trusted=False)
    make.refused_story()
    with db.reading():
        found = queries.waiting(ALL, viewer_id=0).rows
        assert [(row.kind.value, row.state.value) for row in found] == [
            ("story", "live"),
            ("comment", "waiting"),
        ]


def test_what_was_withdrawn_or_hidden_does_not_wait(db: Site, cast: Cast, make: Factory) -> None:
    number = make.waiting_story()
    with db.writing():
        actions.withdraw(contribution(number), by=cast.lan.account())
    assert in_queue(db) == []


def test_the_place_in_the_queue_is_that_of_its_language(db: Site, make: Factory, clock: StillClock) -> None:
    numbers = []
    for language in ("en", "vi", "en", "en"):
        numbers.append(make.waiting_story(text=wording(language=language)))
        clock.advance(minutes=1)
    with db.reading():
        places = [contributions.place_in_queue(revision(n, RevisionState.WAITING)) for n in numbers]
    assert places == [1, 1, 2, 3]


def test_the_usual_wait_is_the_median_of_the_language(db: Site, make: Factory, clock: StillClock) -> None:
    for hours in (1, 2, 9):
        number = make.waiting_story()
        clock.advance(hours=hours)
        make.decide(number)
    with db.reading():
        assert contributions.usual_wait_seconds("en") == 2 * 3600
        assert contributions.usual_wait_seconds("vi") is None


def test_the_public_log_names_nobody_and_pages(db: Site, cast: Cast, make: Factory) -> None:
    for _ in range(5):
        make.decide(make.waiting_story())
    with db.reading():
        first = queries.public_log(limit=3)
        second = queries.public_log(after=first.next, limit=3)
        numbers = [row.number for row in [*first.rows, *second.rows]]
        assert numbers == sorted(set(numbers), reverse=True)
        assert len(numbers) == 5
        assert second.next is None
        columns = {column.name for column in LogEntry.__table__.columns}
        assert not {"author_id", "by_id", "handle", "explanation", "contribution_id"} & columns
