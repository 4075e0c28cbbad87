import pytest

from community.accounts import actions, queries
from community.accounts.actions.people import Preferences
from community.kit.errors import Invalid
from tests.cast import PASSWORD, Cast
from tests.conftest import As
from tests.helpers.site import Site

GOOD = "a sentence nobody else would think of"


def preferences(name: str = "Somebody New", **changes: object) -> Preferences:
    values: dict[str, object] = {"country": "KE", "ui_language": "en", "languages": ["sw"], **changes}
    return Preferences(display_name=name, **values)  # type: ignore[arg-type]


def refused(db: Site, email: str, password: str, name: str = "Somebody New") -> set[str]:
    """The fields that were refused."""
    with pytest.raises(Invalid) as refusal, db.writing():
        actions.register(email, password, preferences(name))
    return set(refusal.value.errors)


def test_a_new_account_is_unconfirmed_and_asked_to_confirm(db: Site) -> None:
    with db.writing():
        account = actions.register("  New.Person@Example.TEST ", GOOD, preferences())
        assert account.email == "new.person@example.test"
        assert not account.is_confirmed
    assert db.rows("SELECT kind FROM job") == [("mail.confirm",)]
    stored = db.value("SELECT password_hash FROM account")
    assert stored.startswith("$argon2id$")
    assert GOOD not in str(db.rows("SELECT * FROM account"))


@pytest.mark.parametrize(
    "password",
    ["elevenchars", "x" * 129, "Somebody New", "password1234", "aaaaaaaaaaaaaaaa", "new.person@example.test"],
)
def test_weak_passwords_are_refused(db: Site, password: str) -> None:
    assert refused(db, "new.person@example.test", password) == {"password"}
    assert db.value("SELECT count(*) FROM account") == 0


@pytest.mark.parametrize(
    "password", ["ด้วยความรักแม่น้ำโขงสีเทา", "  spaces around it count ", "🚗🛣️ thirty dusty roads " * 4]
)
def test_any_unicode_makes_a_password(db: Site, password: str) -> None:
    with db.writing():
        actions.register("new.person@example.test", password, preferences())
    with db.writing():
        found = actions.sign_in("new.person@example.test", password, address="127.0.0.1")
        assert found.email == "new.person@example.test"


@pytest.mark.parametrize(
    "email", ["", "x", "a@b", "a b@example.test", "a@exa mple.test", "a@@example.test", "a\0@b.test"]
)
def test_what_is_no_address_is_refused(db: Site, email: str) -> None:
    assert refused(db, email, GOOD) == {"email"}


def test_one_account_an_address_whatever_its_case(db: Site, cast: Cast) -> None:
    assert refused(db, cast.lan.email.upper(), GOOD) == {"email"}


def test_people_of_one_name_have_handles_of_their_own(db: Site, cast: Cast) -> None:
    handles = [cast.join(f"Lan{n} Nguyễn", "VN", "vi").handle for n in range(2)]
    with db.writing():
        for number in range(3):
            account = actions.register(f"x{number}@example.test", GOOD, preferences("Lan Nguyễn"))
            handles.append(account.handle)
    assert len(set(handles)) == 5


@pytest.mark.parametrize("name", ["李", "🚗", "- - -", "a", "x" * 60, "لمى"])
def test_every_name_has_a_handle(db: Site, name: str) -> None:
    with db.writing():
        account = actions.register("new.person@example.test", GOOD, preferences(name))
        assert 2 <= len(account.handle) <= 40
        assert queries.account_by_handle(account.handle) is account


@pytest.mark.parametrize("name", ["", "   ", "\u3164", "\u200b\u200b"])
def test_a_name_can_be_seen(db: Site, cast: Cast, name: str) -> None:
    assert refused(db, "new.person@example.test", GOOD, name) == {"display_name"}
    with pytest.raises(Invalid), db.writing():
        actions.change_preferences(preferences(name), by=cast.lan.account())


def test_preferences_keep_the_order_of_languages(db: Site, cast: Cast) -> None:
    with db.writing():
        actions.change_preferences(
            preferences("Lan", languages=["fr", "vi", "fr", "de"], desk_countries=["VN", "KE", "VN"]),
            by=cast.lan.account(),
        )
    with db.reading():
        account = cast.lan.account()
        assert account.languages == ["fr", "vi", "de"]
        assert {desk.country for desk in account.desk_countries} == {"VN", "KE"}
        assert (account.display_name, account.country) == ("Lan", "KE")


@pytest.mark.parametrize(
    "change",
    ["display_name = ''", "country = 'VNM'", "handle = 'x'", "role = 'king'", "standing = 'splendid'"],
)
def test_the_database_holds_the_rules_too(db: Site, cast: Cast, change: str) -> None:
    with pytest.raises(Exception, match=r"ck_account|too long"):
        db.execute(f"UPDATE account SET {change}")


def test_the_casts_password_passes(db: Site, cast: Cast) -> None:
    with db.writing():
        assert actions.sign_in(cast.lan.email, PASSWORD, address="127.0.0.1").id == cast.lan.id


def test_one_says_which_of_ones_languages_one_reads_best(cast: Cast, as_: As) -> None:
    page = as_(cast.moderator).visit("/account/settings")  # vi, en, id
    page = page.submit(best="id")
    chosen = [str(option["value"]) for option in page.soup.select("[name=best] option")]
    assert chosen == ["id", "vi", "en"]
    odd = page.submit(best="xx")
    assert [str(option["value"]) for option in odd.soup.select("[name=best] option")] == chosen
