"""The team's numbers: what waits and since when, and how the last twelve weeks went."""

from typing import Any

import pytest

from community.moderation.actions import log
from community.moderation.models import Act
from community.moderation.queries import numbers as weekly
from tests.cast import Cast
from tests.conftest import As
from tests.factories.contributions import Factory, wording
from tests.helpers.browser import Page
from tests.helpers.clock import StillClock
from tests.helpers.site import Site
from tests.moderation.histories import invented

PLACE = {"kind": "story", "language": "vi", "country": "VN"}
PAGE = "/moderation/numbers"


def append(site: Site, act: Act, **fields: Any) -> int:
    with site.writing():
        return log.append(act, **{**PLACE, **fields}).number


def week(page: Page, day: str) -> dict[str, float | None]:
    """The row of the week that begins on this day."""
    return {
        str(cell["data-column"]): float(str(cell.data["value"])) if cell.data else None
        for cell in page.soup.select(f"tr[data-week='{day}'] td")
    }


def test_what_waits_stands_by_language_with_its_oldest(
    cast: Cast, make: Factory, as_: As, clock: StillClock
) -> None:
    make.waiting_story(text=wording("old", language="vi"))
    clock.advance(hours=5)
    make.waiting_story(text=wording("new", language="vi"))
    make.waiting_story(text=wording("other", language="id"))
    clock.advance(hours=1)
    page = as_(cast.moderator).visit(PAGE)
    rows = [" ".join(row.get_text(" ").split()) for row in page.soup.select("section:first-of-type tbody tr")]
    assert rows == ["Vietnamese 2 6 hours ago", "Indonesian 1 1 hour ago"]
    assert "3 texts wait in all. The oldest came 6 hours ago." in page.main
    only = as_(cast.moderator).visit(f"{PAGE}?language=id")
    assert "1 text waits in all." in only.main
    assert "Vietnamese" not in [cell.get_text() for cell in only.soup.select("tbody th")]


def test_weeks_begin_on_monday_and_there_are_twelve(
    site: Site, cast: Cast, as_: As, clock: StillClock
) -> None:
    assert clock.moment.isoweekday() == 1
    clock.advance(hours=-9)  # the first moment of Monday, 2 March
    append(site, Act.APPROVE, waited_seconds=3_600)
    append(site, Act.RETURN, waited_seconds=10_800)
    clock.advance(days=7, seconds=-1)
    append(site, Act.REFUSE, ground="1.2", clause_version=1, waited_seconds=36_000)
    clock.advance(seconds=1)
    append(site, Act.APPROVE)
    page = as_(cast.moderator).visit(PAGE)
    days = [str(row["data-week"]) for row in page.soup.select("tr[data-week]")]
    assert days[0] == "2026-03-09"
    assert days[-1] == "2025-12-22"
    assert len(days) == weekly.WEEKS
    first, second = week(page, "2026-03-02"), week(page, "2026-03-09")
    assert (first["decisions"], first["restrictions"], first["median_hours"]) == (3, 1, 3.0)
    assert (second["decisions"], second["restrictions"], second["median_hours"]) == (1, 0, None)


def test_what_was_undone_is_not_counted_and_appeals_are(
    site: Site, cast: Cast, as_: As, clock: StillClock
) -> None:
    hidden = append(site, Act.HIDE, ground="1.2", clause_version=1)
    append(site, Act.UNDO, of_number=hidden)
    for verdict in (Act.UPHOLD, Act.UPHOLD, Act.REVERSE):
        append(site, verdict, of_number=hidden)
    append(site, Act.UPHOLD, language="id", of_number=hidden)
    found = week(as_(cast.moderator).visit(PAGE), "2026-03-02")
    assert found == {
        "decisions": 0,
        "restrictions": 0,
        "median_hours": None,
        "upheld": 3,
        "reversed": 1,
        "reversed_share": 25.0,
    }
    found = week(as_(cast.moderator).visit(f"{PAGE}?language=vi"), "2026-03-02")
    assert (found["upheld"], found["reversed_share"]) == (2, 33.3)


def test_the_numbers_cost_few_questions_whatever_their_answers(
    site: Site, cast: Cast, make: Factory, as_: As, clock: StillClock
) -> None:
    def cost() -> int:
        browser = as_(cast.moderator)
        with site.count_queries() as counted:
            assert browser.get(PAGE).status == 200
        return len([one for one in counted.statements if "account" not in one and "session" not in one])

    few = cost()
    invented(site, clock, seed=8, lines=200, days=80)
    for language in ("vi", "id", "en", "ar"):
        make.waiting_story(text=wording(language, language=language))
    assert cost() == few <= 6


def test_charts_stand_with_their_numbers(site: Site, cast: Cast, as_: As, clock: StillClock) -> None:
    invented(site, clock, seed=2, lines=200, days=80)
    page = as_(cast.moderator).visit(PAGE)
    titles = {str(chart.title.string) for chart in page.soup.select("svg.chart") if chart.title}
    assert titles == {"Decisions by week", "Median hours to a decision", "Reversed on appeal, in percent"}


def test_an_empty_desk_has_numbers_too(cast: Cast, as_: As) -> None:
    page = as_(cast.moderator).visit(PAGE)
    assert "Nothing waits" in page.main
    assert not page.has("svg.chart")


@pytest.mark.parametrize("language", ["xx", "%00", "vi%20OR%201=1"])
def test_an_unknown_language_is_passed_over(cast: Cast, as_: As, language: str) -> None:
    assert "every language" in as_(cast.moderator).visit(f"{PAGE}?language={language}").main


def test_members_do_not_see_the_teams_numbers(cast: Cast, as_: As) -> None:
    assert as_(cast.member).get(PAGE).status == 404
