"""Appeals (Article 20 of the DSA) as those see them whom a decision concerns: with a token, signed in or not."""

import pytest

from community.contributions.models import RevisionState
from community.moderation.access import appeals as access
from community.moderation.models import Measure, Outcome
from community.moderation.queries import appeals as queries
from community.policy.permissions import Standing
from tests.cast import Cast
from tests.conftest import As
from tests.factories.contributions import Factory, decision, wording
from tests.helpers.clock import StillClock
from tests.helpers.site import Site
from tests.moderation.appealing import (
    WHY,
    appeal_link,
    appealed,
    letters_to,
    log,
    path_of,
    report,
    sanction,
    words_of,
)

OPENED = "SELECT count(*) FROM appeal"


# Who may, and how they get there


@pytest.mark.parametrize("outcome", [Outcome.REFUSE, Outcome.HIDE, Outcome.LOCK])
def test_an_author_appeals_from_the_page_where_their_text_stands(
    site: Site, cast: Cast, make: Factory, as_: As, outcome: Outcome
) -> None:
    number = make.waiting_story() if outcome is Outcome.REFUSE else make.live_story()
    on = RevisionState.WAITING if outcome is Outcome.REFUSE else RevisionState.LIVE
    made = make.decide(number, outcome, on=on)
    page = as_(cast.lan).visit(f"/contributions/{number}/status").follow("Appeal")
    assert page.status == 200
    after = page.submit("main form", message=WHY)
    assert "Your appeal is being looked at" in after.main
    assert WHY in after.main
    opened = (
        "SELECT decision_id, report_id, appellant_id, first_by_id, language, country, decided_at FROM appeal"
    )
    assert site.rows(opened) == [(made, None, cast.lan.id, cast.moderator.id, "en", "VN", None)]
    assert as_(cast.lan).visit(f"/contributions/{number}/status").follow("Your appeal").path == after.path


def test_an_appeal_is_a_line_of_the_log_that_names_the_line_it_is_against(
    site: Site, cast: Cast, make: Factory, as_: As
) -> None:
    number = make.decide(make.waiting_story(), Outcome.REFUSE)
    appealed(as_(cast.lan), path_of(site, number))
    first = site.value("SELECT log_number FROM decision WHERE id = :id", id=number)
    (line,) = site.rows(
        "SELECT number, kind, language, country, of_number FROM log_entry WHERE act = 'appeal'"
    )
    assert line[1:] == ("story", "en", "VN", first)
    assert site.value("SELECT log_number FROM appeal") == line[0]


def test_the_mail_of_a_refusal_leads_to_the_appeal(site: Site, cast: Cast, make: Factory, as_: As) -> None:
    make.decide(make.waiting_story(), Outcome.REFUSE)
    told = letters_to(site, cast.lan.email)[-1]
    assert "Answer this mail" not in words_of(told)
    assert "court" in words_of(told)
    # Not signed in: the token is enough.
    page = appealed(as_(None), appeal_link(told))
    assert "Your appeal is being looked at" in page.main
    receipt = letters_to(site, cast.lan.email)[-1]
    assert receipt["Subject"] == "Your appeal is with us"
    assert appeal_link(receipt) == page.path
    assert WHY not in words_of(receipt)


def test_a_decision_that_takes_nothing_away_cannot_be_appealed(
    site: Site, cast: Cast, make: Factory, as_: As
) -> None:
    number = make.waiting_story()
    approved = make.decide(number)
    assert as_(cast.lan).get(path_of(site, approved)).status == 404
    assert not as_(cast.lan).visit(f"/contributions/{number}/status").has("a[href*='/appeals/']")


@pytest.mark.parametrize("token", ["nonsense", "WyJkZWNpc2lvbiIsMV0.AAAA", "%00", "x" * 3000])
def test_a_token_the_site_did_not_sign_leads_nowhere(make: Factory, as_: As, token: str) -> None:
    make.decide(make.waiting_story(), Outcome.REFUSE)
    assert as_(None).get(f"/appeals/{token}").status == 404
    assert as_(None).post(f"/appeals/{token}", {"message": WHY}).status == 404


def test_a_token_of_another_kind_or_for_nothing_leads_nowhere(site: Site, make: Factory, as_: As) -> None:
    number = make.decide(make.waiting_story(), Outcome.REFUSE)
    with site.app.test_request_context():
        wrong = decision(number)
        path = f"/appeals/{access.token_for_report(wrong)}"  # type: ignore[arg-type]
    assert as_(None).get(path).status == 404


def test_a_warned_member_appeals_the_warning(site: Site, cast: Cast, as_: As) -> None:
    path = sanction(site, cast.member, cast.moderator)
    assert "Warning" in as_(None).visit(path).main
    appealed(as_(None), path)
    found = "SELECT appellant_id, first_by_id, decision_id, country FROM appeal"
    assert site.rows(found) == [(cast.member.id, cast.moderator.id, None, "ZA")]
    assert site.value("SELECT kind FROM log_entry WHERE act = 'appeal'") == "account"


def test_somebody_whose_account_is_closed_appeals_without_signing_in(site: Site, cast: Cast, as_: As) -> None:
    sanction(site, cast.member, cast.moderator)
    path = sanction(site, cast.member, cast.admin, Measure.CLOSURE)
    assert "Your appeal is being looked at" in appealed(as_(None), path).main
    assert letters_to(site, cast.member.email)[-1]["Subject"] == "Your appeal is with us"


def test_a_reporter_without_an_account_appeals_what_came_of_the_report(
    site: Site, make: Factory, as_: As, clock: StillClock
) -> None:
    number = make.live_story()
    path = report(site, number)
    waiting = as_(None).visit(path)
    assert "has not been answered yet" in waiting.main
    assert not waiting.has("main form")
    kept = make.decide(number, Outcome.KEEP, on=RevisionState.LIVE)
    assert not as_(None).visit(path).has("main form"), "nobody is told before it can no longer be undone"
    clock.advance(seconds=10)
    assert appeal_link(letters_to(site, "ann@example.test")[-1]) == path
    assert "Your appeal is being looked at" in appealed(as_(None), path).main
    assert site.rows("SELECT decision_id, appellant_id FROM appeal") == [(kept, None)]
    assert letters_to(site, "ann@example.test")[-1]["Subject"] == "Your appeal is with us"


def test_a_reporter_is_not_shown_what_was_said_to_the_author(
    site: Site, cast: Cast, make: Factory, as_: As, clock: StillClock
) -> None:
    number = make.live_story()
    path = report(site, number, cast.member)
    make.decide(number, Outcome.HIDE, on=RevisionState.LIVE, explanation="For Lan alone.")
    clock.advance(minutes=1)
    page = as_(cast.member).visit(path)
    assert page.has("main form")
    assert "For Lan alone." not in page.main
    assert wording().body not in page.main


def test_a_report_whose_text_was_taken_away_has_no_decision_to_appeal(
    site: Site, cast: Cast, make: Factory, as_: As, clock: StillClock
) -> None:
    number = make.live_story()
    path = report(site, number)
    as_(cast.lan).visit(f"/contributions/{number}/withdrawal").submit("main form")
    clock.advance(minutes=1)
    page = as_(None).visit(path)
    assert "no decision to appeal" in page.main
    assert not page.has("main form")


# Six months


@pytest.mark.parametrize(("days", "is_accepted"), [(0, True), (182, True), (184, False), (400, False)])
@pytest.mark.parametrize("who", ["author", "member", "reporter"])
def test_there_are_six_months(
    site: Site, cast: Cast, make: Factory, as_: As, clock: StillClock, who: str, days: int, is_accepted: bool
) -> None:
    number = make.live_story()
    if who == "author":
        path = path_of(site, make.decide(number, Outcome.HIDE, on=RevisionState.LIVE))
    elif who == "member":
        path = sanction(site, cast.member, cast.moderator)
    else:
        path = report(site, number)
        clock.advance(days=100)
        make.decide(number, Outcome.KEEP, on=RevisionState.LIVE)
    clock.advance(days=days, minutes=1)
    browser = as_(None)
    assert browser.visit(path).has("main form") is is_accepted
    page = browser.post(path, {"message": WHY})
    assert page.status == (302 if is_accepted else 409)
    assert site.value(OPENED) == int(is_accepted)
    if not is_accepted:
        assert "Six months have passed" in page.main
        assert WHY in page.main, "what was typed can still be copied"
        assert "court" in page.main


def test_the_last_moment_is_the_one_the_page_names(
    site: Site, cast: Cast, make: Factory, as_: As, clock: StillClock
) -> None:
    path = path_of(site, make.decide(make.waiting_story(), Outcome.REFUSE))
    assert "until September 1, 2026" in as_(None).visit(path).main
    clock.advance(days=183, seconds=-1)
    assert as_(None).visit(path).has("main form")
    clock.advance(seconds=1)
    assert not as_(None).visit(path).has("main form")


def test_what_was_appealed_in_time_stays_readable_and_open_after_six_months(
    site: Site, cast: Cast, make: Factory, as_: As, clock: StillClock
) -> None:
    path = path_of(site, make.decide(make.waiting_story(), Outcome.REFUSE))
    appealed(as_(None), path)
    clock.advance(days=300)
    assert "Another word" in as_(None).visit(path).submit("main form", message="Another word").main


def test_the_author_can_read_a_hidden_text_until_the_window_closes(
    site: Site, cast: Cast, make: Factory, as_: As, clock: StillClock
) -> None:
    number = make.live_story()
    path = path_of(site, make.decide(number, Outcome.HIDE, on=RevisionState.LIVE))
    clock.advance(days=182)
    assert "Hải Vân" in as_(cast.lan).visit(f"/contributions/{number}/status").main
    assert "Hải Vân" in as_(None).visit(path).main


# One appeal


def test_the_same_form_sent_twice_is_one_appeal(site: Site, make: Factory, as_: As) -> None:
    path = path_of(site, make.decide(make.waiting_story(), Outcome.REFUSE))
    browser = as_(None)
    form = browser.visit(path).form("main form")
    assert [form.send(message=WHY).status for _ in range(2)] == [302, 302]
    assert site.value(OPENED) == 1
    assert site.value("SELECT count(*) FROM appeal_message") == 1
    assert log(site).count("appeal") == 1


def test_a_second_appeal_is_told_of_the_first_and_keeps_its_text(site: Site, make: Factory, as_: As) -> None:
    path = path_of(site, make.decide(make.waiting_story(), Outcome.REFUSE))
    form = as_(None).visit(path).form("main form")
    form.send(message=WHY)
    page = form.send(message="And another thing.")
    assert page.status == 409
    assert page.form("main form").values()["message"] == "And another thing."
    assert "And another thing." in page.submit("main form").main
    assert site.value(OPENED) == 1


def test_the_database_holds_that_an_act_is_appealed_once(
    site: Site, cast: Cast, make: Factory, as_: As, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two at once: the second looked before the first had written."""
    path = path_of(site, make.decide(make.waiting_story(), Outcome.REFUSE))
    looked = queries._appeal_of
    appealed(as_(None), path)
    blind = iter([None])
    monkeypatch.setattr(queries, "_appeal_of", lambda *of: next(blind, looked(*of)))
    page = as_(None).post(path, {"message": WHY})
    assert page.status == 302
    assert site.value(OPENED) == 1


def test_the_author_and_the_reporter_each_have_their_own_appeal(
    site: Site, cast: Cast, make: Factory, as_: As, clock: StillClock
) -> None:
    number = make.live_story()
    reporters = [report(site, number), report(site, number, cast.member)]
    made = make.decide(number, Outcome.HIDE, on=RevisionState.LIVE)
    clock.advance(minutes=1)
    for path in [path_of(site, made), *reporters]:
        appealed(as_(None), path)
    assert site.value(OPENED) == 3


@pytest.mark.parametrize(
    ("message", "says"), [("", "Write something"), (" \u200b\n", "Write something"), ("x" * 4001, "4,000")]
)
def test_an_appeal_needs_words_and_not_too_many(
    site: Site, make: Factory, as_: As, message: str, says: str
) -> None:
    path = path_of(site, make.decide(make.waiting_story(), Outcome.REFUSE))
    page = as_(None).visit(path).submit("main form", message=message)
    assert page.status == 422
    assert says.replace(",", "") in page.main.replace(",", "")
    assert site.value(OPENED) == 0
    appealed(as_(None), path, "x" * 4000)
    assert site.value(OPENED) == 1


def test_a_decision_undone_leaves_nothing_to_appeal(
    site: Site, cast: Cast, make: Factory, as_: As, clock: StillClock
) -> None:
    number = make.live_story()
    made = make.decide(number, Outcome.HIDE, on=RevisionState.LIVE)
    path = path_of(site, made)
    site.execute(
        "INSERT INTO decision (contribution_id, revision_id, revision_number, version, kind, language, country,"
        " author_id, by_id, outcome, explanation, undoes_id, created_at)"
        " SELECT contribution_id, revision_id, revision_number, version + 1, kind, language, country,"
        " author_id, by_id, 'undo', '', id, created_at FROM decision WHERE id = :id",
        id=made,
    )
    page = as_(None).visit(path)
    assert "taken back" in page.main
    assert as_(None).post(path, {"message": WHY}).status == 409
    assert not as_(cast.lan).visit(f"/contributions/{number}/status").has("a[href*='/appeals/']")


# The dialogue


def test_an_appellant_adds_to_the_appeal_while_it_is_open(site: Site, make: Factory, as_: As) -> None:
    path = path_of(site, make.decide(make.waiting_story(), Outcome.REFUSE))
    browser = as_(None)
    appealed(browser, path)
    form = browser.visit(path).form("main form")
    assert [form.send(message="I found the source.").status for _ in range(2)] == [302, 302]
    assert browser.visit(path).main.count("I found the source.") == 1
    assert site.value("SELECT count(*) FROM appeal_message") == 2


def test_twenty_messages_an_hour_are_enough(site: Site, make: Factory, as_: As, clock: StillClock) -> None:
    path = path_of(site, make.decide(make.waiting_story(), Outcome.REFUSE))
    browser = as_(None)
    appealed(browser, path)
    for number in range(20):
        assert browser.post(f"{path}/messages", {"message": f"Word {number}"}).status == 302
    page = browser.post(f"{path}/messages", {"message": "One more"})
    assert page.status == 429
    assert "One more" in page.html
    clock.advance(hours=1, seconds=1)
    assert browser.post(f"{path}/messages", {"message": "One more"}).status == 302


def test_a_message_needs_an_appeal(site: Site, make: Factory, as_: As) -> None:
    path = path_of(site, make.decide(make.waiting_story(), Outcome.REFUSE))
    assert as_(None).post(f"{path}/messages", {"message": WHY}).status == 404


def test_a_suspended_author_may_appeal(site: Site, cast: Cast, make: Factory, as_: As) -> None:
    path = path_of(site, make.decide(make.waiting_story(), Outcome.REFUSE))
    cast.give(cast.lan, standing=Standing.SUSPENDED)
    assert "Your appeal is being looked at" in appealed(as_(cast.lan), path).main
