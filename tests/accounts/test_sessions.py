import pytest

from community.accounts import actions, queries
from community.accounts.actions.sessions import digest
from community.kit.errors import Invalid, NotFound, TooMany
from community.notifications import queries as notices
from tests.cast import Cast
from tests.conftest import As
from tests.helpers.clock import StillClock
from tests.helpers.site import Site

HERE, ELSEWHERE = "198.51.100.7", "203.0.113.9"


def attempt(db: Site, email: str, password: str = "not the right password", address: str = HERE) -> None:
    with db.writing():
        actions.sign_in(email, password, address=address)


def fail(db: Site, email: str, times: int, address: str = HERE) -> None:
    for _ in range(times):
        with pytest.raises(Invalid):
            attempt(db, email, address=address)


def test_unknown_and_wrong_are_told_the_same(db: Site, cast: Cast) -> None:
    told = []
    for email in (cast.lan.email, "nobody@example.test", "no address at all"):
        with pytest.raises(Invalid) as refusal:
            attempt(db, email)
        told.append({name: [str(w) for w in words] for name, words in refusal.value.errors.items()})
    assert told[0] == told[1] == told[2]


def test_ten_failures_for_one_account_make_it_wait_wherever_they_come_from(
    db: Site, cast: Cast, clock: StillClock
) -> None:
    for number in range(10):
        fail(db, cast.lan.email, 1, address=f"198.51.100.{number}")
    with pytest.raises(TooMany) as refusal:
        attempt(db, cast.lan.email, cast.lan.password, address=ELSEWHERE)
    assert 0 < refusal.value.retry_after <= 300


def test_ten_failures_from_one_address_make_it_wait_whatever_the_account(
    db: Site, cast: Cast, clock: StillClock
) -> None:
    for number in range(10):
        fail(db, f"nobody{number}@example.test", 1)
    with pytest.raises(TooMany):
        attempt(db, cast.lan.email, cast.lan.password)
    attempt(db, cast.lan.email, cast.lan.password, address=ELSEWHERE)


def test_nobody_is_locked_out(db: Site, cast: Cast, clock: StillClock) -> None:
    fail(db, cast.lan.email, 10)
    for _ in range(50):
        with pytest.raises(TooMany):
            attempt(db, cast.lan.email)
    clock.advance(seconds=300)
    attempt(db, cast.lan.email, cast.lan.password)


def test_the_window_moves(db: Site, cast: Cast, clock: StillClock) -> None:
    fail(db, cast.lan.email, 5)
    clock.advance(seconds=200)
    fail(db, cast.lan.email, 5)
    with pytest.raises(TooMany) as refusal:
        attempt(db, cast.lan.email)
    assert refusal.value.retry_after == 100
    clock.advance(seconds=refusal.value.retry_after)
    fail(db, cast.lan.email, 5)
    with pytest.raises(TooMany):
        attempt(db, cast.lan.email)


def test_signing_in_rightly_counts_nothing(db: Site, cast: Cast, clock: StillClock) -> None:
    for _ in range(25):
        attempt(db, cast.lan.email, cast.lan.password)


def test_a_household_of_ipv6_is_one_address(db: Site, cast: Cast, clock: StillClock) -> None:
    for number in range(10):
        fail(db, f"nobody{number}@example.test", 1, address=f"2001:db8:1:2::{number + 1}")
    with pytest.raises(TooMany):
        attempt(db, cast.lan.email, cast.lan.password, address="2001:db8:1:2:ffff::1")
    attempt(db, cast.lan.email, cast.lan.password, address="2001:db8:1:3::1")


def test_only_the_hash_of_a_session_is_kept(db: Site, cast: Cast) -> None:
    with db.writing():
        token = actions.open_session(cast.lan.account(), browser="x" * 900)
    (row,) = db.rows("SELECT token_hash, browser FROM sign_in")
    assert row == (digest(token), "x" * 200)
    assert token not in str(db.rows("SELECT * FROM sign_in"))


def test_a_session_ends_after_sixty_days(db: Site, cast: Cast, clock: StillClock, as_: As) -> None:
    browser = as_(cast.lan)
    clock.advance(days=59)
    assert browser.get("/me/stories").status == 200
    clock.advance(days=1)
    assert browser.get("/me/stories").status == 302


def test_only_ones_own_session_can_be_ended(db: Site, cast: Cast) -> None:
    with db.writing():
        token = actions.open_session(cast.lan.account(), browser="")
    with db.reading():
        found, _unread = queries.sign_in(digest(token), notices.unread)
        assert found is not None
        number = found.id
    with pytest.raises(NotFound), db.writing():
        actions.end_one(number, by=cast.member.account())
    with db.writing():
        actions.end_one(number, by=cast.lan.account())
    with db.reading():
        assert queries.sign_in(digest(token), notices.unread) == (None, 0)
