"""Notices of spotlights and a call that ended early: down again they are gone, and up again the rest is as it was."""

import pytest

from community.calls import actions
from community.kit import migrating
from tests.cast import Cast
from tests.factories.calls import Calls, call
from tests.factories.contributions import Factory
from tests.helpers.site import Site
from tests.migrations.test_desk import rows, schema

OLD, NEW = "e7f8a9b0c1d2", "f8a9b0c1d2e3"
NOTICES = (
    "SELECT id, account_id, kind, key, contribution_id FROM notice WHERE kind <> 'spotlighted' ORDER BY id"
)
CALLS = "SELECT id, last_day, opened_at, version, story_count FROM call ORDER BY id"
CHOICES = "SELECT kind FROM notice_choice"


@pytest.fixture
def filled(site: Site, cast: Cast, make: Factory, database: str) -> str:
    calls = Calls(site, make)
    number = calls.opened()
    story = calls.live(number, cast.lan)
    make.comment(story, cast.member)
    calls.spotlight([story])
    with site.writing():
        actions.end_early(call(number), "The book is full.", on=call(number).version)
    for kind in ("answered", "spotlighted"):
        site.execute(
            "INSERT INTO notice_choice (account_id, kind, mail) VALUES (:id, :kind, 'never')",
            id=cast.lan.id,
            kind=kind,
        )
    site.close()
    return database


def test_down_and_up_again_with_data(filled: str) -> None:
    words, notices, calls = schema(filled), rows(filled, NOTICES), rows(filled, CALLS)
    assert rows(filled, "SELECT count(*) FROM notice WHERE spotlight_id IS NOT NULL") == [(1,)]
    assert notices
    migrating.downgrade(filled, OLD)
    assert (rows(filled, NOTICES), rows(filled, CALLS)) == (notices, calls)
    migrating.upgrade(filled, NEW)
    assert (schema(filled), rows(filled, NOTICES), rows(filled, CALLS)) == (words, notices, calls)
    assert rows(filled, "SELECT ended_at, ended_why FROM call") == [(None, "")]
    assert rows(filled, CHOICES) == [("answered",)]
