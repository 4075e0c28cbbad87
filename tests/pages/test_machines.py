"""What machines ask: health, readiness, figures, robots."""

from tests.cast import Cast
from tests.conftest import As
from tests.factories.contributions import Factory
from tests.helpers.clock import StillClock
from tests.helpers.site import Site


def figures(as_: As) -> dict[str, float]:
    page = as_(None).get("/metrics")
    assert page.response.content_type.startswith("text/plain")
    pairs = (line.split() for line in page.html.splitlines() if line and not line.startswith("#"))
    return {name: float(value) for name, value in pairs}


def test_figures_are_those_of_the_database(site: Site, make: Factory, as_: As, clock: StillClock) -> None:
    make.waiting_story()
    clock.advance(minutes=90)
    make.waiting_story()
    make.live_story()
    assert figures(as_) == {
        "community_waiting_revisions": 2,
        "community_oldest_waiting_seconds": 90 * 60,
        "community_jobs_due": 1,
        "community_jobs_failed": 0,
    }


def test_alive_asks_nothing_of_the_database_but_its_pulse(site: Site, as_: As) -> None:
    with site.count_queries() as counted:
        assert as_(None).get("/healthz").json == {"status": "alive"}
    assert counted.statements == []


def test_robots_stay_out_of_private_places(as_: As) -> None:
    words = as_(None).get("/robots.txt").html
    for place in ("/account/", "/moderation", "/me/"):
        assert f"Disallow: {place}" in words


def test_the_public_log_pages_to_its_end(cast: Cast, make: Factory, as_: As) -> None:
    for _ in range(52):
        make.decide(make.waiting_story())
    page, seen = as_(None).visit("/transparency"), 0
    while True:
        seen += len(page.soup.select("main tbody tr")) or len(page.soup.select("main li"))
        more = page.soup.select_one("main a[href*='after=']")
        if more is None:
            break
        page = as_(None).visit(str(more["href"]))
    assert seen == 52
