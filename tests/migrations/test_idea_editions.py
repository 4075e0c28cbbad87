"""Ideas in other languages: down again their editions go, up again a job draws them; those of stories stand still."""

from collections.abc import Iterator

import pytest

from community.kit import migrating
from tests.cast import Cast
from tests.factories.contributions import Factory, wording
from tests.factories.ideas import Ideas
from tests.factories.translations import Translations
from tests.helpers.site import Site
from tests.migrations.test_desk import rows, schema

OLD, NEW = "c5d6e7f8a9b0", "d6e7f8a9b0c1"
EDITIONS = "SELECT story_id, language, title, html FROM edition ORDER BY story_id"
ENTRIES = "SELECT story_id, language FROM search_entry ORDER BY story_id, language"
JOBS = "SELECT kind FROM job WHERE kind IN ('search.fill', 'translations.draw_ideas') ORDER BY kind"


@pytest.fixture
def filled(site: Site, cast: Cast, make: Factory, database: str) -> Iterator[str]:
    translations = Translations(site, make)
    translations.live(make.live_story(cast.lan, wording(language="en")), "id", cast.member)
    translations.live(Ideas(site, make).live(cast.lan), "id", cast.member)
    site.close()
    yield database
    migrating.upgrade(database)


def test_down_and_up_again_with_data(filled: str) -> None:
    migrating.downgrade(filled, NEW)
    words, editions, entries = schema(filled), rows(filled, EDITIONS), rows(filled, ENTRIES)
    assert len(editions) == 2
    assert len(entries) == 4
    migrating.downgrade(filled, OLD)
    assert rows(filled, EDITIONS) == editions[:1]
    assert rows(filled, ENTRIES) == entries[:2]
    assert rows(filled, JOBS) == []
    migrating.upgrade(filled, NEW)
    assert schema(filled) == words
    assert rows(filled, EDITIONS) == editions[:1]
    assert rows(filled, "SELECT DISTINCT kind FROM edition") == [("story",)]
    assert rows(filled, JOBS) == [("search.fill",), ("translations.draw_ideas",)]
