"""Reports (Article 16 of the DSA) as they are made: by members and by people who are not signed in."""

import re

import pytest

from community.contributions.models import RevisionState
from community.moderation.actions import reports
from community.moderation.models import Outcome, Reason
from tests.cast import Cast
from tests.conftest import As
from tests.factories.contributions import Factory, revision, wording
from tests.helpers.clock import StillClock
from tests.helpers.reports import GIVEN, OF_A_MEMBER, letters_to, opened, reference, reported, words_of
from tests.helpers.site import Site


def rows(site: Site) -> int:
    return int(site.value("SELECT count(*) FROM report"))


def live(site: Site, number: int) -> int:
    with site.reading():
        return revision(number, RevisionState.LIVE).id


def edit(make: Factory, number: int) -> None:
    make.edit_waiting(number, wording(body="Other words about another pass, long enough to be read twice."))
    make.decide(number)


# Who may, and with what


def test_a_visitor_reports_in_arabic_from_the_storys_own_page(site: Site, make: Factory, as_: As) -> None:
    number = make.live_story()
    page = as_(None).visit(f"/stories/{number}?ui=ar").follow('.story-foot a[href$="/reports"]')
    assert (page.status, page.language) == (200, "ar")
    assert page.has("html[dir=rtl]")
    assert page.has(f'#address[value$="/contributions/{number}"]')
    receipt = page.submit(**GIVEN)
    assert (receipt.status, receipt.language) == (200, "ar")
    (letter,) = letters_to(site, "ann@example.test")
    assert letter["Content-Language"] == "ar"
    assert reference(receipt) in letter["Subject"]
    (path,) = re.findall(r"http://localhost(/reports/\S+)", words_of(letter))
    assert reference(as_(None).visit(path)) == reference(receipt)


def test_an_answer_in_a_conversation_is_reported_like_a_story(cast: Cast, make: Factory, as_: As) -> None:
    number = make.live_story()
    said = make.comment(number)
    page = as_(None).visit(f"/stories/{number}").follow(f"#comment-{said} a[href$='/reports']")
    assert page.path == f"/contributions/{said}/reports"
    assert "I know this road." in page.main
    assert reference(page.submit(**GIVEN))


def test_nobody_is_offered_to_report_their_own(cast: Cast, make: Factory, as_: As) -> None:
    number = make.live_story()
    said = make.comment(number, cast.member)
    for person, story, comment in (
        (cast.lan, 0, 1),
        (cast.member, 1, 0),
        (None, 1, 1),
        (cast.suspended, 1, 1),
    ):
        page = as_(person).visit(f"/stories/{number}")
        assert len(page.soup.select(".story-foot a[href$='/reports']")) == story
        assert len(page.soup.select(f"#comment-{said} a[href$='/reports']")) == comment


def test_what_is_not_public_or_ones_own_cannot_be_reported(cast: Cast, make: Factory, as_: As) -> None:
    number = make.live_story()
    hidden, waiting = make.hidden_story(), make.waiting_story()
    for person, thing in ((None, hidden), (None, waiting), (None, 999_999), (cast.lan, number)):
        assert as_(person).get(f"/contributions/{thing}/reports").status == 404
        assert as_(person).post(f"/contributions/{thing}/reports", GIVEN).status == 404
    assert as_(cast.suspended).get(f"/contributions/{number}/reports").status == 200


def test_hidden_while_it_was_being_reported(site: Site, make: Factory, as_: As) -> None:
    number = make.live_story()
    page = opened(as_(None), number)
    make.decide(number, Outcome.HIDE, on=RevisionState.LIVE)
    answer = page.submit(**GIVEN)
    assert answer.status == 404
    assert GIVEN["explanation"] in answer.main
    assert rows(site) == 0


def test_the_fields_are_those_of_the_contract(cast: Cast, make: Factory, as_: As) -> None:
    number = make.live_story()
    hidden = {"csrf_token", "form_id", "revision"}
    assert opened(as_(None), number).form("main form").names() == hidden | set(GIVEN)
    assert opened(as_(cast.member), number).form("main form").names() == hidden | set(OF_A_MEMBER)


def test_a_members_account_stands_for_them(site: Site, cast: Cast, make: Factory, as_: As) -> None:
    number = make.live_story()
    page = opened(as_(cast.member), number)
    own = page.form("main form").values()
    smuggled = {**own, **OF_A_MEMBER, "name": "Lan", "email": "x@y.test"}
    assert page.browser.send(f"/contributions/{number}/reports", list(smuggled.items())).status == 302
    assert site.rows("SELECT reporter_id, reporter_key, name, email FROM report") == [
        (cast.member.id, f"account:{cast.member.id}", "", "")
    ]
    (letter,) = letters_to(site, cast.member.email)
    assert cast.member.display_name in words_of(letter)


@pytest.mark.parametrize("missing", GIVEN)
def test_each_field_is_needed_and_nothing_typed_is_lost(
    site: Site, make: Factory, as_: As, missing: str
) -> None:
    page = reported(
        as_, make.live_story(), None, **{missing: None if missing in ("reason", "good_faith") else "  "}
    )
    assert page.status == 422
    assert page.has(f'.errors a[href="#{missing}"]')
    assert page.has(".field-error")
    kept = page.form("main form").values()
    assert {name: kept[name] for name in GIVEN if name != missing} == {
        name: value for name, value in GIVEN.items() if name != missing
    }
    assert rows(site) == 0


@pytest.mark.parametrize("name", ["explanation", "name"])
def test_what_cannot_be_seen_is_not_an_answer(site: Site, make: Factory, as_: As, name: str) -> None:
    assert reported(as_, make.live_story(), None, **{name: "\u200b \u2060"}).status == 422
    assert rows(site) == 0


@pytest.mark.parametrize(
    ("field", "most"), [("explanation", 4_000), ("name", 120)], ids=["explanation", "name"]
)
def test_texts_have_their_length(site: Site, make: Factory, as_: As, field: str, most: int) -> None:
    number = make.live_story()
    page = reported(as_, number, None, **{field: "ก" * (most + 1)})
    assert page.status == 422
    assert page.form("main form").values()[field] == "ก" * (most + 1)
    assert reference(page.submit(**{field: "ก" * most}))


@pytest.mark.parametrize(
    "email", ["ann", "ann@", "@example.test", "a b@example.test", "a@b@c.test", f"{'x' * 250}@example.test"]
)
def test_an_address_that_is_none_is_said_beside_the_field(
    site: Site, make: Factory, as_: As, email: str
) -> None:
    page = reported(as_, make.live_story(), email=email)
    assert page.status == 422
    assert page.has('[name=email][aria-invalid="true"]')
    assert rows(site) == 0


@pytest.mark.parametrize("nasty", ["a\0b", "a\ufffeb", "\x1b[31m", "e" + "\u0301" * 40])
@pytest.mark.parametrize(
    "field", ["explanation", "name", "email", "reason", "revision", "form_id", "good_faith"]
)
def test_anything_at_all_is_answered(make: Factory, as_: As, field: str, nasty: str) -> None:
    page = opened(as_(None), make.live_story())
    sent = {**page.form("main form").values(), **GIVEN, field: nasty}
    answer = page.browser.send(page.path, list(sent.items()))
    assert answer.status in (302, 422)


def test_for_a_child_nobody_need_say_who_they_are(site: Site, make: Factory, as_: As) -> None:
    page = reported(as_, make.live_story(), reason="child_safety", name="", email="")
    assert reference(page)
    assert "keep the address of this page" in page.main
    assert site.value("SELECT reporter_key FROM report").startswith("address:")
    assert "127.0.0.1" not in site.value("SELECT reporter_key FROM report")
    site.work()
    assert not [f for f in site.letters() if b"Report" in f.read_bytes()]


def test_for_a_child_a_wrong_address_is_still_said(make: Factory, as_: As) -> None:
    assert reported(as_, make.live_story(), reason="child_safety", name="", email="nonsense").status == 422


# Repeats


def test_the_same_form_sent_twice_is_one_report(site: Site, make: Factory, as_: As) -> None:
    page = opened(as_(None), make.live_story())
    first, second = page.submit(**GIVEN), page.submit(**GIVEN)
    assert first.path == second.path
    assert rows(site) == 1
    assert site.value("SELECT count(*) FROM log_entry WHERE act = 'report'") == 1
    assert len(letters_to(site, "ann@example.test")) == 1


@pytest.mark.parametrize("is_member", [True, False])
def test_a_repeat_is_refused_kindly_until_the_text_has_changed(
    site: Site, cast: Cast, make: Factory, as_: As, is_member: bool
) -> None:
    number, person = make.live_story(), cast.member if is_member else None
    first = reference(reported(as_, number, person))
    again = reported(as_, number, person, explanation="Once more.")
    assert again.status == 409
    assert first in again.main
    assert again.form("main form").values()["explanation"] == "Once more."
    assert rows(site) == 1
    assert reference(reported(as_, number, person, reason="hate"))
    edit(make, number)
    assert reference(reported(as_, number, person))
    assert rows(site) == 3


def test_an_answered_report_is_not_taken_in_again_before_an_edit(cast: Cast, make: Factory, as_: As) -> None:
    number = make.live_story()
    reported(as_, number, cast.member)
    make.decide(number, Outcome.KEEP, on=RevisionState.LIVE)
    assert reported(as_, number, cast.member).status == 409


def test_an_address_is_one_however_it_is_written(make: Factory, as_: As) -> None:
    number = make.live_story()
    reported(as_, number)
    assert reported(as_, number, email=" Ann@EXAMPLE.test ").status == 409


def test_guessing_an_address_does_not_tell_who_reported(make: Factory, as_: As) -> None:
    """An author, signed out and at home, tries the address of whom they suspect."""
    number = make.live_story()
    first = reference(reported(as_, number))
    elsewhere = as_(None)
    elsewhere.client.environ_base["REMOTE_ADDR"] = "192.0.2.7"
    guessed = opened(elsewhere, number).submit(**GIVEN)
    assert guessed.status == 200
    assert reference(guessed) != first


def test_a_reference_that_is_taken_is_made_anew(
    site: Site, cast: Cast, make: Factory, as_: As, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reports, "_reference", lambda *seed: f"R-2222-222{int(seed[-1]) + 2}")
    number = make.live_story()
    reported(as_, number, cast.member)
    assert reported(as_, number, cast.other_moderator).status == 200
    assert site.rows("SELECT reference FROM report ORDER BY id") == [("R-2222-2222",), ("R-2222-2223",)]


# What it is about


def test_every_reason_has_its_category_and_its_words(site: Site, make: Factory, as_: As) -> None:
    number = make.live_story()
    page = opened(as_(None), number)
    offered = set(Reason) - {Reason.MISTRANSLATION}
    assert {o["value"] for o in page.soup.select("[name=reason]")} == offered
    for reason in offered:
        assert reference(reported(as_, number, reason=reason.value))
    assert site.value("SELECT count(*) FROM log_entry WHERE act = 'report' AND category IS NULL") == 0
    assert site.value("SELECT report_count FROM review WHERE closed_at IS NULL") == len(offered)


def test_a_report_is_about_the_text_its_reporter_had_before_them(site: Site, make: Factory, as_: As) -> None:
    number = make.live_story()
    first, page = live(site, number), opened(as_(None), number)
    edit(make, number)
    page.submit(**GIVEN)
    assert site.value("SELECT revision_id FROM report") == first
    assert site.value("SELECT revision_id FROM review WHERE closed_at IS NULL") == first


@pytest.mark.parametrize("seen", ["", "0", "3", "99", "-1", "x", "9" * 30, "١"])
def test_a_number_that_was_never_public_means_the_live_text(
    site: Site, make: Factory, as_: As, seen: str
) -> None:
    number = make.live_story()
    edit(make, number)
    make.edit_waiting(number, wording(body="A third text that nobody but its author has read so far."))
    reported(as_, number, revision=seen)
    assert site.value("SELECT revision_id FROM report") == live(site, number)


# Bad input and too much of it


def test_the_twenty_first_in_an_hour_is_told_how_to_go_on(
    site: Site, cast: Cast, make: Factory, as_: As, clock: StillClock
) -> None:
    story = make.live_story()
    numbers = [make.comment(story, cast.lan, f"Answer {n} of many on this road.") for n in range(21)]
    for number in numbers[:20]:
        assert reported(as_, number, email="").status == 422  # a slip costs nothing
        assert reported(as_, number).status == 200
        clock.advance(seconds=10)
    refused = reported(as_, numbers[20])
    assert refused.status == 429
    assert int(refused.response.headers["Retry-After"]) == 3600 - 200
    for words in ("stories@example.test", "1 hour", GIVEN["explanation"], GIVEN["email"]):
        assert words in refused.main or words in refused.html
    assert rows(site) == 20
    elsewhere = as_(None)
    elsewhere.client.environ_base["REMOTE_ADDR"] = "192.0.2.7"
    assert opened(elsewhere, numbers[20]).submit(**{**GIVEN, "email": "bob@example.test"}).status == 200
    clock.advance(seconds=3600 - 200)
    assert reported(as_, numbers[20]).status == 200


def test_nobody_is_flooded_with_receipts_they_did_not_ask_for(
    cast: Cast, make: Factory, as_: As, clock: StillClock
) -> None:
    story = make.live_story()
    numbers = [make.comment(story, cast.lan, f"Answer {n} of many on this road.") for n in range(21)]
    answers: list[int] = []
    for number in numbers:
        browser = as_(None)
        browser.client.environ_base["REMOTE_ADDR"] = f"192.0.2.{len(answers) + 1}"
        answers.append(opened(browser, number).submit(**GIVEN).status)
    assert answers == [200] * 20 + [429]


def test_a_page_that_was_open_too_long_is_sent_again_without_signing_in(
    site: Site, make: Factory, as_: As
) -> None:
    page = opened(as_(None), make.live_story())
    page.browser.client.delete_cookie("session")
    given_back = page.submit(**GIVEN)
    assert given_back.status == 400
    assert GIVEN["explanation"] in given_back.main
    assert not given_back.has("[name=password]")
    assert reference(given_back.submit('form[action$="/reports"]'))
    assert rows(site) == 1


def test_markup_is_shown_and_never_run(cast: Cast, make: Factory, as_: As) -> None:
    number = make.live_story()
    markup = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    receipt = reported(as_, number, explanation=markup, name=markup)
    listed = as_(cast.moderator).visit("/moderation/reports")
    assert markup in receipt.main
    assert listed.main.count(markup) == 2
    again = reported(as_, number, explanation=markup, name=markup)
    assert again.form("main form").values()["explanation"] == markup
    for page in (receipt, listed, again):
        assert not page.has("main script, main img")


@pytest.mark.parametrize("token", ["x", "MQ.abc", "1", "%00", "a" * 2000])
def test_a_receipt_is_for_whoever_has_its_address(as_: As, token: str) -> None:
    assert as_(None).get(f"/reports/{token}").status == 404


def test_a_token_for_one_thing_opens_no_other(cast: Cast, make: Factory, as_: As, clock: StillClock) -> None:
    number = make.live_story()
    receipt = reported(as_, number)
    make.decide(number, Outcome.KEEP, on=RevisionState.LIVE)
    clock.advance(minutes=1)
    appeal = as_(None).visit(receipt.path).follow('a[href*="/appeals/"]')
    assert appeal.status == 200
    assert as_(None).get(appeal.path.replace("/appeals/", "/reports/")).status == 404
    assert as_(None).get(receipt.path.replace("/reports/", "/appeals/")).status == 404
