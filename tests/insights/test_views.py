"""The page of insights and its files, as curators see them."""

import csv
from io import StringIO

import pytest
from bs4 import BeautifulSoup
from bs4.element import Tag

from community.insights.processing.atlas import MOST_OVALS, atlas
from community.insights.processing.tables import Row
from community.kit import world
from community.kit.countries import CODES
from community.kit.sheets import written
from tests.cast import Cast
from tests.conftest import As
from tests.factories.contributions import Factory, wording
from tests.helpers.browser import Page
from tests.helpers.site import Site

CHARTS = ("months", "countries", "models", "powertrains", "topics", "areas", "languages")


@pytest.fixture
def tellers(site: Site, cast: Cast, make: Factory) -> Site:
    for country, language, people in (("VN", "vi", 7), ("GH", "en", 5)):
        for place in range(people):
            person = cast.join(f"Teller {country} {place}", country, "en")
            make.live_story(person, wording(language=language, topic_id=2))
    return site


def table(page: Page, key: str) -> list[list[str]]:
    """What stands in a table of the page: each row's key and its values."""
    rows = page.soup.select(f"table[data-table='{key}'] tbody tr")
    return [[str(row["data-row"]), *(_value(cell) for cell in row.select("td"))] for row in rows]


def _value(cell: Tag) -> str:
    figure = cell.select_one("data")
    return str(figure["value"]) if figure else ""


def test_it_is_for_curators_and_admins(tellers: Site, cast: Cast, as_: As) -> None:
    for person, status in ((cast.member, 404), (cast.moderator, 404), (cast.curator, 200), (cast.admin, 200)):
        assert as_(person).get("/insights").status == status
        assert as_(person).get("/insights/months.csv").status == status


def test_a_file_is_its_table(tellers: Site, cast: Cast, as_: As) -> None:
    browser = as_(cast.curator)
    for query in ("", "?country=VN", "?language=en&topic=journeys"):
        page = browser.visit(f"/insights{query}")
        for key in CHARTS:
            lines = list(csv.reader(StringIO(browser.get(f"/insights/{key}.csv{query}").html)))
            assert [[line[0], *line[2:]] for line in lines[1:]] == table(page, key)
    assert browser.get("/insights/nothing.csv").status == 404


def test_filters_narrow_and_stand_in_the_address(tellers: Site, cast: Cast, as_: As) -> None:
    page = as_(cast.curator).visit("/insights?country=XX&model=none&powertrain=steam&topic=x&from=never")
    assert table(page, "countries") == [["VN", "7", ""], ["GH", "5", ""]]
    assert {str(link["href"]) for link in page.soup.select(".atlas-scroll a")} == {
        "?country=VN",
        "?country=GH",
    }
    narrowed = page.submit("form.filters", country="VN")
    assert "country=VN" in narrowed.path
    assert table(narrowed, "languages") == [["vi", "7", ""]]
    assert narrowed.form("form.filters").values()["country"] == "VN"
    by_link = page.follow("table[data-table='countries'] a")
    assert table(by_link, "languages") == [["vi", "7", ""]]


def test_nobody_is_shown_before_there_are_five(site: Site, cast: Cast, make: Factory, as_: As) -> None:
    make.live_story()
    page = as_(cast.curator).visit("/insights")
    assert "Not enough people yet" in page.main
    assert not page.has("table[data-table]")


def test_the_page_is_kept_until_what_it_counts_changes(
    tellers: Site, cast: Cast, make: Factory, as_: As
) -> None:
    browser = as_(cast.curator)
    assert table(browser.visit("/insights"), "countries")[0] == ["VN", "7", ""]
    make.live_story(cast.join("Teller VN 8", "VN", "vi"))
    assert table(browser.visit("/insights"), "countries")[0] == ["VN", "8", ""]


def test_the_world_has_a_place_for_every_country_people_live_in() -> None:
    assert CODES - set(world.PLACES) == {"AQ", "BV", "GS", "HM"}
    assert set(world.PLACES) <= CODES
    for place in world.PLACES.values():
        assert 0 <= place.x <= world.WIDTH
        assert 0 <= place.y <= world.HEIGHT


def test_every_country_can_be_chosen_on_the_map_and_the_largest_have_ovals(site: Site) -> None:
    rows = [
        Row(code, code, {"story": 500 - number}, f"?country={code}")
        for number, code in enumerate(sorted(world.PLACES))
    ]
    with site.reading():
        assert atlas([Row("others", "Others", {"story": 9})]) is None
        found = atlas(rows)
    assert found
    drawn = BeautifulSoup(found.drawn, "html.parser")
    for code, place in world.PLACES.items():
        links = drawn.select(f"a[href='?country={code}']")
        assert any(link.select("path") for link in links) == bool(place.shape)
        assert links
    signs = [str(link["href"])[-2:] for link in drawn.select("a:has(text)")]
    assert 0 < len([code for code in signs if world.PLACES[code].shape]) <= MOST_OVALS
    assert len(found.shades) > 1


def test_no_cell_of_a_file_is_a_formula() -> None:
    assert written([["=1+1", 3, None, "-5", "plain"]]) == "'=1+1,3,,'-5,plain\n"
