"""A site with calls and spotlights: down again its stories keep their texts, and up again it begins anew."""

from collections.abc import Iterator

import pytest

from community.kit import migrating
from tests.cast import Cast
from tests.factories.calls import Calls
from tests.factories.contributions import Factory
from tests.helpers.site import Site
from tests.migrations.test_desk import rows, schema

OLD, NEW = "b4c5d6e7f8a9", "c5d6e7f8a9b0"
TEXTS = "SELECT id, contribution_id, number, state, title, body, pictures, concerns FROM revision ORDER BY id"
STATES = "SELECT id, kind, state, version, live_revision_id FROM contribution ORDER BY id"
FILLED = ("call", "call_text", "call_story", "call_answer", "spotlight", "spotlight_text", "spotlight_story")


@pytest.fixture
def filled(site: Site, cast: Cast, make: Factory, database: str) -> Iterator[str]:
    calls = Calls(site, make)
    calls.spotlight([calls.live(calls.opened(), cast.lan)])
    calls.waiting(calls.opened(), cast.member)
    site.close()
    yield database
    migrating.upgrade(database)


def test_down_and_up_again_with_data(filled: str) -> None:
    migrating.downgrade(filled, NEW)
    words, texts, states = schema(filled), rows(filled, TEXTS), rows(filled, STATES)
    assert all(rows(filled, f"SELECT count(*) FROM {table}")[0][0] for table in FILLED)
    migrating.downgrade(filled, OLD)
    assert (rows(filled, TEXTS), rows(filled, STATES)) == (texts, states)
    migrating.upgrade(filled, NEW)
    assert (schema(filled), rows(filled, TEXTS), rows(filled, STATES)) == (words, texts, states)
    assert rows(filled, "SELECT DISTINCT answers, call_id FROM revision") == [("[]", None)]
    assert not any(rows(filled, f"SELECT count(*) FROM {table}")[0][0] for table in FILLED)
