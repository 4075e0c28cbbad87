"""The public log: what everybody can see of it, narrowed, followed, taken away and checked."""

import csv
import hashlib
import subprocess
import sys
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any
from typing import cast as seen_as
from xml.etree import ElementTree as ET

import pytest

from community.kit import db as database
from community.moderation.actions import log
from community.moderation.models import Act, Category, LogEntry, Outcome, Result, Source
from community.moderation.processing import download
from community.moderation.queries import public
from tests.cast import Cast
from tests.conftest import As
from tests.factories.contributions import Factory
from tests.helpers.browser import Page
from tests.helpers.clock import StillClock
from tests.helpers.site import Site
from tests.moderation.histories import invented

PLACE = {"kind": "story", "language": "vi", "country": "VN"}
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def four(site: Site, clock: StillClock) -> None:
    """Four lines, each of its own kind, an hour after midnight on four days from 2 March 2026."""
    clock.moment = clock.moment.replace(hour=1)
    for act, fields in (
        (Act.APPROVE, {"waited_seconds": 7_200, "source": Source.OWN_INITIATIVE}),
        (Act.REFUSE, {"ground": "1.2", "clause_version": 1, "category": Category.SCAMS, "language": "id"}),
        (Act.WARN, {"kind": "account", "country": "ZA", "ground": "2.1", "clause_version": 1}),
        (Act.UNDO, {"kind": "comment", "of_number": 2}),
    ):
        append(site, act, **fields)
        clock.advance(days=1)


def append(site: Site, act: Act, **fields: Any) -> int:
    with site.writing():
        return log.append(act, **{**PLACE, **fields}).number


def numbers(page: Page) -> list[int]:
    """Of the lines shown, first to last."""
    return [int(link.get_text().replace(",", "")) for link in page.soup.select("table.log tbody th a")]


def test_the_newest_line_is_first(four: None, as_: As) -> None:
    assert numbers(as_(None).visit("/transparency")) == [4, 3, 2, 1]


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("act=refuse", [2]),
        ("language=id", [2]),
        ("country=ZA", [3]),
        ("kind=comment", [4]),
        ("kind=account", [3]),
        ("clause=1.2", [2]),
        ("from=2026-03-04", [4, 3]),
        ("to=2026-03-03", [2, 1]),
        ("from=2026-03-03&to=2026-03-04", [3, 2]),
        ("from=2026-03-03&act=warn&country=ZA&clause=2.1", [3]),
        ("act=approve&language=id", []),
        ("from=2026-03-05&to=2026-03-02", []),
    ],
)
def test_the_log_can_be_narrowed(four: None, as_: As, query: str, shown: list[int]) -> None:
    assert numbers(as_(None).visit(f"/transparency?{query}")) == shown


@pytest.mark.parametrize(
    "query",
    [
        *("act=rob", "act=%00", "language=xx", "country=vn", "kind=car", "clause=9.9", "clause=%F0%9F%9A%97"),
        *("from=yesterday", "to=2026-13-45", "from=0001-01-01", "to=9999-12-31", "from=20260303T0000"),
        "whatever=1",
    ],
)
def test_what_is_unknown_is_passed_over(four: None, as_: As, query: str) -> None:
    page = as_(None).visit(f"/transparency?{query}")
    assert numbers(page) == [4, 3, 2, 1]
    assert not page.has(".log-choice[open]")


def test_the_form_narrows_and_keeps_what_was_chosen(four: None, cast: Cast, make: Factory, as_: As) -> None:
    make.waiting_story()
    page = as_(None).visit("/transparency").submit(".log-choice form", act="refuse", clause="1.2")
    assert numbers(page) == [2]
    chosen = page.form(".log-choice form").values()
    assert (chosen["act"], chosen["clause"]) == ("refuse", "1.2")
    assert "No such line" in page.submit(".log-choice form", act="warn").main


def test_pages_keep_the_filter_and_lose_no_line(site: Site, as_: As, clock: StillClock) -> None:
    invented(site, clock, seed=4, lines=200, days=30)
    wanted = [
        n for (n,) in site.rows("SELECT number FROM log_entry WHERE language = 'vi' ORDER BY number DESC")
    ]
    assert len(wanted) > public.LOG_PAGE
    page = as_(None).visit("/transparency?language=vi&from=2026-01-01")
    seen = numbers(page)
    while page.has("a[rel=next]"):
        page = page.follow("a[rel=next]")
        assert "language=vi" in page.path
        seen += numbers(page)
    assert seen == wanted


def test_a_search_for_what_is_rare_stops_and_goes_on(
    site: Site, as_: As, clock: StillClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    append(site, Act.CLOSE, kind="account")
    for _ in range(25):
        append(site, Act.APPROVE)
    monkeypatch.setattr(public, "MOST_SEARCHED", 10)
    page = as_(None).visit("/transparency?act=close")
    assert "down to line 17" in page.main
    page = page.follow("a[rel=next]").follow("a[rel=next]")
    assert numbers(page) == [1]
    assert not page.has("a[rel=next]")


def test_days_are_found_though_clocks_of_two_machines_differ(site: Site, as_: As, clock: StillClock) -> None:
    append(site, Act.APPROVE)
    clock.moment = clock.moment.replace(day=3, hour=0, minute=20)
    append(site, Act.RETURN)
    clock.advance(minutes=-40)  # the other machine's clock is behind: 2 March still
    append(site, Act.REFUSE, ground="1.2", clause_version=1)
    clock.advance(days=9)
    append(site, Act.KEEP)
    assert numbers(as_(None).visit("/transparency?to=2026-03-02")) == [3, 1]
    assert numbers(as_(None).visit("/transparency?from=2026-03-03&to=2026-03-03")) == [2]


def test_no_page_reads_more_of_a_longer_log(site: Site, as_: As, clock: StillClock) -> None:
    def cost(path: str) -> int:
        with site.count_queries() as counted:
            assert as_(None).get(path).status == 200
        assert not [one for one in counted.statements if "count(" in one.lower()]
        return len(counted.statements)

    append(site, Act.APPROVE)
    paths = [
        "/transparency?act=approve&from=2026-01-01&to=2027-01-01",
        "/transparency.atom",
        "/transparency/lines/1",
    ]
    before = [cost(path) for path in paths]
    for _ in range(60):
        append(site, Act.APPROVE)
    assert [cost(path) for path in paths] == before


def test_a_clause_that_changed_is_cited_as_it_was(site: Site, as_: As, clock: StillClock) -> None:
    append(site, Act.REFUSE, ground="1.2", clause_version=1)
    (old,) = site.rows("SELECT id, category, chapter FROM clause WHERE number = '1.2'")
    site.execute("UPDATE clause SET ended_at = in_force_at WHERE number = '1.2'")
    site.execute(
        "INSERT INTO clause (id, chapter, number, version, category, is_illegal, in_force_at) "
        "SELECT 9001, chapter, number, 2, category, is_illegal, in_force_at FROM clause WHERE id = :old",
        old=old[0],
    )
    site.execute(
        "INSERT INTO clause_text (clause_id, language, title, text) VALUES (9001, 'en', 'No adverts', 'None.')"
    )
    try:
        append(site, Act.REFUSE, ground="1.2", clause_version=2)
        new, before = as_(None).visit("/transparency").soup.select("table.log tbody tr")
        assert "1.2 No adverts" in new.get_text(" ", strip=True)
        assert "no longer" not in new.get_text()
        assert "1.2 No advertising" in before.get_text(" ", strip=True)
        assert "version 1, no longer in force" in before.get_text(" ", strip=True)
        path = str(before.select_one("td a")["href"])  # type: ignore[index]
        assert "No advertising" in as_(None).visit(path).main
    finally:
        site.execute("DELETE FROM clause_text WHERE clause_id = 9001")
        site.execute("DELETE FROM clause WHERE id = 9001")
        site.execute("UPDATE clause SET ended_at = NULL WHERE number = '1.2'")


def test_nobody_is_named(site: Site, cast: Cast, make: Factory, as_: As) -> None:
    number = make.refused_story()
    line = site.value("SELECT max(number) FROM log_entry")
    for path in ("/transparency", "/transparency.atom", "/transparency.csv", f"/transparency/lines/{line}"):
        words = as_(None).get(path).html
        for name in (cast.lan.display_name, cast.lan.handle, cast.moderator.display_name, "Over the pass"):
            assert name not in words
        assert f"/contributions/{number}" not in words


def test_what_was_decided_stands_there_at_once(cast: Cast, make: Factory, as_: As) -> None:
    number, visitor = make.waiting_story(), as_(None)
    assert "No decision yet" in visitor.visit("/transparency").main
    make.decide(number, Outcome.RETURN)  # which changes nothing that is public but the log
    assert numbers(visitor.visit("/transparency")) == [1]


def test_a_line_leads_to_what_it_is_about_and_what_followed(four: None, as_: As) -> None:
    undo = as_(None).visit("/transparency/lines/4")
    refused = undo.follow("It is about line 2")
    assert "1.2 No advertising" in refused.main
    assert refused.has("a[href='/transparency/lines/4']")
    assert "STATEMENT_CATEGORY_SCAMS_AND_FRAUD" in refused.main


def test_the_feed_is_atom_in_the_readers_language(site: Site, four: None, as_: As) -> None:
    answer = as_(None).get("/transparency.atom?ui=ar&act=refuse")
    assert answer.response.headers["Content-Type"].startswith("application/atom+xml")
    feed = ET.fromstring(answer.html)
    assert feed.attrib["{http://www.w3.org/XML/1998/namespace}lang"] == "ar"
    for name in ("id", "title", "updated", "author", "link"):
        assert feed.find(ATOM + name) is not None
    (entry,) = feed.findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}id") == "http://localhost/transparency/lines/2"
    assert entry.findtext(f"{ATOM}updated") == "2026-03-03T01:00:00+00:00"
    assert "إندونيسيا" in str(entry.findtext(f"{ATOM}title")) or "الإندونيسية" in str(
        entry.findtext(f"{ATOM}title")
    )
    own = next(link for link in feed.findall(f"{ATOM}link") if link.attrib["rel"] == "self")
    assert "ui=ar" in own.attrib["href"]
    assert "act=refuse" in own.attrib["href"]


def test_ids_of_the_feed_are_the_same_in_every_language(four: None, as_: As) -> None:
    ids = [
        [
            one.text
            for one in ET.fromstring(as_(None).get(f"/transparency.atom?ui={ui}").html).iter(f"{ATOM}id")
        ]
        for ui in ("en", "ar", "id")
    ]
    assert len(ids[0]) == len(set(ids[0])) == 5
    assert ids[0] == ids[1] == ids[2]


def test_an_empty_feed_is_a_feed(as_: As) -> None:
    assert ET.fromstring(as_(None).get("/transparency.atom").html).find(f"{ATOM}updated") is not None


def test_the_csv_has_every_column_of_every_line(site: Site, as_: As, clock: StillClock) -> None:
    invented(site, clock, seed=9, lines=30, days=20)
    rows = list(csv.DictReader(StringIO(as_(None).get("/transparency.csv").html)))
    assert list(rows[0]) == [*log.CHAINED, "hash"] == list(download.COLUMNS)
    stored = site.rows("SELECT number, act, of_number, hash FROM log_entry ORDER BY number")
    assert [(int(r["number"]), r["act"], r["of_number"], r["hash"]) for r in rows] == [
        (number, act, "" if of is None else str(of), said) for number, act, of, said in stored
    ]


def test_the_csv_can_be_narrowed(four: None, as_: As) -> None:
    rows = list(csv.DictReader(StringIO(as_(None).get("/transparency.csv?from=2026-03-04").html)))
    assert [row["number"] for row in rows] == ["3", "4"]


def test_the_csv_is_sent_while_it_is_read(
    site: Site, as_: As, clock: StillClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(download, "AT_ONCE", 5)
    with site.writing():
        for _ in range(50):
            log.append(Act.APPROVE, **PLACE)
    client = as_(None).client
    with site.count_queries() as counted:
        answer = client.get("/transparency.csv", base_url="http://localhost", buffered=False)
        parts = seen_as("Iterator[bytes]", iter(answer.response))
        assert next(parts).decode().startswith("number,created_at")
        next(parts)
        read = len([one for one in counted.statements if "BETWEEN" in one])
        rest = b"".join(parts)
        answer.close()
    assert read <= 2
    assert rest.decode().splitlines()[-1].startswith("50,")
    assert "public" not in answer.headers["Cache-Control"]


def test_who_reads_the_csv_slowly_keeps_no_transaction_open(
    site: Site, as_: As, clock: StillClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(download, "AT_ONCE", 2)
    for _ in range(6):
        append(site, Act.APPROVE)
    with site.app.test_request_context():
        parts = download.in_parts(public.EVERYTHING)
        next(parts)
        next(parts)
        assert not database.session().in_transaction()
        assert len(list(parts)) == 2


def test_the_script_on_the_page_checks_the_csv(
    site: Site, as_: As, clock: StillClock, tmp_path: Path
) -> None:
    invented(site, clock, seed=3, lines=40, days=20)
    page = as_(None).visit("/transparency/checking")
    script, log_csv = tmp_path / "check.py", tmp_path / "log.csv"
    script.write_text(page.soup.select("pre.script")[0].get_text(), "utf-8")
    log_csv.write_text(as_(None).get("/transparency.csv").html, "utf-8")

    def checked() -> tuple[int, str]:
        done = subprocess.run([sys.executable, script, log_csv], capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr

    lines, last = site.rows("SELECT number, hash FROM log_entry ORDER BY number DESC LIMIT 1")[0]
    assert checked() == (0, f"{lines} lines fit, last hash {last}\n")
    assert last in page.main
    good = log_csv.read_text("utf-8").splitlines()
    log_csv.write_text(
        "\n".join([*good[:7], good[7].replace(",approve,", ",refuse,") + "0", *good[8:]]), "utf-8"
    )
    assert checked() == (1, "line 7 does not fit\n")
    log_csv.write_text("\n".join([*good[:7], *good[8:]]), "utf-8")
    assert checked() == (1, "line 7 does not fit\n")


def test_a_hash_is_made_as_the_page_says(site: Site, clock: StillClock) -> None:
    append(site, Act.APPROVE)
    append(site, Act.ANSWER, result=Result.KEPT, waited_seconds=60, of_number=1)
    first = (
        '[1,"2026-03-02T09:00:00+00:00","approve","story","vi","VN",null,null,null,null,false,null,null,null]'
    )
    second = (
        '[2,"2026-03-02T09:00:00+00:00","answer","story","vi","VN",null,null,null,null,false,"kept",60,1]'
    )
    one = hashlib.sha256(f"\n{first}".encode()).hexdigest()
    two = hashlib.sha256(f"{one}\n{second}".encode()).hexdigest()
    assert site.rows("SELECT hash FROM log_entry ORDER BY number") == [(one,), (two,)]


def test_the_columns_of_the_csv_are_those_of_the_table() -> None:
    assert [column.name for column in LogEntry.__table__.columns] == list(download.COLUMNS)
