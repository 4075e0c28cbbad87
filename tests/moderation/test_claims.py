"""Claims: one item for ten minutes, free again on every way out, and never in the way of who has it."""

import pytest

from community.contributions.models import RevisionState
from community.moderation.models import Outcome
from community.policy.permissions import Role
from tests.cast import Cast
from tests.conftest import As
from tests.factories.contributions import Factory, wording
from tests.helpers.browser import Browser
from tests.helpers.clock import StillClock
from tests.helpers.site import Site
from tests.moderation.desking import look_at, review_path, waiting_revision

HOLDERS = "SELECT revision_id, claimed_by_id FROM review WHERE claimed_by_id IS NOT NULL"


@pytest.fixture
def number(make: Factory) -> int:
    return make.waiting_story()


@pytest.fixture
def path(site: Site, number: int) -> str:
    return review_path(site, number)


def claimed(site: Site, cast: Cast, number: int) -> bool:
    return site.rows(HOLDERS) == [(waiting_revision(site, number), cast.moderator.id)]


def claim(browser: Browser, path: str) -> None:
    assert browser.post_json(f"{path}/claim", {}).status == 200


def test_without_javascript_a_button_takes_it(
    site: Site, cast: Cast, as_: As, number: int, path: str
) -> None:
    page = as_(cast.moderator).visit(path)
    assert "Nobody is reading this one." in page.main
    taken = page.submit("[data-claim-take]")
    assert claimed(site, cast, number)
    assert "Yours for 10 min" in taken.main
    assert not taken.has("[data-claim-let-go][hidden]")


def test_a_script_takes_it_and_hears_how_long_it_holds(
    site: Site, cast: Cast, as_: As, number: int, path: str, clock: StillClock
) -> None:
    browser = as_(cast.moderator)
    assert browser.post_json(f"{path}/claim", {}).json == {"seconds": 600}
    clock.advance(minutes=4)
    assert as_(cast.moderator).visit(path).soup.select_one("[data-claim-seconds='360']")
    assert browser.post_json(f"{path}/claim", {}).json == {"seconds": 600}


def test_looking_at_it_takes_nothing(site: Site, cast: Cast, as_: As, path: str) -> None:
    as_(cast.moderator).visit(path)
    assert site.rows(HOLDERS) == []


def test_somebody_else_is_told_who_has_it_and_cannot_decide(
    site: Site, cast: Cast, make: Factory, as_: As, number: int, path: str, clock: StillClock
) -> None:
    claim(as_(cast.moderator), path)
    clock.advance(minutes=2)
    other = as_(cast.other_moderator)
    page = other.visit(path)
    assert "Mai Moderator reads it, for 8 min" in page.main
    assert page.has(".decision fieldset[disabled]")
    assert other.post_json(f"{path}/claim", {}).status == 409
    refused = other.post(
        path, {"outcome": "return", "explanation": "Typed before I saw it.", "revision": "1", "version": "2"}
    )
    assert refused.status == 409
    assert "Somebody else is reading this one." in refused.main
    assert "Typed before I saw it." in refused.html
    assert site.value("SELECT count(*) FROM decision") == 0


def test_a_claim_ends_by_itself_after_ten_minutes(
    site: Site, cast: Cast, as_: As, number: int, path: str, clock: StillClock
) -> None:
    claim(as_(cast.moderator), path)
    other = as_(cast.other_moderator)
    clock.advance(minutes=9, seconds=59)
    assert other.post_json(f"{path}/claim", {}).status == 409
    clock.advance(seconds=1)
    claim(other, path)
    assert site.rows(HOLDERS) == [(waiting_revision(site, number), cast.other_moderator.id)]


def test_one_that_ran_out_while_writing_still_decides(
    site: Site, cast: Cast, as_: As, path: str, clock: StillClock
) -> None:
    browser = as_(cast.moderator)
    claim(browser, path)
    page = browser.visit(path)
    clock.advance(minutes=25)
    page.submit(".decision", outcome="return", explanation="It took me twenty-five minutes.")
    assert site.rows("SELECT outcome, by_id FROM decision") == [("return", cast.moderator.id)]


def test_one_that_ran_out_decides_nothing_when_somebody_else_did(
    site: Site, cast: Cast, make: Factory, as_: As, number: int, path: str, clock: StillClock
) -> None:
    browser = as_(cast.moderator)
    claim(browser, path)
    page = browser.visit(path)
    clock.advance(minutes=25)
    make.decide(number, by=cast.other_moderator)
    late = page.submit(".decision", outcome="return", explanation="It took me twenty-five minutes.")
    assert late.status == 409
    assert "Otto Moderator" in late.main
    assert "It took me twenty-five minutes." in late.html
    assert site.value("SELECT count(*) FROM decision") == 1


def decide(browser: Browser, path: str) -> None:
    browser.visit(path).submit(".decision", outcome="approve")


def escalate(browser: Browser, path: str) -> None:
    browser.visit(path).submit("form[action*=escalation]", escalation="Have a look.")


def leave(browser: Browser, path: str) -> None:
    number = path.rpartition("/")[2]
    answer = browser.post("/moderation/claims/release", {"revision_id": number, "is_leaving": "1"})
    assert answer.status == 204


def let_go(browser: Browser, path: str) -> None:
    browser.visit(path).submit("[data-claim-let-go]")


def sign_out(browser: Browser, path: str) -> None:
    browser.visit("/").submit("form[action='/account/logout']")


@pytest.mark.parametrize("way_out", [decide, escalate, leave, let_go, sign_out])
def test_it_is_free_again_on_every_way_out(
    site: Site, cast: Cast, as_: As, path: str, way_out: object
) -> None:
    browser = as_(cast.moderator)
    claim(browser, path)
    assert len(site.rows(HOLDERS)) == 1
    way_out(browser, path)  # type: ignore[operator]
    assert site.rows(HOLDERS) == []


def test_taking_another_lets_the_first_one_go(
    site: Site, cast: Cast, make: Factory, as_: As, number: int, path: str
) -> None:
    another = make.waiting_story(text=wording("Another one"))
    browser = as_(cast.moderator)
    claim(browser, path)
    claim(browser, review_path(site, another))
    assert site.rows(HOLDERS) == [(waiting_revision(site, another), cast.moderator.id)]


def test_a_page_that_is_left_late_does_not_take_the_next_one_away(
    site: Site, cast: Cast, make: Factory, as_: As, path: str
) -> None:
    another = make.waiting_story(text=wording("Another one"))
    browser = as_(cast.moderator)
    claim(browser, path)
    claim(browser, review_path(site, another))
    leave(browser, path)
    assert site.rows(HOLDERS) == [(waiting_revision(site, another), cast.moderator.id)]


def test_nobody_lets_go_what_is_in_another_hand(
    site: Site, cast: Cast, as_: As, number: int, path: str
) -> None:
    claim(as_(cast.moderator), path)
    leave(as_(cast.other_moderator), path)
    as_(cast.other_moderator).post("/moderation/claims/release")
    assert claimed(site, cast, number)


def test_signing_out_elsewhere_is_no_business_of_others(
    site: Site, cast: Cast, as_: As, number: int, path: str
) -> None:
    claim(as_(cast.moderator), path)
    sign_out(as_(cast.other_moderator), path)
    assert claimed(site, cast, number)


def test_what_was_decided_cannot_be_taken_and_says_why(
    cast: Cast, make: Factory, as_: As, number: int, path: str
) -> None:
    make.decide(number, by=cast.other_moderator)
    answer = as_(cast.moderator).post_json(f"{path}/claim", {})
    assert answer.status == 409
    assert "has been decided" in answer.json["message"]


def test_ones_own_text_is_not_there_to_be_taken(site: Site, cast: Cast, make: Factory, as_: As) -> None:
    own = make.waiting_story(cast.moderator)
    assert as_(cast.moderator).post_json(f"{review_path(site, own)}/claim", {}).status == 404


def test_automatic_claims_are_in_no_log(site: Site, cast: Cast, as_: As, path: str) -> None:
    before = site.value("SELECT count(*) FROM log_entry")
    claim(as_(cast.moderator), path)
    leave(as_(cast.moderator), path)
    assert site.value("SELECT count(*) FROM log_entry") == before
    assert site.value("SELECT count(*) FROM decision") == 0


def test_a_live_text_that_was_reported_is_taken_too(site: Site, cast: Cast, make: Factory, as_: As) -> None:
    live = make.live_story()
    revision_id = look_at(site, live)
    claim(as_(cast.moderator), f"/moderation/reviews/{revision_id}")
    as_(cast.moderator).visit(f"/moderation/reviews/{revision_id}").submit(".decision", outcome="keep")
    assert site.rows(HOLDERS) == []
    assert site.value("SELECT count(*) FROM review WHERE closed_at IS NULL") == 0


def test_the_next_one_is_one_nobody_reads(
    site: Site, cast: Cast, make: Factory, as_: As, path: str, clock: StillClock
) -> None:
    clock.advance(minutes=1)
    held = make.waiting_story(text=wording("In Otto's hands"))
    clock.advance(minutes=1)
    free = make.waiting_story(text=wording("In nobody's hands"))
    claim(as_(cast.other_moderator), review_path(site, held))
    after = as_(cast.moderator).visit(path).submit(".decision", outcome="approve")
    assert after.path.startswith(review_path(site, free) + "?")


def test_three_moderators_take_turns(site: Site, cast: Cast, as_: As, path: str, clock: StillClock) -> None:
    third = cast.join("Zoë Desk", "FR", "en", role=Role.MODERATOR)
    for person in (cast.moderator, cast.other_moderator, third):
        claim(as_(person), path)
        clock.advance(minutes=10)
    as_(third).visit(path).submit(".decision", outcome="approve")
    assert site.rows("SELECT outcome, by_id FROM decision") == [(Outcome.APPROVE.value, third.id)]
    with site.reading():
        assert site.value("SELECT state FROM revision") == RevisionState.LIVE.value
