"""Warnings, suspensions and closed accounts, from the desk's form to the day they end."""

from collections.abc import Callable
from email import message_from_bytes, policy
from threading import Barrier, Thread

import pytest
from sqlalchemy.exc import DatabaseError

from community.accounts import actions as accounts
from community.accounts.models import Purpose
from community.contributions.models import RevisionState
from community.kit.db import session
from community.kit.errors import Forbidden, Invalid
from community.moderation import queries
from community.moderation.actions import log, sanctions
from community.moderation.actions.sanctions import Charge
from community.moderation.models import LogEntry, Measure, Outcome
from community.policy.permissions import Standing
from tests.cast import PASSWORD, Cast, Person
from tests.conftest import As
from tests.factories.contributions import Factory
from tests.helpers.browser import Page
from tests.helpers.clock import StillClock
from tests.helpers.site import Site

WORDS = "Three of your answers called others names. Please stop."
FORM = "form#sanction"
COMMENT_FORM = "main form[action$='/comments']"
SANCTIONS = "SELECT count(*) FROM sanction"
Impose = Callable[..., int]
Reach = Callable[..., Page]


@pytest.fixture
def impose(db: Site, cast: Cast) -> Impose:
    """Through the action; the sanction's number."""

    def imposed(
        measure: Measure = Measure.WARNING,
        *,
        on: Person | None = None,
        by: Person | None = None,
        ground: str = "1.2",
        **changes: object,
    ) -> int:
        given = {"days": 3 if measure is Measure.SUSPENSION else None, "explanation": WORDS, **changes}
        who, whom = by or (cast.admin if measure is Measure.CLOSURE else cast.moderator), on or cast.lan
        with db.writing():
            charge = Charge(measure=measure, ground=ground, **given)  # type: ignore[arg-type]
            return sanctions.impose(whom.account(), charge, by=who.account()).id

    return imposed


@pytest.fixture
def send(as_: As, cast: Cast) -> Reach:
    """Through the form on the member's page."""

    def sent(measure: str, *, by: Person | None = None, on: Person | None = None, **changes: object) -> Page:
        desk = as_(by or cast.moderator).choose_language("en")
        page = desk.visit(f"/moderation/members/{(on or cast.lan).handle}")
        given = {"ground": "1.2", "explanation": WORDS, "gravity": "serious", "intent": "careless", **changes}
        return page.submit(FORM, measure=measure, **given)

    return sent


def standing(db: Site, person: Person) -> Standing:
    with db.reading():
        return person.account().standing


def may_post(as_: As, person: Person, story: int) -> bool:
    return as_(person).get(f"/contributions/{story}/comments").status == 200


def test_a_warned_member_reads_and_cannot_post_until_they_have_acknowledged_it(
    db: Site, cast: Cast, make: Factory, as_: As, send: Reach
) -> None:
    story, browser = make.live_story(by=cast.member), as_(cast.lan)
    assert send("warning").path == f"/moderation/members/{cast.lan.handle}"
    refused = browser.post(
        f"/contributions/{story}/comments", {"form_id": "a-form-1", "body": "Hi", "language": "en"}
    )
    assert refused.status == 403
    assert refused.has("main a[href='/account/standing']")
    assert "warning for you" in refused.main
    for path in ("/", f"/stories/{story}/over-the-pass", "/me/stories"):
        assert browser.visit(path).has(".notices a[href='/account/standing']")
    page = browser.visit(path).follow(".notices a")
    assert WORDS in page.main
    assert not page.has(".notices a[href='/account/standing']")
    after = page.submit("form[action='/account/standing']")
    assert "Thank you" in after.text
    assert not after.has("form[action='/account/standing']")
    assert WORDS in after.main
    assert browser.visit(f"/contributions/{story}/comments").status == 200
    assert standing(db, cast.lan) is Standing.WARNED
    assert not browser.visit("/").has(".notices")


def test_a_warning_that_came_while_another_was_read_is_not_acknowledged_with_it(
    db: Site, cast: Cast, as_: As, impose: Impose
) -> None:
    impose()
    page = as_(cast.lan).visit("/account/standing")
    impose(explanation="And another thing.")
    after = page.submit("form[action='/account/standing']")
    assert after.has("form[action='/account/standing']")
    assert db.value("SELECT count(*) FROM sanction WHERE acknowledged_at IS NULL") == 1


def test_a_suspension_ends_by_itself_when_it_should(
    cast: Cast, make: Factory, as_: As, send: Reach, clock: StillClock, impose: Impose, db: Site
) -> None:
    story = make.live_story(by=cast.member)
    impose()
    as_(cast.lan).visit("/account/standing").submit("form[action='/account/standing']")
    send("suspension", days="3")
    words = {"form_id": "a-form-of-lan", "body": "I am back.", "language": "en"}
    clock.advance(days=2, hours=23)
    assert as_(cast.lan).post(f"/contributions/{story}/comments", words).status == 403
    assert standing(db, cast.lan) is Standing.SUSPENDED
    clock.advance(hours=1, seconds=1)
    assert as_(cast.lan).post(f"/contributions/{story}/comments", words).status == 302
    assert standing(db, cast.lan) is Standing.WARNED
    clock.advance(days=181)
    assert standing(db, cast.lan) is Standing.GOOD


def test_a_suspended_member_reads_keeps_drafts_and_finds_the_way_to_appeal(
    cast: Cast, make: Factory, as_: As, impose: Impose
) -> None:
    story = make.live_story(by=cast.member)
    impose()
    impose(Measure.SUSPENSION)
    browser = as_(cast.lan)
    assert browser.visit(f"/stories/{story}/over-the-pass").status == 200
    kept = browser.visit("/stories/new").submit(
        "main form", title="A road", body="Told later.", action="save"
    )
    assert kept.status == 200
    page = browser.visit("/account/standing")
    assert page.follow("#imposed ~ article a[href^='/appeals/']").status == 200


@pytest.mark.parametrize("measure", ["suspension", "closure"])
def test_more_than_a_warning_needs_an_earlier_one_in_the_form_the_action_and_the_database(
    db: Site, cast: Cast, send: Reach, impose: Impose, measure: str
) -> None:
    by = cast.admin
    page = send(measure, days="7", by=by)
    assert page.status == 422
    assert "Warn this member first" in page.main
    assert page.form(FORM).values()["explanation"] == WORDS
    with pytest.raises(Invalid):
        impose(Measure(measure), by=by)
    assert db.value(SANCTIONS) == 0
    warned = impose(by=by)
    impose(Measure(measure), by=by)
    with pytest.raises(DatabaseError, match="ck_sanction_warned_before"):
        db.execute(f"UPDATE sanction SET after_id = NULL WHERE measure = '{measure}'")
    assert db.value("SELECT after_id FROM sanction WHERE id <> :id", id=warned) == warned


def test_a_warning_that_was_taken_back_is_no_earlier_warning(
    db: Site, cast: Cast, as_: As, impose: Impose
) -> None:
    number = impose()
    page = as_(cast.other_moderator).visit(f"/moderation/members/{cast.lan.handle}")
    page.submit(f"form#lift-{number}", explanation="It was somebody else.")
    assert standing(db, cast.lan) is Standing.GOOD
    with pytest.raises(Invalid):
        impose(Measure.SUSPENSION)


def test_illegal_content_needs_no_warning_but_the_law(
    db: Site, cast: Cast, send: Reach, clock: StillClock
) -> None:
    illegal = db.value("SELECT number FROM clause WHERE is_illegal AND ended_at IS NULL ORDER BY id LIMIT 1")
    page = send("suspension", days="30", ground=illegal)
    assert page.status == 422
    assert "Name the law" in page.main
    send("suspension", days="30", ground=illegal, legal_ground="Section 130 of the Criminal Code")
    ((ground, law, category),) = db.rows("SELECT decision_ground, legal_ground, category FROM statement")
    assert (ground, law) == ("DECISION_GROUND_ILLEGAL_CONTENT", "Section 130 of the Criminal Code")
    assert category == db.value(
        "SELECT category FROM clause WHERE number = :n AND ended_at IS NULL", n=illegal
    )
    assert standing(db, cast.lan) is Standing.SUSPENDED


@pytest.mark.parametrize("days", ["", "0", "366", "-3", "seven"])
def test_a_suspension_has_from_one_to_365_days(db: Site, impose: Impose, send: Reach, days: str) -> None:
    impose()
    assert send("suspension", days=days).status == 422
    assert db.value(SANCTIONS) == 1


@pytest.mark.parametrize("left_out", ["ground", "explanation", "measure", "gravity", "intent"])
def test_nothing_of_a_sanction_may_be_left_out_and_nothing_typed_is_lost(
    db: Site, send: Reach, left_out: str
) -> None:
    empty = None if left_out in ("measure", "gravity", "intent") else ""
    page = send(**{"measure": "warning", "facts": "What happened.", left_out: empty})
    assert page.status == 422
    assert page.form(FORM).values()["facts"] == "What happened."
    assert db.value(SANCTIONS) == 0


@pytest.mark.parametrize(("field", "most"), [("explanation", 2000), ("facts", 5000), ("legal_ground", 500)])
def test_every_field_has_its_length(db: Site, send: Reach, field: str, most: int) -> None:
    assert send("warning", **{field: "x" * (most + 1)}).status == 422
    assert send("warning", **{field: "x" * most}).status == 200
    assert db.value(SANCTIONS) == 1


def test_the_factors_are_counted_and_a_friendly_word_is_not_a_strike(
    db: Site, cast: Cast, make: Factory, impose: Impose, clock: StillClock
) -> None:
    make.refused_story()
    clock.advance(days=91)
    for _ in range(3):
        make.returned_story()
    make.refused_story()
    make.hidden_story()
    undone = make.hidden_story()
    make.decide(undone, Outcome.RESTORE, on=RevisionState.LIVE)
    make.live_story()
    make.draft_story()
    impose()
    assert db.rows("SELECT count, total FROM sanction") == [(2, 7)]


def test_what_was_sent_long_ago_and_hidden_now_counts_on_both_sides(
    db: Site, make: Factory, impose: Impose, clock: StillClock
) -> None:
    story = make.live_story()
    clock.advance(days=91)
    make.decide(story, Outcome.HIDE, on=RevisionState.LIVE)
    impose()
    assert db.rows("SELECT count, total FROM sanction") == [(1, 1)]


def test_what_may_be_typed_does_not_change_what_is_counted(
    db: Site, cast: Cast, make: Factory, as_: As
) -> None:
    make.refused_story()
    fields = {
        "form_id": "typed-by-hand", "measure": "warning", "ground": "1.2", "explanation": WORDS,
        "gravity": "minor", "intent": "unknown", "count": "99", "total": "100",
    }  # fmt: skip
    as_(cast.moderator).post(f"/moderation/members/{cast.lan.handle}/sanctions", fields)
    assert db.rows("SELECT count, total FROM sanction") == [(1, 1)]


def test_every_restriction_has_one_statement_and_a_warning_none(
    db: Site, cast: Cast, make: Factory, impose: Impose
) -> None:
    make.refused_story()
    impose()
    impose(Measure.SUSPENSION)
    impose(Measure.CLOSURE)
    restrictions = db.value("SELECT count(*) FROM decision WHERE outcome IN ('refuse', 'hide', 'lock')")
    restrictions += db.value("SELECT count(*) FROM sanction WHERE measure <> 'warning'")
    assert db.value("SELECT count(*) FROM statement") == restrictions == 3
    rows = db.rows(
        "SELECT s.measure, t.decision_provision, t.decision_account, t.end_date = s.ends_at, t.reason, "
        "t.decision_facts, t.source_type, t.language FROM sanction s JOIN statement t ON t.puid = s.statement_puid "
        "WHERE t.sanction_id = s.id ORDER BY s.id"
    )
    said = (WORDS, WORDS, "VOLUNTARY", "en")
    suspended, closed = rows
    assert suspended == ("suspension", "DECISION_PROVISION_PARTIAL_SUSPENSION", None, True, *said)
    assert closed == ("closure", None, "DECISION_ACCOUNT_TERMINATED", None, *said)
    for broken in (
        "statement_puid = NULL WHERE measure <> 'warning'",
        "statement_puid = 'x' WHERE measure = 'warning'",
    ):
        with pytest.raises(DatabaseError, match="restriction_has_statement"):
            db.execute(f"UPDATE sanction SET {broken}")


def test_every_act_is_a_line_of_the_chained_log_without_a_name(db: Site, cast: Cast, impose: Impose) -> None:
    warned = impose()
    impose(Measure.SUSPENSION)
    impose(Measure.CLOSURE)
    with db.writing():
        found = queries.members.sanction(warned)
        assert found is not None
        sanctions.lift(found, by=cast.admin.account(), explanation="Not you.")
    lines = db.rows("SELECT act, kind, country, language, ground, of_number FROM log_entry ORDER BY number")
    about = ("account", "VN", "en")
    assert lines == [
        ("warn", *about, "1.2", None),
        ("suspend", *about, "1.2", None),
        ("close", *about, "1.2", None),
        ("lift", *about, None, 1),
    ]
    assert db.rows("SELECT log_number FROM sanction ORDER BY id") == [(1,), (2,), (3,)]
    with db.reading():
        before = ""
        for number in range(1, 5):
            entry = session.get_one(LogEntry, number)
            assert entry.hash == log.digest(before, entry)
            before = entry.hash


def test_of_two_suspensions_the_later_end_counts_and_a_second_never_shortens(
    db: Site, cast: Cast, impose: Impose, clock: StillClock
) -> None:
    impose()
    long = impose(Measure.SUSPENSION, days=30)
    short = impose(Measure.SUSPENSION, days=3, explanation="Once more.")
    clock.advance(days=4)
    assert standing(db, cast.lan) is Standing.SUSPENDED
    lift(db, long, cast.moderator)
    assert standing(db, cast.lan) is Standing.WARNED
    longer = impose(Measure.SUSPENSION, days=90, explanation="And again.")
    lift(db, short, cast.moderator)
    clock.advance(days=89)
    assert standing(db, cast.lan) is Standing.SUSPENDED
    lift(db, longer, cast.moderator)
    assert standing(db, cast.lan) is Standing.WARNED


def test_lifting_twice_is_lifting_once(db: Site, cast: Cast, impose: Impose) -> None:
    number = impose()
    for person in (cast.moderator, cast.other_moderator):
        lift(db, number, person)
    assert db.rows("SELECT lifted_by_id FROM sanction") == [(cast.moderator.id,)]
    assert db.value("SELECT count(*) FROM log_entry WHERE act = 'lift'") == 1


def test_an_appeals_reversal_writes_no_line_and_no_mail_of_its_own(
    db: Site, cast: Cast, impose: Impose
) -> None:
    number = impose()
    db.work()
    lift(db, number, cast.other_moderator, log=False)
    assert standing(db, cast.lan) is Standing.GOOD
    assert db.work() == 0
    assert db.value("SELECT count(*) FROM log_entry WHERE act = 'lift'") == 0


def lift(db: Site, number: int, by: Person, *, log: bool = True) -> None:
    with db.writing():
        found = queries.members.sanction(number)
        assert found is not None
        sanctions.lift(found, by=by.account(), explanation="It is enough.", log=log)


@pytest.mark.parametrize(
    ("by", "on", "status"),
    [
        ("moderator", "other_moderator", 403),
        ("moderator", "admin", 403),
        ("moderator", "moderator", 403),
        ("admin", "moderator", 302),
        ("admin", "admin", 403),
        ("moderator", "member", 302),
        ("lan", "member", 404),
    ],
)
def test_whom_one_may_sanction(db: Site, cast: Cast, as_: As, by: str, on: str, status: int) -> None:
    fields = {
        "form_id": "a-sanction-here", "measure": "warning", "ground": "1.2", "explanation": WORDS,
        "gravity": "minor", "intent": "unknown",
    }  # fmt: skip
    path = f"/moderation/members/{getattr(cast, on).handle}/sanctions"
    assert as_(getattr(cast, by)).post(path, fields).status == status
    assert db.value(SANCTIONS) == (1 if status == 302 else 0)


def test_only_an_admin_closes_an_account(db: Site, cast: Cast, as_: As, send: Reach, impose: Impose) -> None:
    impose()
    page = as_(cast.moderator).visit(f"/moderation/members/{cast.lan.handle}")
    assert not page.has("[name=measure][value=closure]")
    assert send("closure").status == 422
    with pytest.raises(Forbidden):
        impose(Measure.CLOSURE, by=cast.moderator)
    assert db.value(SANCTIONS) == 1
    send("closure", by=cast.admin)
    assert standing(db, cast.lan) is Standing.CLOSED
    number = db.value("SELECT max(id) FROM sanction")
    assert (
        as_(cast.moderator).post(f"/moderation/sanctions/{number}/lift", {"explanation": "No."}).status == 403
    )


def test_a_closed_account_is_signed_out_at_once_and_cannot_come_back_in(
    db: Site, cast: Cast, as_: As, impose: Impose, clock: StillClock
) -> None:
    open_browser, other = as_(cast.lan), as_(cast.lan)
    with db.writing():
        token = accounts.issue(cast.lan.account(), Purpose.RECOVER)
    impose()
    impose(Measure.CLOSURE)
    assert db.value("SELECT count(*) FROM sign_in WHERE account_id = :id", id=cast.lan.id) == 0
    assert open_browser.visit("/me/stories").path.startswith("/account/login")
    assert not other.visit("/").has("form[action='/account/logout']")
    refused = as_(None).sign_in(cast.lan)
    assert refused.status == 422
    assert "closed since March 2, 2026" in refused.main
    assert "appeal" in refused.main
    wrong = as_(None).sign_in(cast.lan, "not the password of lan")
    assert "closed" not in wrong.main
    db.work()
    before = len(db.letters())
    as_(None).visit("/account/recover").submit(email=cast.lan.email)
    db.work()
    assert len(db.letters()) == before
    page = as_(None).post(f"/account/recover/{token}", {"password": "eleven roads lead to the sea"})
    assert page.status == 410
    assert as_(None).sign_in(cast.lan, PASSWORD).status == 422


def test_a_session_opened_in_the_moment_of_the_closing_is_worth_nothing(
    cast: Cast, as_: As, impose: Impose
) -> None:
    impose()
    impose(Measure.CLOSURE)
    assert as_(cast.lan).visit("/me/stories").path.startswith("/account/login")


def test_lifting_the_closing_opens_the_account_again(db: Site, cast: Cast, as_: As, impose: Impose) -> None:
    warned = impose()
    lift(db, impose(Measure.CLOSURE), cast.admin)
    assert standing(db, cast.lan) is Standing.WARNED
    assert as_(None).sign_in(cast.lan).path == "/me/stories"
    lift(db, warned, cast.admin)
    assert standing(db, cast.lan) is Standing.GOOD


def test_the_command_that_closes_an_account_ends_its_sessions(db: Site, cast: Cast, as_: As) -> None:
    browser = as_(cast.lan)
    done = db.app.test_cli_runner().invoke(
        args=["accounts", "change", cast.lan.handle, "--standing", "closed"]
    )
    assert done.exit_code == 0, done.output
    assert browser.visit("/me/stories").path.startswith("/account/login")
    refused = as_(None).sign_in(cast.lan)
    assert "This account is closed." in refused.main


def test_a_sanctioned_moderator_gives_their_claims_back(
    db: Site, cast: Cast, make: Factory, impose: Impose
) -> None:
    story = make.waiting_story()
    db.execute(
        "UPDATE review SET claimed_by_id = :id, claimed_until = opened_at WHERE contribution_id = :story",
        id=cast.moderator.id,
        story=story,
    )
    impose(on=cast.moderator, by=cast.admin)
    impose(Measure.SUSPENSION, on=cast.moderator, by=cast.admin)
    assert db.value("SELECT count(*) FROM review WHERE claimed_by_id IS NOT NULL") == 0


@pytest.mark.parametrize("measure", [Measure.WARNING, Measure.SUSPENSION, Measure.CLOSURE])
def test_the_mail_says_what_until_when_why_and_how_to_appeal(
    db: Site, cast: Cast, as_: As, impose: Impose, clock: StillClock, measure: Measure
) -> None:
    rani = cast.join("Rani Wijaya", "ID", "id")
    if measure is not Measure.WARNING:
        impose(on=rani)
        db.work()
    impose(measure, on=rani, facts="Written thrice.", ground="1.2")
    db.work()
    letter = message_from_bytes(db.letters()[-1].read_bytes(), policy=policy.default)
    text = letter.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    html = letter.get_body(("html",)).get_content()  # type: ignore[union-attr]
    (title,) = db.rows(
        "SELECT w.title FROM clause_text w JOIN clause c ON c.id = w.clause_id "
        "WHERE c.number = '1.2' AND w.language = 'id' AND c.ended_at IS NULL"
    )[0]
    assert letter["To"] == rani.email
    assert letter["Content-Language"] == "id"
    for body in (text, html):
        for said in (WORDS, "Written thrice.", f"1.2 {title}", "/appeals/", "2022/2065"):
            assert said in body
        assert ("5 Mar 2026" in body) is (measure is Measure.SUSPENSION)
        assert ("/statements/" in body) is (measure is not Measure.WARNING)
    address = next(line for line in text.splitlines() if "/appeals/" in line).strip()
    assert as_(None).visit(address.removeprefix("http://localhost")).status == 200


def test_a_mail_that_left_is_written_down_and_one_that_failed_is_not(
    db: Site, cast: Cast, impose: Impose, monkeypatch: pytest.MonkeyPatch
) -> None:
    impose()
    folder = db.instance / "mail"
    folder.write_text("no folder")
    assert db.work() == 1
    assert db.value("SELECT count(*) FROM sent_mail") == 0
    assert db.value("SELECT count(*) FROM job") == 1
    folder.unlink()
    db.execute("UPDATE job SET due_at = created_at")
    db.work()
    assert db.rows("SELECT account_id, kind, subject FROM sent_mail") == [
        (cast.lan.id, "moderation/sanctioned", "A warning for you")
    ]
    assert db.value("SELECT count(*) FROM job") == 0


def test_the_same_form_sent_twice_is_one_sanction(db: Site, cast: Cast, as_: As) -> None:
    form = as_(cast.moderator).visit(f"/moderation/members/{cast.lan.handle}").form(FORM)
    given = {
        "measure": "warning",
        "ground": "1.2",
        "explanation": WORDS,
        "gravity": "minor",
        "intent": "unknown",
    }
    for _ in range(2):
        assert form.send(**given).status == 302
    assert db.value(SANCTIONS) == 1
    assert db.value("SELECT count(*) FROM job WHERE kind = 'mail.sanctioned'") == 1


def test_two_moderators_at_once_leave_the_longer_suspension(db: Site, cast: Cast, impose: Impose) -> None:
    impose()
    start, other, failures = Barrier(2), cast.other_moderator, []

    def suspend(by: Person, days: int) -> None:
        start.wait()
        try:
            impose(Measure.SUSPENSION, by=by, days=days)
        except Exception as error:  # noqa: BLE001 - told by the assertion below
            failures.append(error)

    threads = [Thread(target=suspend, args=pair) for pair in ((cast.moderator, 90), (other, 3))]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert not failures
    assert db.value("SELECT count(*) FROM sanction WHERE measure = 'suspension'") == 2
    assert db.value(
        "SELECT account.suspended_until = (SELECT max(ends_at) FROM sanction) FROM account WHERE id = :id",
        id=cast.lan.id,
    )


def test_the_database_holds_no_sanction_against_oneself_or_without_words(db: Site, impose: Impose) -> None:
    impose()
    for change, name in (
        ("by_id = account_id", "not_own"),
        ("explanation = '  '", "has_reasons"),
        ("count = total + 1", "share_possible"),
        ("ends_at = created_at", "suspension_has_end"),
    ):
        with pytest.raises(DatabaseError, match=f"ck_sanction_{name}"):
            db.execute(f"UPDATE sanction SET {change}")
