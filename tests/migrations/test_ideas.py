"""Ideas under an older schema, which has no word for them."""

from collections.abc import Callable
from pathlib import Path

from alembic import command

from community.kit import migrating
from tests.cast import Cast
from tests.conftest import MakeDatabase
from tests.factories.contributions import Factory
from tests.helpers.site import Site
from tests.migrations.ideas import begin_ideas
from tests.migrations.test_schema import rows

BEFORE = "d9e3f4a5b6c7"


def test_an_older_schema_keeps_every_word_of_an_idea(
    empty_database: MakeDatabase, make_instance: Callable[[], Path]
) -> None:
    """Each becomes a withdrawn story of its author, a draft stays one; curators become members."""
    url = empty_database()
    migrating.upgrade(url)
    site = Site(make_instance(), url)
    try:
        cast = Cast(site)
        make = Factory(site, cast)
        make.waiting_story()
        begin_ideas(site, cast, make, make.live_story(cast.member))
    finally:
        site.close()
    numbers = ", ".join(str(row[0]) for row in rows(url, "SELECT id FROM idea"))
    words = f"SELECT title, body FROM revision WHERE contribution_id IN ({numbers}) ORDER BY id"
    before = rows(url, words)
    assert len(before) == 4
    migrating.downgrade(url, BEFORE)
    kinds = f"SELECT kind, state, count(*) FROM contribution WHERE id IN ({numbers}) GROUP BY 1, 2 ORDER BY 2"
    assert rows(url, kinds) == [("story", "draft", 1), ("story", "withdrawn", 3)]
    assert rows(url, f"SELECT count(*) FROM story WHERE id IN ({numbers})") == [(4,)]
    assert rows(url, words) == before
    assert rows(url, "SELECT DISTINCT role FROM account ORDER BY role") == [
        ("admin",),
        ("member",),
        ("moderator",),
    ]
    open_reviews = "SELECT language, country, count(*) FROM review WHERE closed_at IS NULL GROUP BY 1, 2"
    backlog = "SELECT language, country, waiting FROM backlog WHERE waiting > 0"
    assert sorted(rows(url, open_reviews)) == sorted(rows(url, backlog)) != []
    migrating.upgrade(url)
    command.check(migrating.configuration(url))
    assert rows(url, "SELECT count(*) FROM stage") == [(6,)]
