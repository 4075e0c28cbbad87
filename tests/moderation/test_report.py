"""The half-year report: every cell counted again by other code, and the same in HTML, JSON and CSV."""

import csv
from datetime import UTC, datetime
from io import StringIO
from typing import Any

import pytest

from community.moderation.actions import log
from community.moderation.models import Act, Category, Result, Source
from community.moderation.queries.counting import HalfYear
from tests.cast import Cast
from tests.conftest import As
from tests.factories.contributions import Factory
from tests.helpers.browser import Browser
from tests.helpers.clock import StillClock
from tests.helpers.site import Site
from tests.moderation import recount
from tests.moderation.histories import invented, lived

REPORTS = "/transparency/reports"
PLACE = {"kind": "story", "language": "vi", "country": "VN"}
Tables = dict[str, dict[str, dict[str, Any]]]


def told(browser: Browser, name: str) -> Tables:
    """The report's tables; HTML, JSON and CSV must tell the same."""
    tables: Tables = browser.get(f"{REPORTS}/{name}.json").json["tables"]
    as_csv: Tables = {}
    for line in csv.DictReader(StringIO(browser.get(f"{REPORTS}/{name}.csv").html)):
        assert line["half_year"] == name
        value = float(line["value"]) if line["value"] else None
        as_csv.setdefault(line["table"], {}).setdefault(line["row"], {})[line["column"]] = value
    assert as_csv == tables
    page = browser.get(f"{REPORTS}/{name}")
    in_html: Tables = {
        str(table["data-table"]): {
            str(row["data-row"]): {
                str(cell["data-column"]): float(str(cell.data["value"])) if cell.data else None
                for cell in row.select("td")
            }
            for row in table.select("tr[data-row]")
        }
        for table in page.soup.select("table[data-table]")
    }
    # A table in which nothing happened is a sentence in HTML.
    assert in_html == {key: rows for key, rows in tables.items() if len(rows) > 1}
    return tables


def counted_again(site: Site, name: str) -> Tables:
    return recount.recount(recount.read(site.rows(recount.QUESTION)), name)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_an_independent_recount_gives_every_cell(site: Site, as_: As, clock: StillClock, seed: int) -> None:
    clock.advance(days=20 * seed)
    invented(site, clock, seed=seed, lines=220, days=330)
    assert site.value("SELECT count(*) FROM log_entry") > 300
    halves = [row[0] for row in listed(as_(None))]
    assert halves[-1] == "2026-H1"
    assert len(halves) >= 2
    for name in halves:
        assert told(as_(None), name) == counted_again(site, name)


def test_a_recount_of_what_people_did_gives_every_cell(
    site: Site, cast: Cast, make: Factory, as_: As, clock: StillClock
) -> None:
    lived(site, cast, make, clock, seed=5, days=40)
    lived(site, cast, make, clock, seed=6, days=40)
    acts = {act for (act,) in site.rows("SELECT DISTINCT act FROM log_entry")}
    assert acts >= {
        "approve",
        "undo",
        "report",
        "answer",
        "reopen",
        "appeal",
        "uphold",
        "reverse",
        "warn",
        "lift",
    }
    for name, _words in listed(as_(None)):
        found = told(as_(None), name)
        assert found == counted_again(site, name)
        assert found["decisions"]["all"]["all"] > 0


def listed(browser: Browser) -> list[tuple[str, str]]:
    """The half-years the page offers: name and words."""
    links = browser.visit(REPORTS).soup.select("main .half-years a")
    return [(str(link["href"]).rpartition("/")[2], link.get_text(" ", strip=True)) for link in links]


def append(site: Site, act: Act, **fields: Any) -> int:
    with site.writing():
        return log.append(act, **{**PLACE, **fields}).number


def test_a_line_counts_in_the_half_year_in_which_it_was_written(
    site: Site, as_: As, clock: StillClock
) -> None:
    clock.moment = datetime(2026, 6, 30, 23, 59, 59, 999_999, tzinfo=UTC)
    append(site, Act.APPROVE)
    clock.moment = datetime(2026, 7, 1, tzinfo=UTC)
    append(site, Act.RETURN)
    assert [name for name, _ in listed(as_(None))] == ["2026-H2", "2026-H1"]
    first, second = told(as_(None), "2026-H1"), told(as_(None), "2026-H2")
    assert (first["decisions"]["all"]["approve"], first["decisions"]["all"]["all"]) == (1, 1)
    assert (second["decisions"]["all"]["return"], second["decisions"]["all"]["all"]) == (1, 1)
    assert list(second["months"]) == ["2026-07", "all"]


def test_what_is_undone_over_midnight_is_gone_from_the_half_year_it_was_in(
    site: Site, as_: As, clock: StillClock
) -> None:
    clock.moment = datetime(2026, 6, 30, 23, 59, 58, tzinfo=UTC)
    hidden = append(site, Act.HIDE, ground="1.2", clause_version=1, category=Category.SCAMS)
    assert told(as_(None), "2026-H1")["restrictions"]["all"]["all"] == 1
    clock.advance(seconds=5)
    append(site, Act.UNDO, of_number=hidden)
    assert told(as_(None), "2026-H1")["restrictions"]["all"]["all"] == 0
    assert told(as_(None), "2026-H2")["decisions"]["all"]["all"] == 0


def test_a_finished_half_year_never_changes_again(site: Site, as_: As, clock: StillClock) -> None:
    clock.moment = datetime(2026, 6, 30, 12, tzinfo=UTC)
    refused = append(site, Act.REFUSE, ground="1.2", clause_version=1)
    assert "2026-H1" in as_(None).visit(f"{REPORTS}/2026-H1").path
    assert as_(None).get(f"{REPORTS}/2026-H1.json").json["is_final"] is False
    clock.moment = datetime(2026, 7, 2, tzinfo=UTC)
    before = as_(None).get(f"{REPORTS}/2026-H1.json").json
    assert before["is_final"] is True
    append(site, Act.UNDO, of_number=refused)
    assert as_(None).get(f"{REPORTS}/2026-H1.json").json == before
    assert before["up_to_line"]["number"] == 1


def test_only_the_last_answer_of_a_report_counts(site: Site, as_: As, clock: StillClock) -> None:
    report = append(site, Act.REPORT, category=Category.SPEECH, source=Source.NOTICE)
    about = {"of_number": report, "category": Category.SPEECH}
    append(site, Act.ANSWER, result=Result.ACTED, waited_seconds=36_000, **about)
    append(site, Act.REOPEN, **about)
    row = told(as_(None), "2026-H1")["notices"][Category.SPEECH]
    assert (row["received"], row["answered"], row["median_hours"]) == (1, 0, None)
    append(site, Act.ANSWER, result=Result.KEPT, waited_seconds=7_200, **about)
    row = told(as_(None), "2026-H1")["notices"][Category.SPEECH]
    assert row == {"received": 1, "answered": 1, "acted": 0, "kept": 1, "gone": 0, "median_hours": 2.0}


def test_medians_of_odd_and_even_numbers(site: Site, as_: As, clock: StillClock) -> None:
    append(site, Act.APPROVE, waited_seconds=3_600, source=Source.OWN_INITIATIVE)
    append(site, Act.APPROVE, source=Source.OWN_INITIATIVE)
    append(site, Act.APPROVE, waited_seconds=36_000, source=Source.NOTICE)
    assert told(as_(None), "2026-H1")["languages"]["vi"]["median_hours"] == 5.5
    append(site, Act.APPROVE, waited_seconds=18_000, language="id")
    tables = told(as_(None), "2026-H1")
    assert tables["languages"]["all"]["median_hours"] == 5.0
    assert tables["sources"]["none"]["median_hours"] == 5.0
    assert tables["sources"][Source.NOTICE]["median_hours"] == 10.0


@pytest.mark.parametrize(
    "path", ["2026-H3", "2026-h1", "2026-H1x", "99999H1", "1969-H1", "２０２６-H1", "2031-H1", "2026-H1.xml"]
)
def test_what_is_no_half_year_with_lines_is_not_there(
    site: Site, as_: As, clock: StillClock, path: str
) -> None:
    append(site, Act.APPROVE)
    assert as_(None).get(f"{REPORTS}/{path}").status == 404
    assert as_(None).get(f"{REPORTS}/{path}.json").status == 404


def test_before_the_first_line_there_is_nothing_to_report(as_: As) -> None:
    assert "Nothing to report yet" in as_(None).visit(REPORTS).main


def test_a_chart_stands_beside_its_table_with_words_for_those_who_do_not_see_it(
    site: Site, as_: As, clock: StillClock
) -> None:
    append(
        site,
        Act.REFUSE,
        ground="1.2",
        clause_version=1,
        category=Category.SCAMS,
        source=Source.OWN_INITIATIVE,
    )
    page = as_(None).visit(f"{REPORTS}/2026-H1")
    charts = page.soup.select("svg.chart")
    assert charts
    for chart in charts:
        assert chart["role"] == "img"
        named = [page.soup.select_one(f"#{one}") for one in str(chart["aria-labelledby"]).split()]
        assert all(one is not None and one.get_text(strip=True) for one in named)
        assert chart.find_next("table") is not None
    assert len({str(one["id"]) for one in page.soup.select("[id]")}) == len(page.soup.select("[id]"))
    arabic = as_(None).visit(f"{REPORTS}/2026-H1?ui=ar")
    bar, mirrored = (p.soup.select("svg.chart rect.chart-mark")[0] for p in (page, arabic))
    assert bar["x"] != mirrored["x"]


def test_the_same_log_is_counted_once(site: Site, as_: As, clock: StillClock) -> None:
    append(site, Act.APPROVE)
    told(as_(None), "2026-H1")
    with site.count_queries() as counted:
        as_(None).get(f"{REPORTS}/2026-H1.json?again=1")
    assert not [one for one in counted.statements if "GROUP BY" in one]
    append(site, Act.APPROVE)
    assert told(as_(None), "2026-H1")["decisions"]["all"]["approve"] == 2


@pytest.mark.parametrize(
    ("moment", "name"),
    [
        (datetime(2026, 1, 1, tzinfo=UTC), "2026-H1"),
        (datetime(2026, 6, 30, 23, 59, tzinfo=UTC), "2026-H1"),
        (datetime(2026, 12, 31, 23, tzinfo=UTC), "2026-H2"),
    ],
)
def test_half_years_have_names(moment: datetime, name: str) -> None:
    half = HalfYear.of(moment)
    assert str(half) == name
    assert HalfYear.read(name) == half
    assert half.begins <= moment < half.ends
