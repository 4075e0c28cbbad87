import pytest

from community.accounts import actions
from community.accounts.models import Purpose
from community.kit.errors import Gone, Invalid
from tests.cast import Cast, Person
from tests.helpers.clock import StillClock
from tests.helpers.site import Site

NEW = "another sentence, longer than the first"


def issued(db: Site, person: Person, purpose: Purpose) -> str:
    with db.writing():
        return actions.issue(person.account(), purpose)


def is_confirmed(db: Site, person: Person) -> bool:
    with db.reading():
        return person.account().is_confirmed


def test_a_token_confirms_once(db: Site, cast: Cast) -> None:
    token = issued(db, cast.unconfirmed, Purpose.CONFIRM)
    with db.writing():
        actions.confirm_address(token)
    assert is_confirmed(db, cast.unconfirmed)
    with pytest.raises(Gone), db.writing():
        actions.confirm_address(token)


@pytest.mark.parametrize(("minutes", "is_good"), [(59.9, True), (60, False), (600, False)])
def test_a_token_is_good_for_one_hour(
    db: Site, cast: Cast, clock: StillClock, minutes: float, is_good: bool
) -> None:
    token = issued(db, cast.unconfirmed, Purpose.CONFIRM)
    clock.advance(minutes=minutes)
    if is_good:
        with db.writing():
            actions.confirm_address(token)
    else:
        with pytest.raises(Gone), db.writing():
            actions.confirm_address(token)
    assert is_confirmed(db, cast.unconfirmed) is is_good


def test_a_token_is_good_for_its_purpose_only(db: Site, cast: Cast) -> None:
    confirm = issued(db, cast.lan, Purpose.CONFIRM)
    recover = issued(db, cast.lan, Purpose.RECOVER)
    with pytest.raises(Gone), db.writing():
        actions.set_new_password(confirm, NEW)
    with pytest.raises(Gone), db.writing():
        actions.confirm_address(recover)
    for nonsense in ("", "x", "\ud800", recover + "x"):
        with pytest.raises(Gone), db.writing():
            actions.set_new_password(nonsense, NEW)


def test_only_the_hash_of_a_token_is_kept(db: Site, cast: Cast) -> None:
    token = issued(db, cast.lan, Purpose.RECOVER)
    assert token not in str(db.rows("SELECT * FROM token"))


def test_a_new_password_ends_every_session_and_is_told(db: Site, cast: Cast) -> None:
    token = issued(db, cast.lan, Purpose.RECOVER)
    with db.writing():
        actions.open_session(cast.lan.account(), browser="")
        actions.open_session(cast.lan.account(), browser="")
        actions.open_session(cast.member.account(), browser="")
    with db.writing():
        actions.set_new_password(token, NEW)
    assert db.rows("SELECT account_id FROM sign_in") == [(cast.member.id,)]
    assert db.rows("SELECT kind FROM job") == [("mail.changed",)]
    with db.writing():
        actions.sign_in(cast.lan.email, NEW, address="127.0.0.1")
    with pytest.raises(Invalid), db.writing():
        actions.sign_in(cast.lan.email, cast.lan.password, address="127.0.0.1")


def test_a_weak_new_password_uses_up_nothing(db: Site, cast: Cast) -> None:
    token = issued(db, cast.lan, Purpose.RECOVER)
    with pytest.raises(Invalid), db.writing():
        actions.set_new_password(token, "short")
    with db.writing():
        actions.set_new_password(token, NEW)


def test_the_link_proves_the_address_it_came_to(db: Site, cast: Cast) -> None:
    token = issued(db, cast.unconfirmed, Purpose.RECOVER)
    with db.writing():
        actions.set_new_password(token, NEW)
    assert is_confirmed(db, cast.unconfirmed)


def test_a_changed_address_is_not_confirmed_by_an_old_link(db: Site, cast: Cast) -> None:
    token = issued(db, cast.unconfirmed, Purpose.CONFIRM)
    with db.writing():
        cast_row = cast.unconfirmed.account()
        cast_row.email = "moved@example.test"
    with db.writing():
        actions.confirm_address(token)
    assert not is_confirmed(db, cast.unconfirmed)


def test_recovery_is_asked_in_silence(db: Site, cast: Cast) -> None:
    with db.writing():
        for email in ("nobody@example.test", "no address", cast.lan.email.upper()):
            actions.want_recovery(email)
    assert db.rows("SELECT kind FROM job") == [("mail.recover",)]
