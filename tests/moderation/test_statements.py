"""Statements of reasons: all a member is owed on their page and in the mail, and nothing about them in the export."""

import csv
import email
import email.policy
import io
import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from sqlalchemy import text

from community.contributions.models import RevisionState
from community.kit import clock as moments
from community.kit import db as kit_db
from community.kit.languages import CODES
from community.moderation import actions, queries
from community.moderation.actions import log, reviews, statements
from community.moderation.models import (
    WINDOW,
    Act,
    Category,
    Gravity,
    Intent,
    Measure,
    Outcome,
    Rank,
    Sanction,
    Source,
)
from community.moderation.processing.statements import FIELDS, personal_marks, without_marks
from community.moderation.queries import statements as stated
from tests.cast import Cast, Person
from tests.conftest import As
from tests.factories.contributions import Factory, contribution, decision, revision, ruling
from tests.helpers.clock import StillClock
from tests.helpers.site import Site

EXPORT = "/moderation/statements"
WHY = "The second half sells trailers."
# The documentation of the transparency database's API, version 2: which values a field takes, and how long it may be.
EU = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"
COUNTRIES = {*EU.split(" "), "IS", "LI", "NO"}
CLOSED: dict[str, set[str]] = {
    "decision_visibility": {
        f"DECISION_VISIBILITY_{name}"
        for name in (
            *("CONTENT_REMOVED", "CONTENT_DISABLED", "CONTENT_DEMOTED", "CONTENT_AGE_RESTRICTED"),
            *("CONTENT_INTERACTION_RESTRICTED", "CONTENT_LABELLED", "OTHER"),
        )
    },
    "decision_provision": {
        f"DECISION_PROVISION_{extent}_{kind}"
        for extent in ("PARTIAL", "TOTAL")
        for kind in ("SUSPENSION", "TERMINATION")
    },
    "decision_account": {"DECISION_ACCOUNT_SUSPENDED", "DECISION_ACCOUNT_TERMINATED"},
    "decision_ground": {"DECISION_GROUND_ILLEGAL_CONTENT", "DECISION_GROUND_INCOMPATIBLE_CONTENT"},
    "category": {
        f"STATEMENT_CATEGORY_{name}"
        for name in (
            *("ANIMAL_WELFARE", "CONSUMER_INFORMATION", "CYBER_VIOLENCE", "CYBER_VIOLENCE_AGAINST_WOMEN"),
            *("DATA_PROTECTION_AND_PRIVACY_VIOLATIONS", "ILLEGAL_OR_HARMFUL_SPEECH"),
            *("INTELLECTUAL_PROPERTY_INFRINGEMENTS", "NEGATIVE_EFFECTS_ON_CIVIC_DISCOURSE_OR_ELECTIONS"),
            *("NOT_SPECIFIED_NOTICE", "OTHER_VIOLATION_TC", "PROTECTION_OF_MINORS", "RISK_FOR_PUBLIC_SECURITY"),
            *("SCAMS_AND_FRAUD", "SELF_HARM", "UNSAFE_AND_PROHIBITED_PRODUCTS", "VIOLENCE"),
        )
    },
    "content_type": {
        f"CONTENT_TYPE_{name}"
        for name in ("APP", "AUDIO", "IMAGE", "PRODUCT", "SYNTHETIC_MEDIA", "TEXT", "VIDEO", "OTHER")
    },
    "territorial_scope": COUNTRIES,
    "source_type": {
        "SOURCE_ARTICLE_16",
        "SOURCE_TRUSTED_FLAGGER",
        "SOURCE_TYPE_OTHER_NOTIFICATION",
        "SOURCE_VOLUNTARY",
    },
    "automated_detection": {"Yes", "No"},
    "automated_decision": {
        f"AUTOMATED_DECISION_{name}" for name in ("FULLY", "PARTIALLY", "NOT_AUTOMATED")
    },
}  # fmt: skip
LISTS = {"decision_visibility", "content_type", "territorial_scope"}
LONGEST = {
    "puid": 500,
    "decision_ground_reference_url": 500,
    "illegal_content_legal_ground": 500,
    "illegal_content_explanation": 2000,
    "incompatible_content_ground": 500,
    "incompatible_content_explanation": 2000,
    "content_type_other": 500,
    "decision_facts": 5000,
}
DATES = {
    "content_date": date(2000, 1, 1),
    "application_date": date(2020, 1, 1),
    "end_date_visibility_restriction": date(2020, 1, 1),
    "end_date_service_restriction": date(2020, 1, 1),
    "end_date_account_restriction": date(2020, 1, 1),
}
REQUIRED = {
    *("puid", "decision_ground", "category", "content_type", "content_date", "application_date"),
    *("decision_facts", "source_type", "automated_detection", "automated_decision", "territorial_scope"),
}
GROUNDS = {
    "DECISION_GROUND_ILLEGAL_CONTENT": {"illegal_content_legal_ground", "illegal_content_explanation"},
    "DECISION_GROUND_INCOMPATIBLE_CONTENT": {
        "incompatible_content_ground",
        "incompatible_content_explanation",
    },
}
Row = dict[str, Any]
Restrict = Callable[..., int]


def problems(row: Row) -> list[str]:
    """What the database would refuse of a statement."""
    found = [f"{name} is missing" for name in (REQUIRED | GROUNDS[row["decision_ground"]]) - set(row)]
    found += [f"{name} is unknown" for name in set(row) - {*CLOSED, *LONGEST, *DATES, "content_language"}]
    found += [f"{name} is too long" for name, most in LONGEST.items() if len(row.get(name, "")) > most]
    found += [
        f"{name} is {row[name]}" for name in set(CLOSED) & set(row) if not is_of_the_list(name, row[name])
    ]
    found += [f"{name} is {row[name]}" for name in set(DATES) & set(row) if not is_a_day(name, row[name])]
    if not {"decision_visibility", "decision_provision", "decision_account"} & set(row):
        found.append("nothing is restricted")
    if not re.fullmatch(r"[a-zA-Z0-9_-]+", row["puid"]):
        found.append("puid has other characters")
    if ("CONTENT_TYPE_OTHER" in row["content_type"]) is not ("content_type_other" in row):
        found.append("content_type_other goes with CONTENT_TYPE_OTHER")
    if not re.fullmatch(r"[A-Z]{2}", row.get("content_language", "EN")):
        found.append("content_language is not of ISO 639-1")
    return found


def is_of_the_list(name: str, given: Any) -> bool:
    """Lists are lists, with something in them; the others are one text."""
    if name in LISTS:
        return isinstance(given, list) and bool(given) and set(given) <= CLOSED[name]
    return isinstance(given, str) and given in CLOSED[name]


def is_a_day(name: str, given: str) -> bool:
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", given):
        return False
    return DATES[name] <= date.fromisoformat(given) <= date(2038, 1, 1)


@pytest.fixture
def restrict(db: Site, cast: Cast) -> Restrict:
    """A restriction in every detail; the decision's number."""

    def decide(number: int, outcome: Outcome, *, by: Person | None = None, **details: Any) -> int:
        on = RevisionState.WAITING if outcome is Outcome.REFUSE else RevisionState.LIVE
        with db.writing():
            thing, text = contribution(number), revision(number, on)
            given = replace(ruling(outcome, thing, text, WHY), **details)
            return actions.decide(thing, text, given, by=(by or cast.moderator).account()).id

    return decide


def exported(as_: As, person: Person, query: str = "") -> list[Row]:
    page = as_(person).get(f"{EXPORT}.json{query}")
    assert page.status == 200
    rows: list[Row] = json.loads(page.html)["statements"]
    return rows


def letter(site: Site, number: int = -1) -> EmailMessage:
    found = email.message_from_bytes(site.letters()[number].read_bytes(), policy=email.policy.default)
    assert isinstance(found, EmailMessage)
    return found


def words_of(message: EmailMessage) -> list[str]:
    """The text and the HTML of a letter, with single spaces."""
    parts = [message.get_body((kind,)) for kind in ("plain", "html")]
    return [" ".join(part.get_content().split()) for part in parts if part is not None]


def puid_of(db: Site, decision_id: int) -> str:
    return str(db.value("SELECT statement_puid FROM decision WHERE id = :id", id=decision_id))


ELEMENTS = {
    Outcome.REFUSE: "does not go live",
    Outcome.HIDE: "is out of sight",
    Outcome.LOCK: "The conversation under your text is closed",
}


@pytest.mark.parametrize("outcome", ELEMENTS)
def test_the_page_and_the_mail_say_everything(
    clock: StillClock, site: Site, cast: Cast, make: Factory, restrict: Restrict, as_: As, outcome: Outcome
) -> None:
    number = make.waiting_story() if outcome is Outcome.REFUSE else make.live_story()
    site.work()
    before = len(site.letters())
    made = restrict(number, outcome, facts="Four of seven paragraphs are an offer.")
    puid = puid_of(site, made)
    page = as_(cast.lan).visit(f"/contributions/{number}/status").follow("Statement of reasons")
    assert page.path == f"/statements/{puid}"
    site.work()
    assert len(site.letters()) == before + 1
    until = clock.moment + WINDOW
    for said in (page.main, *words_of(letter(site))):
        for element in (
            ELEMENTS[outcome],
            "From Mar 2, 2026",
            "without an end date",
            "European Economic Area",
            "Four of seven paragraphs are an offer.",
            "Our own look",
            "No machine found it.",
            "A person decided, not a machine.",
            "It breaks a clause of our guidelines:",
            "1.2 No advertising",
            "version 1",
            "No selling, no referral links",
            WHY,
            f"You can appeal until {until:%b} {until.day}, {until.year}",
            "Article 21",
            "the way to a court stays open",
        ):
            assert element in said
    assert page.has("a[href^='/appeals/']")
    assert f"/statements/{puid}" in words_of(letter(site))[0]
    assert letter(site)["To"].addresses[0].addr_spec == cast.lan.email


def test_it_is_in_the_members_language(
    site: Site, cast: Cast, make: Factory, restrict: Restrict, as_: As
) -> None:
    amal = cast.join("Amal Haddad", "JO", "ar")
    number = make.live_story(amal)
    site.work()
    restrict(number, Outcome.HIDE)
    site.work()
    assert site.value("SELECT language FROM statement") == "ar"
    text, html = words_of(letter(site))
    for said in (text, html, as_(amal).visit(f"/statements/{site.value('SELECT puid FROM statement')}").main):
        assert "لا إعلانات" in said
        assert "No advertising" not in said
    assert letter(site).get_body(("html",)).get_content().count('dir="rtl"') == 1  # type: ignore[union-attr]


def test_a_reported_text_says_so_and_never_by_whom(
    site: Site, cast: Cast, make: Factory, restrict: Restrict, as_: As
) -> None:
    number = make.live_story()
    made = restrict(number, Outcome.HIDE)
    puid = puid_of(site, made)
    with site.writing():
        unlocked(
            site,
            "statement",
            f"UPDATE statement SET source_type = '{Source.NOTICE}', automated_detection = true",
        )
    page = as_(cast.lan).visit(f"/statements/{puid}")
    assert "A report by somebody." in page.main
    assert "A check by machine held it up first." in page.main
    assert cast.moderator.display_name not in page.html


def unlocked(site: Site, table: str, statement: str) -> None:
    """Past the triggers that keep a table append-only."""
    if site.is_sqlite:
        kit_db.session.execute(text(f"DROP TRIGGER {table}_refuses_update"))
    else:
        kit_db.session.execute(text("SET LOCAL session_replication_role = replica"))
    kit_db.session.execute(text(statement))


def test_a_statement_is_read_by_whom_it_is_for_and_by_the_desk(
    site: Site, cast: Cast, make: Factory, restrict: Restrict, as_: As
) -> None:
    address = f"/statements/{puid_of(site, restrict(make.live_story(), Outcome.HIDE))}"
    assert as_(cast.lan).visit(address).status == 200
    desk = as_(cast.moderator).visit(address)
    assert desk.status == 200
    assert not desk.has("a[href^='/appeals/']")
    assert as_(cast.member).visit(address).status == 404
    for path in (address, "/statements/nothing"):
        assert as_(None).get(path).location.startswith("/account/login")
    assert as_(cast.lan).visit("/statements/nothing").status == 404
    assert as_(cast.lan).visit("/statements/x%00").status == 404


def test_what_was_undone_says_so_and_nobody_is_mailed(
    clock: StillClock, site: Site, cast: Cast, make: Factory, restrict: Restrict, as_: As
) -> None:
    number = make.live_story()
    site.work()
    before = len(site.letters())
    made = restrict(number, Outcome.HIDE)
    with site.writing():
        thing = contribution(number)
        actions.undo(decision(made), thing, revision(number, RevisionState.LIVE), by=cast.moderator.account())
    clock.advance(minutes=5)
    site.work()
    assert len(site.letters()) == before
    page = as_(cast.lan).visit(f"/statements/{puid_of(site, made)}")
    assert "taken back within seconds" in page.main
    assert not page.has("a[href^='/appeals/']")
    assert exported(as_, cast.moderator) == []
    assert not as_(cast.moderator).visit(EXPORT).has("table")


def test_the_window_for_an_appeal_closes(
    clock: StillClock, site: Site, cast: Cast, make: Factory, restrict: Restrict, as_: As
) -> None:
    address = f"/statements/{puid_of(site, restrict(make.live_story(), Outcome.HIDE))}"
    clock.advance(days=182)
    assert as_(cast.lan).visit(address).has("a[href^='/appeals/']")
    clock.advance(days=2)
    late = as_(cast.lan).visit(address)
    assert not late.has("a[href^='/appeals/']")
    assert "six months in which it could be appealed here are over" in late.main


def test_looking_and_leaving_alone_mails_nothing(site: Site, cast: Cast, make: Factory) -> None:
    number = make.live_story()
    site.work()
    before = len(site.letters())
    with site.writing():
        thing = contribution(number)
        live = revision(number, RevisionState.LIVE)
        reviews.open_for(live, thing, rank=Rank.AFTERWARDS, at=live.submitted_at or live.saved_at)
    make.decide(number, Outcome.KEEP, on=RevisionState.LIVE)
    site.work()
    assert len(site.letters()) == before


def test_every_restriction_that_stands_is_exported_once_and_as_documented(
    clock: StillClock, site: Site, cast: Cast, make: Factory, restrict: Restrict, as_: As
) -> None:
    illegal = clause_of_law(site)
    restrict(make.waiting_story(), Outcome.REFUSE)
    clock.advance(minutes=1)
    hidden = make.live_story()
    restrict(
        hidden, Outcome.HIDE, ground=illegal, legal_ground="Section 4 of the Road Act", facts="As reported."
    )
    clock.advance(minutes=1)
    locked = make.live_story()
    restrict(locked, Outcome.LOCK, explanation="x" * 2000, facts="y" * 5000)
    restrict(make.live_story(), Outcome.HIDE)
    last = site.value("SELECT max(id) FROM decision")
    with site.writing():
        gone = decision(last)
        actions.undo(
            gone,
            contribution(gone.contribution_id),
            revision(gone.contribution_id, RevisionState.LIVE),
            by=cast.moderator.account(),
        )
    rows = exported(as_, cast.moderator)
    standing = site.value(
        "SELECT count(*) FROM decision d WHERE statement_puid IS NOT NULL "
        "AND NOT EXISTS (SELECT 1 FROM decision u WHERE u.undoes_id = d.id)"
    )
    assert len(rows) == len({row["puid"] for row in rows}) == standing == 3
    assert [problems(row) for row in rows] == [[], [], []]
    assert [row["decision_visibility"] for row in rows] == [
        ["DECISION_VISIBILITY_CONTENT_INTERACTION_RESTRICTED"],
        ["DECISION_VISIBILITY_CONTENT_DISABLED"],
        ["DECISION_VISIBILITY_CONTENT_DISABLED"],
    ]
    law = rows[1]
    assert (law["decision_ground"], law["illegal_content_legal_ground"]) == (
        "DECISION_GROUND_ILLEGAL_CONTENT",
        "Section 4 of the Road Act",
    )
    contract = rows[2]
    assert contract["incompatible_content_ground"].startswith("1.2 No advertising (version 1)")
    assert contract["decision_ground_reference_url"] == "http://localhost/guidelines/clauses/1.2/1"
    assert (contract["content_language"], contract["application_date"]) == ("EN", "2026-03-02")
    assert set(contract["territorial_scope"]) == COUNTRIES
    assert (contract["source_type"], contract["automated_detection"]) == ("SOURCE_VOLUNTARY", "No")


def clause_of_law(site: Site) -> str:
    return str(site.value("SELECT min(number) FROM clause WHERE is_illegal AND ended_at IS NULL"))


def test_csv_has_the_same_rows(site: Site, cast: Cast, make: Factory, restrict: Restrict, as_: As) -> None:
    restrict(make.waiting_story(), Outcome.REFUSE, explanation='=SUM(A1:A9), and a "word"\nmore')
    restrict(make.live_story(), Outcome.LOCK)
    page = as_(cast.moderator).get(f"{EXPORT}.csv")
    assert page.response.mimetype == "text/csv"
    assert "attachment" in page.response.headers["Content-Disposition"]
    head, *lines = csv.reader(io.StringIO(page.html, newline=""))
    assert tuple(head) == FIELDS
    read = [
        {
            name: json.loads(cell) if name in LISTS else cell.removeprefix("'")
            for name, cell in zip(head, line, strict=True)
            if cell
        }
        for line in lines
    ]
    assert read == exported(as_, cast.moderator)
    assert any("'=SUM" in cell for line in lines for cell in line)


def test_batches_leave_nothing_out_and_nothing_double(
    clock: StillClock,
    site: Site,
    cast: Cast,
    make: Factory,
    restrict: Restrict,
    as_: As,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(stated, "BATCH", 2)
    made = [restrict(make.live_story(), Outcome.HIDE) for _ in range(5)]
    rows = exported(as_, cast.moderator)
    assert {row["puid"] for row in rows} == {puid_of(site, number) for number in made}
    assert len(rows) == 5


def test_nothing_in_the_export_leads_to_a_person(
    site: Site, cast: Cast, make: Factory, restrict: Restrict, as_: As
) -> None:
    number = make.live_story()
    words = (
        f"{cast.lan.display_name} (@{cast.lan.handle}, also {cast.lan.handle}) sells on "
        f"http://localhost/stories/{number}/over-the-pass and /stories/{number}/over-the-pass; "
        f"write to {cast.lan.email} or call +84 912 345 678. Nguyễn signed it."
    )
    restrict(number, Outcome.HIDE, explanation=words, facts="")
    (row,) = exported(as_, cast.moderator)
    assert problems(row) == []
    for kind in ("json", "csv"):
        given = as_(cast.moderator).get(f"{EXPORT}.{kind}").html
        for mark in (
            *(cast.lan.display_name, cast.lan.handle, cast.lan.email, "Nguyễn", "912 345", "over-the-pass"),
            *(cast.moderator.display_name, cast.moderator.handle, "/stories/"),
        ):
            assert mark not in given
        assert "sells on" in given
    assert not {"account_id", "contribution_id", "decision_id", "platform_name", "source_identity"} & set(row)


def test_a_members_sanction_is_exported_too(site: Site, cast: Cast, as_: As) -> None:
    suspend(site, cast)
    (row,) = exported(as_, cast.moderator)
    assert problems(row) == []
    assert row["decision_provision"] == "DECISION_PROVISION_PARTIAL_SUSPENSION"
    assert "decision_visibility" not in row
    assert (
        row["end_date_service_restriction"]
        == (date.fromisoformat(row["application_date"]) + timedelta(days=7)).isoformat()
    )
    assert (row["content_type"], row["content_type_other"]) == (["CONTENT_TYPE_OTHER"], "Account")


def suspend(site: Site, cast: Cast) -> str:
    """A week, for illegal content, which needs no warning before it."""
    with site.writing():
        clause = next(one for one in queries.clauses_in_force() if one.is_illegal)
        member, now, puid = cast.member.account(), moments.now(), statements.new_puid()
        line = log.append(Act.SUSPEND, kind="account", language="en", country=member.country)
        sanction = Sanction(
            account_id=member.id, by_id=cast.moderator.id, measure=Measure.SUSPENSION, clause_id=clause.id,
            ground=clause.number, is_illegal=True, legal_ground="Section 4", explanation="Threats.",
            facts="Three answers threaten a driver.", count=3, total=4, gravity=Gravity.GRAVE,
            intent=Intent.DELIBERATE, statement_puid=puid, log_number=line.number, created_at=now,
            ends_at=now + timedelta(days=7),
        )  # fmt: skip
        kit_db.session.add(sanction)
        kit_db.session.flush()
        statements.state_sanction(puid, sanction, member, clause)
        return puid


def test_a_suspended_member_reads_why_and_until_when(site: Site, cast: Cast, as_: As) -> None:
    page = as_(cast.member).visit(f"/statements/{suspend(site, cast)}")
    for said in (
        "Your account may not put words before others.",
        "It ends by itself.",
        "We hold it to be against the law:",
        "Section 4",
        "Three answers threaten a driver.",
    ):
        assert said in page.main
    assert page.has("a[href^='/appeals/']")


def test_an_export_covers_the_days_it_was_asked_for(
    clock: StillClock, site: Site, cast: Cast, make: Factory, restrict: Restrict, as_: As
) -> None:
    restrict(make.live_story(), Outcome.HIDE)
    clock.advance(days=40)
    restrict(make.live_story(), Outcome.LOCK)
    day = f"{clock.moment:%Y-%m-%d}"
    moderator = cast.moderator
    assert len(exported(as_, moderator)) == 2
    assert len(exported(as_, moderator, f"?from={day}")) == 1
    assert len(exported(as_, moderator, f"?from={day}&to={day}")) == 1
    assert len(exported(as_, moderator, "?from=2026-03-02&to=2026-03-02")) == 1
    assert len(exported(as_, moderator, "?to=2026-03-01")) == 0
    page = as_(moderator).visit(EXPORT)
    assert [[c.get_text().strip() for c in r.select("td")] for r in page.soup.select("tbody tr")] == [
        ["April 2026", "1"],
        ["March 2026", "1"],
    ]
    only = page.browser.visit(f"{EXPORT}?from={day}")
    assert "April 2026" in only.main
    assert "March 2026" not in only.main


@pytest.mark.parametrize(
    "query", ["?from=yesterday", "?from=2026-03-02&to=2026-03-01", "?to=0001-01-01", "?to=9999-12-31"]
)
def test_days_that_are_none_are_said_in_words(as_: As, cast: Cast, query: str) -> None:
    assert as_(cast.moderator).visit(f"{EXPORT}{query}").status == 422
    sent = as_(cast.moderator).get(f"{EXPORT}.csv{query}")
    assert sent.location == f"{EXPORT}{query}"


def test_only_the_desk_takes_them_away(as_: As, cast: Cast) -> None:
    for kind in ("", ".csv", ".json"):
        assert as_(cast.lan).visit(f"{EXPORT}{kind}").status == 404
        assert as_(cast.moderator).visit(f"{EXPORT}{kind}").status == 200


def test_every_category_and_language_of_ours_is_one_of_theirs() -> None:
    assert {category.value for category in Category} <= CLOSED["category"]
    assert all(re.fullmatch("[a-z]{2}", code) for code in CODES)
    assert set(statements.TERRITORY) == COUNTRIES


@pytest.mark.parametrize(
    "words",
    [
        "write to lan.nguyen+cars@example.co.uk now",
        "call +84 912 345 678",
        "call (0912) 345-678",
        "call ٠٧٩١٢٣٤٥٦٧",
        "see https://example.test/page?x=1",
        "see www.example.test",
        "it stands under /stories/12/over-the-pass",
        "says @lan-nguyen",
        "says Lan Nguyễn himself",
        "says LAN NGUYỄN himself",
        "says lan-nguyen himself",
        "says Nguyễn himself",
        "他叫王小明吗",
        "the car is WVWZZZ1JZXW000001",
        "pay to DE89 3704 0044 0532 0130 00",
        "on 2026-03-02 0912345678 was called",
    ],
)  # fmt: skip
def test_what_leads_to_a_person_is_found(words: str) -> None:
    names = ("Lan Nguyễn", "lan-nguyen", "王小明")
    assert personal_marks(words, names)
    assert personal_marks(without_marks(words, names), names) == []
    assert "[…]" in without_marks(words, names)


@pytest.mark.parametrize(
    "words",
    [
        "The second paragraph sells three cars.",
        "Sent on 2026-03-02, and again on 3.4.2026.",
        "It was driven 120.000 km between 2019-2024 and cost 15.000.000.",
        "Clause 1.2, version 3, at 14:30.",
        "Plan and land are words, and so is nguyen.",
        "",
    ],
)
def test_what_leads_to_nobody_is_left_alone(words: str) -> None:
    assert personal_marks(words, ("Lan Nguyễn", "lan-nguyễn", "A")) == []
    assert without_marks(words, ("Lan Nguyễn", "lan-nguyễn", "A")) == words
