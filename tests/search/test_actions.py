"""Keeping the index: from the beginning, again, and at what price."""

from collections.abc import Callable
from pathlib import Path

import pytest

from community.kit import jobs, migrating
from community.search import actions
from tests.cast import Cast
from tests.conftest import MakeDatabase
from tests.factories.contributions import Factory, wording
from tests.factories.translations import Translations
from tests.helpers.site import Site

EVERYTHING = "SELECT id, story_id, language, terms FROM search_entry ORDER BY id"


def test_the_index_made_anew_is_the_one_that_was_kept(site: Site, make: Factory, cast: Cast) -> None:
    numbers = [make.live_story(text=wording(f"Road {n}", language="vi")) for n in range(3)]
    Translations(site, make).live(numbers[1], "en", cast.lan)
    make.hidden_story()
    kept = site.rows(EVERYTHING)
    assert len(kept) == 4
    site.execute("DELETE FROM search_entry WHERE story_id <> :id", id=numbers[0])
    site.execute("UPDATE search_entry SET language = 'xx'")
    for _ in range(2):
        done = site.app.test_cli_runner().invoke(args=["search", "rebuild"])
        assert done.exit_code == 0, done.output
        assert site.rows(EVERYTHING) == kept


def test_the_job_goes_on_where_it_was_ended(
    site: Site, make: Factory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each job does some stories and leaves the next one in the same transaction."""
    for n in range(3):
        make.live_story(text=wording(f"Road {n}"))
    kept = site.rows(EVERYTHING)
    site.work()
    monkeypatch.setattr(actions, "AT_ONCE", 1)
    site.execute("DELETE FROM search_entry")
    with site.writing():
        jobs.enqueue(actions.FILL, {"after": 0})
    assert site.work() == 4
    assert site.rows(EVERYTHING) == kept
    assert site.value("SELECT count(*) FROM job") == 0


def test_an_upgrade_asks_for_the_stories_that_are_there(
    empty_database: MakeDatabase, make_instance: Callable[[], Path]
) -> None:
    url = empty_database()
    migrating.upgrade(url)
    site = Site(make_instance(), url)
    try:
        assert site.value("SELECT count(*) FROM job") == 0
        Factory(site, Cast(site)).live_story()
        site.work()
        kept = site.rows(EVERYTHING)
        migrating.downgrade(url, "b7c1d2e3f4a5")
        migrating.upgrade(url)
        assert site.rows(EVERYTHING) == []
        assert site.work() == 2  # insights ask for the same stories
        assert site.rows(EVERYTHING) == kept != []
    finally:
        site.close()


def test_a_story_that_goes_live_costs_two_statements_more(site: Site, make: Factory) -> None:
    number = make.waiting_story()
    with site.count_queries() as counted:
        make.decide(number)
    mine = [one for one in counted.statements if "search_" in one]
    texts = [one for one in counted.statements if "revision.html" in one and "contribution.id IN" in one]
    assert len(mine) == 1
    assert len(texts) == 1


def test_a_move_that_changes_no_word_costs_nothing(site: Site, make: Factory) -> None:
    number = make.live_story()
    with site.count_queries() as counted:
        make.edit_waiting(number, wording("Another title", "Another text, and it is long enough to be sent."))
    assert not [one for one in counted.statements if "search_" in one]
