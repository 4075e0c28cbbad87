"""Which photos belong to which story: what a text shows stays, what none shows any more is let go and swept."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from community.kit import clock, unit_of_work
from community.kit.errors import Invalid
from community.media.actions import sweeping
from community.stories import actions as stories
from tests.cast import Cast, Person
from tests.factories.contributions import Factory, form_id
from tests.factories.photos import Photos
from tests.helpers.clock import StillClock
from tests.helpers.site import Site
from tests.media.conftest import Names
from tests.media.texts import Texts, showing

ROUNDS = 10


def owners(site: Site) -> dict[str, int | None]:
    """The story each photo is in, by its key."""
    return dict(site.rows("SELECT key, contribution_id FROM photo"))


def tell(site: Site, by: Person, *keys: str) -> int:
    with site.writing():
        return stories.keep_new(form_id(), showing(*keys), sequence=1, by=by.account()).id


def sweep(site: Site) -> int:
    with site.writing():
        gone = sweeping.let_go(clock.now() - sweeping.A_DAY)
    site.work()
    return gone


def test_a_draft_takes_its_photos_and_lets_them_go(
    site: Site, cast: Cast, photos: Photos, texts: Texts, clock: StillClock, kept: Names
) -> None:
    first, second = photos.ready(cast.lan), photos.ready(cast.lan, look=1)
    number = texts.draft(first, second)
    assert owners(site) == {first: number, second: number}
    clock.advance(days=30)
    texts.keep(number, second)
    assert owners(site) == {first: None, second: number}
    assert sweep(site) == 0, "it was let go just now"
    clock.advance(hours=23)
    texts.keep(number, second, first)
    assert owners(site) == {first: number, second: number}
    texts.keep(number)
    clock.advance(days=1, seconds=1)
    assert sweep(site) == 2
    assert (owners(site), kept()) == ({}, [])


def test_what_was_submitted_is_never_let_go(
    site: Site, cast: Cast, photos: Photos, texts: Texts, clock: StillClock, kept: Names
) -> None:
    old, new = photos.ready(cast.lan), photos.ready(cast.lan, look=1)
    number = texts.live(old)
    texts.keep(number, new, title="Anew")
    texts.keep(number, title="Anew")
    assert owners(site) == {old: number, new: None}
    for state in (texts.hide, texts.restore, texts.withdraw):
        state(number)
        clock.advance(days=400)
        sweep(site)
    assert owners(site) == {old: number}
    assert len(kept()) == 3


def test_a_returned_text_still_has_its_photos(site: Site, cast: Cast, photos: Photos, texts: Texts) -> None:
    key = photos.ready(cast.lan)
    number = texts.tell("returned", key)
    texts.keep(number, key, title="Better")
    texts.again(number, key)
    assert owners(site) == {key: number}


def test_of_an_erased_story_neither_rows_nor_files_stay(
    site: Site, cast: Cast, photos: Photos, texts: Texts, clock: StillClock, kept: Names
) -> None:
    gone, stays = photos.ready(cast.lan), photos.ready(cast.lan, look=1)
    texts.erase(texts.live(gone))
    number = texts.live(stays)
    clock.advance(days=2)
    assert sweep(site) == 1
    assert owners(site) == {stays: number}
    assert {name.split("/")[2] for name in kept()} == {stays}


def test_nobody_takes_what_is_not_theirs(
    site: Site, cast: Cast, photos: Photos, texts: Texts, make: Factory
) -> None:
    mine, theirs, used = photos.ready(cast.lan), photos.ready(cast.member), photos.ready(cast.lan, look=1)
    number = texts.draft(used)
    for key in (theirs, used, "0123456789abcdef"):
        for keys in ((key,), (mine, key)):
            with pytest.raises(Invalid) as refusal:
                tell(site, cast.lan, *keys)
            assert set(refusal.value.errors) == {"pictures"}
    assert owners(site) == {mine: None, theirs: None, used: number}
    assert site.value("SELECT count(*) FROM contribution") == 1


def test_one_photo_twice_in_a_text_is_one_photo(site: Site, cast: Cast, photos: Photos, texts: Texts) -> None:
    key = photos.ready(cast.lan)
    number = texts.draft(key, key)
    assert owners(site) == {key: number}


def test_many_abandoned_photos_go_a_batch_at_a_time(
    site: Site, cast: Cast, photos: Photos, clock: StillClock, kept: Names, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweeping, "AT_A_TIME", 2)
    for look in range(5):
        photos.ready(cast.lan, look=look)
    photos.waiting(cast.lan)
    photos.failed(cast.lan)
    clock.advance(days=1, seconds=1)
    assert [sweep(site) for _ in range(5)] == [2, 2, 2, 1, 0]
    assert (owners(site), kept()) == ({}, [])


def together(*acts: Callable[[], object]) -> list[Any]:
    gate, given = threading.Barrier(len(acts)), [None] * len(acts)

    def run(place: int) -> None:
        gate.wait()
        try:
            given[place] = acts[place]()  # type: ignore[call-overload]
        except Invalid as error:
            given[place] = error  # type: ignore[call-overload]

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return given


@pytest.mark.race
class TestAtOnce:
    def test_of_two_stories_one_gets_the_photos(self, site: Site, cast: Cast, photos: Photos) -> None:
        """In opposite orders, so that each would wait for the other."""
        for _ in range(ROUNDS):
            keys = [photos.ready(cast.lan, look=look) for look in range(4)]
            given = together(
                lambda keys=keys: tell(site, cast.lan, *keys),  # type: ignore[misc]
                lambda keys=keys: tell(site, cast.lan, *reversed(keys)),  # type: ignore[misc]
            )
            (winner,) = [one for one in given if isinstance(one, int)]
            assert [isinstance(one, Invalid) for one in given].count(True) == 1
            assert {owners(site)[key] for key in keys} == {winner}

    def test_what_is_swept_and_what_is_used_are_two_things(
        self, site: Site, cast: Cast, photos: Photos, clock: StillClock
    ) -> None:
        for _ in range(ROUNDS):
            site.execute("DELETE FROM photo WHERE contribution_id IS NULL")
            keys = [photos.ready(cast.lan, look=look) for look in range(3)]
            clock.advance(days=2)
            told, swept = together(
                lambda keys=keys: tell(site, cast.lan, *keys),  # type: ignore[misc]
                lambda: _let_go(site),
            )
            left = {key: owners(site).get(key) for key in keys}
            if isinstance(told, int):
                assert (set(left.values()), swept) == ({told}, 0)
            else:
                assert (set(left.values()), swept) == ({None}, 3)


def _let_go(site: Site) -> int:
    with site.app.app_context(), unit_of_work.transaction():
        return sweeping.let_go(clock.now() - timedelta(days=1))
