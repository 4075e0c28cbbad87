"""What a story changed: on its page, on its author's, and on the page of all of them."""

from typing import Any

import pytest
from sqlalchemy import event

from community.contributions.actions import agree
from community.contributions.models import RevisionState
from community.ideas import queries
from community.kit import db as database
from community.moderation.models import Outcome
from tests.cast import Cast
from tests.conftest import As
from tests.factories.contributions import Factory, contribution, wording
from tests.factories.ideas import Ideas, idea_text
from tests.helpers.site import Site

TOLD = "The bag slid under the seat again on the bridge over the river."


@pytest.fixture
def ideas(site: Site, make: Factory) -> Ideas:
    return Ideas(site, make)


@pytest.fixture
def story(cast: Cast, make: Factory) -> int:
    return make.live_story(cast.member, wording("A road with a bridge", TOLD))


def test_a_story_shows_what_it_changed_to_every_reader(
    cast: Cast, make: Factory, ideas: Ideas, story: int, as_: As
) -> None:
    assert not as_(None).visit(f"/stories/{story}").has("#fed")
    number = ideas.live(cast.lan)
    ideas.quote(number, story)
    ideas.move(number, "planned", by=cast.admin)
    for person in (None, cast.moderator, cast.member):
        page = as_(person).visit(f"/stories/{story}")
        section = page.soup.select_one("section[aria-labelledby=fed]")
        assert section is not None
        assert "A hook for the bag" in section.get_text()
        assert "Planned" in section.get_text()


def test_it_asks_a_story_page_no_more_for_each_reader(
    site: Site, cast: Cast, ideas: Ideas, story: int, as_: As
) -> None:
    readers = [as_(cast.join(name, "DE", "en")) for name in ("Ana", "Ben")]
    readers[0].visit(f"/stories/{story}")

    def asked() -> int:
        with site.count_queries() as counted:
            readers[1].get(f"/stories/{story}/a-road-with-a-bridge")
        return len(counted.statements)

    asked()
    before = asked()
    ideas.quote(ideas.live(cast.lan), story)
    readers[0].visit(f"/stories/{story}")
    asked()
    assert asked() == before


def test_it_is_gone_with_the_consent(site: Site, cast: Cast, ideas: Ideas, story: int, as_: As) -> None:
    number = ideas.live(cast.lan)
    ideas.quote(number, story)
    assert as_(None).visit(f"/stories/{story}").has("#fed")
    assert TOLD in as_(None).visit(f"/ideas/{number}").main
    with site.writing():
        agree(contribution(story), ())
    assert not as_(None).visit(f"/stories/{story}").has("#fed")
    assert TOLD not in as_(None).visit(f"/ideas/{number}").main
    assert not as_(None).visit("/changed").has(".change")


def test_a_members_page_shows_what_they_fed_and_what_they_stand_behind(
    cast: Cast, ideas: Ideas, story: int, as_: As
) -> None:
    number = ideas.live(cast.lan)
    ideas.quote(number, story)
    ideas.support(number, cast.moderator)
    told = as_(None).visit(f"/members/{cast.member.handle}")
    assert told.has("section[aria-labelledby=fed] .fed li")
    assert not told.has("section[aria-labelledby=backed]")
    stood = as_(None).visit(f"/members/{cast.moderator.handle}")
    assert stood.has("section[aria-labelledby=backed] .fed li")
    assert not stood.has("section[aria-labelledby=fed]")


def test_the_page_of_all_of_them_begins_with_what_was_answered_last(
    site: Site, cast: Cast, make: Factory, ideas: Ideas, story: int, as_: As
) -> None:
    assert as_(None).visit("/changed").has(".empty")
    hook = ideas.live(cast.lan)
    horn = ideas.live(cast.lan, idea_text("A louder horn", "The horn is too quiet in the city."))
    ideas.live(cast.lan, idea_text("Quotes nothing", "Out of nowhere came this one idea."))
    for number in (hook, horn):
        ideas.quote(number, story)
    ideas.move(horn, "considering", by=cast.admin)
    ideas.move(hook, "planned", by=cast.admin)
    page = as_(None).visit("/changed")
    assert [one.get_text(strip=True) for one in page.soup.select(".change .idea-title")] == [
        "A hook for the bag",
        "A louder horn",
    ]
    assert "We are looking into it." in page.main
    assert page.has(f".change-stories a[href^='/stories/{story}/']")
    planned = as_(None).visit("/changed?stage=planned")
    assert len(planned.soup.select(".change")) == 1
    make.decide(story, Outcome.HIDE, on=RevisionState.LIVE)
    assert as_(None).visit("/changed").has(".empty")


def test_it_goes_on_where_a_page_ends(cast: Cast, ideas: Ideas, story: int, as_: As) -> None:
    numbers = [
        ideas.live(cast.lan, idea_text(f"Idea {n}", f"Nothing number {n} is there.")) for n in range(13)
    ]
    for number in numbers:
        ideas.quote(number, story)
    first = as_(None).visit("/changed")
    assert len(first.soup.select(".change")) == 12
    second = first.follow(".pager a[rel=next]")
    assert [one.get_text(strip=True) for one in second.soup.select(".change .idea-title")] == ["Idea 0"]


def test_the_page_of_all_of_them_is_a_walk_of_one_index(
    site: Site, cast: Cast, ideas: Ideas, story: int
) -> None:
    ideas.quote(ideas.live(cast.lan), story)
    sent: list[tuple[str, Any]] = []

    def seen(_connection: Any, _cursor: Any, statement: str, values: Any, *_rest: Any) -> None:
        sent.append((statement, values))

    with site.reading():
        connection = database.session.connection()
        event.listen(connection, "before_cursor_execute", seen)
        assert len(queries.changed(None).rows) == 1
        event.remove(connection, "before_cursor_execute", seen)
        ((statement, values),) = sent
        if not site.is_sqlite:
            # So small a table it reads whole and sorts; where it cannot, only an index gives the order.
            connection.exec_driver_sql("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
        explain = "EXPLAIN QUERY PLAN" if site.is_sqlite else "EXPLAIN"
        plan = "\n".join(row[-1] for row in connection.exec_driver_sql(f"{explain} {statement}", values))
    assert ("USING INDEX" if site.is_sqlite else "Index Scan Backward using") + " ix_idea_changed" in plan, (
        plan
    )
    assert "TEMP B-TREE" not in plan
    assert "Sort" not in plan, plan
