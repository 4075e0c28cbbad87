"""The curators' board: ideas by stage, what it is kept to, what waits too long, one stage page by page."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from community.ideas.models import IDEA, Area, Meaning
from community.ideas.processing import board as words
from community.ideas.queries import board
from community.ideas.queries.board import NOBODY, Choice
from community.kit import clock as clocks
from community.kit import db
from tests.cast import Cast
from tests.conftest import As
from tests.factories.contributions import Factory
from tests.factories.ideas import BETTER, DECLINED, MISSING, Ideas, idea_text
from tests.helpers.browser import Page
from tests.helpers.clock import StillClock
from tests.helpers.site import Site


@pytest.fixture
def ideas(site: Site, make: Factory) -> Ideas:
    return Ideas(site, make)


def lanes(page: Page) -> dict[str, list[str]]:
    """The titles in each column, by its heading's first word."""
    found = {}
    for lane in page.soup.select(".lane"):
        head = lane.select_one(".lane-head")
        assert head
        found[head.get_text(" ").split()[0]] = [one.get_text() for one in lane.select(".board-title")]
    return found


def titles(page: Page) -> list[str]:
    return [one.get_text() for one in page.soup.select(".board-title")]


def aged(site: Site, number: int, days: int) -> None:
    """As if the maker had last been heard that long ago."""
    with site.writing():
        then = clocks.now() - timedelta(days=days)
        db.session.execute(update(IDEA).where(IDEA.c.id == number).values(answered_at=then))


def test_every_used_stage_is_a_column_with_its_ideas_and_their_number(
    cast: Cast, ideas: Ideas, as_: As
) -> None:
    ideas.live(cast.lan, idea_text("A hook"))
    ideas.move(ideas.live(cast.lan, idea_text("A lamp")), "planned", by=cast.admin)
    ideas.move(ideas.live(cast.lan, idea_text("A flag")), "declined", DECLINED, by=cast.admin)
    ideas.waiting(cast.lan, idea_text("A secret"))
    page = as_(cast.curator).visit("/").follow("Curation")
    assert lanes(page) == {
        "Open": ["A hook"],
        "Considering": [],
        "Planned": ["A lamp"],
        "Being": [],
        "Shipped": [],
        "Declined": ["A flag"],
    }
    assert [head.get_text() for head in page.soup.select(".lane-head .desk-number")] == list("101001")


def test_only_curators_and_admins_are_led_to_it(cast: Cast, as_: As) -> None:
    for person, is_led in (
        (cast.curator, True),
        (cast.admin, True),
        (cast.moderator, False),
        (cast.lan, False),
    ):
        browser = as_(person).choose_language("en")
        assert browser.visit("/about").has("a[href='/curation']") is is_led
        assert browser.get("/curation").status == (200 if is_led else 404)


def test_a_stage_out_of_use_is_a_column_while_ideas_stand_in_it(
    site: Site, cast: Cast, ideas: Ideas, as_: As
) -> None:
    number = ideas.live(cast.lan)
    ideas.move(number, "planned", by=cast.admin)
    site.execute("UPDATE stage SET is_used = false WHERE slug IN ('planned', 'considering')")
    assert set(lanes(as_(cast.curator).visit("/curation"))) == {
        "Open",
        "Planned",
        "Being",
        "Shipped",
        "Declined",
    }


def test_who_waits_longest_stands_first_and_where_nobody_waits_the_newest(
    site: Site, cast: Cast, ideas: Ideas, as_: As
) -> None:
    numbers = {title: ideas.live(cast.lan, idea_text(title)) for title in ("One", "Two", "Three", "Four")}
    for title in ("Three", "Four"):
        ideas.move(numbers[title], "declined", DECLINED, by=cast.admin)
    for title, days in (("One", 3), ("Two", 70), ("Three", 9), ("Four", 5)):
        aged(site, numbers[title], days)
    found = lanes(as_(cast.curator).visit("/curation"))
    assert (found["Open"], found["Declined"]) == (["Two", "One"], ["Four", "Three"])


def test_what_has_had_no_answer_for_sixty_days_sounds_an_alarm(
    site: Site, cast: Cast, ideas: Ideas, as_: As
) -> None:
    numbers = [ideas.live(cast.lan, idea_text(f"Idea {n}")) for n in range(4)]
    ideas.move(numbers[0], "declined", DECLINED, by=cast.admin)
    ideas.move(numbers[1], "planned", by=cast.admin)
    for number, days in zip(numbers, (99, 61, 59, 75), strict=True):
        aged(site, number, days)
    page = as_(cast.curator).visit("/curation")
    assert "2 ideas have had no answer for 60 days" in page.main
    assert [one.get_text() for one in page.soup.select(".is-due .board-title")] == ["Idea 3", "Idea 1"]
    page = page.follow(".alarms a")
    assert titles(page) == ["Idea 3", "Idea 1"]
    assert "Answered 61 days ago" in page.main
    ideas.move(numbers[1], "planned", by=cast.admin)
    assert "1 idea has had no answer" in as_(cast.curator).visit("/curation").main


def test_the_board_is_kept_to_an_area_a_country_or_who_sees_to_it(
    site: Site, cast: Cast, ideas: Ideas, as_: As
) -> None:
    hook = ideas.live(cast.lan, idea_text("A hook", countries=["VN"]))
    ideas.live(cast.lan, idea_text("A tram", area=Area.SERVICE, countries=["ZA"]))
    site.execute("UPDATE idea SET curator_id = :who WHERE id = :id", who=cast.curator.id, id=hook)
    browser = as_(cast.curator)
    for query, expected in (
        ("area=design", ["A hook"]),
        ("country=ZA", ["A tram"]),
        ("curator=me", ["A hook"]),
        ("curator=none", ["A tram"]),
        ("area=service&country=VN", []),
        ("area=nonsense&country=XX&curator=everybody", ["A hook", "A tram"]),
    ):
        page = browser.visit(f"/curation?{query}")
        assert lanes(page)["Open"] == expected, query
        assert page.soup.select(".lane-head .desk-number")[0].get_text() == str(len(expected))
    assert [code for code, _name in _options(browser.visit("/curation"), "country")] == ["", "ZA", "VN"]


def _options(page: Page, name: str) -> list[tuple[str, str]]:
    return [(str(one["value"]), one.get_text()) for one in page.soup.select(f"select[name={name}] option")]


def test_a_stage_is_read_page_by_page_with_nothing_twice_or_left_out(
    site: Site, cast: Cast, ideas: Ideas
) -> None:
    numbers = [ideas.live(cast.lan, idea_text(f"Idea {n}", MISSING, BETTER)) for n in range(5)]
    site.execute(
        "UPDATE idea SET answered_at = (SELECT min(answered_at) FROM idea) WHERE id > :id", id=numbers[2]
    )
    with site.reading():
        open_one = [one for one in board.stages("en") if one.slug == "open"]
        for is_end in (False, True):
            named = [one._replace(meaning=Meaning.DECLINED if is_end else one.meaning) for one in open_one]
            found, after = [], None
            while True:
                page = board.listing(named, Choice(), after=after, limit=2)
                found += [(card.answered_at, card.id) for card in page.rows]
                if page.next is None:
                    break
                after = page.next
            assert sorted(number for _moment, number in found) == numbers
            assert found == sorted(found, reverse=is_end)


def test_the_board_asks_as_often_for_many_ideas_as_for_few(
    site: Site, cast: Cast, ideas: Ideas, as_: As
) -> None:
    browser, asked = as_(cast.curator), []
    for _ in range(2):
        number = ideas.live(cast.lan)
        ideas.move(ideas.live(cast.lan), "planned", by=cast.admin)
        site.execute("UPDATE idea SET curator_id = :who WHERE id = :id", who=cast.curator.id, id=number)
        browser.get("/curation")
        with site.count_queries() as counted:
            assert browser.get("/curation").status == 200
        asked.append(counted.total)
    assert asked[0] == asked[1] <= 8


def test_each_column_reads_one_stretch_of_its_index(site: Site, cast: Cast) -> None:
    if not site.is_sqlite:
        return  # PostgreSQL reads a table this small whole
    with site.reading(), site.count_queries() as counted:
        named = board.stages("en")
        board.heads(named, Choice())
    (statement,) = (one for one in counted.statements if "UNION ALL" in one)
    values: dict[str, object] = {f"stage_{n}": one.id for n, one in enumerate(named)}
    plan = [str(row[-1]) for row in site.rows(f"EXPLAIN QUERY PLAN {_named(statement, values)}")]
    reads = [line for line in plan if "ix_idea_stage " in line]
    assert len(reads) == len(named)
    assert not [line for line in plan if line.startswith("SCAN idea") or "TEMP B-TREE" in line]


def _named(statement: str, values: dict[str, object]) -> str:
    """With a number for every placeholder: the plan does not depend on which."""
    assert values
    return statement.replace("?", "1")


def test_how_long_the_maker_was_not_heard_is_said_in_days(
    site: Site, cast: Cast, ideas: Ideas, clock: StillClock
) -> None:
    number = ideas.live(cast.lan)
    with site.reading(), site.app.test_request_context():
        (card,) = board.heads(board.stages("en"), Choice(curator_id=NOBODY))[board.stages("en")[0].id]
        assert card.id == number
        assert words.heard(card) == "New today"
        clock.advance(days=3)
        assert words.heard(card) == "No answer for 3 days"
