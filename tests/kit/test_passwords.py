import pytest
from argon2 import extract_parameters
from argon2.low_level import Type
from hypothesis import given, settings
from hypothesis import strategies as st

from community.kit import passwords
from tests.helpers import effort

GOOD = "seven muddy tyres"
cheap = passwords.Hasher(time_cost=1, memory_cost=64, lanes=1)


def weakness(password: str) -> str | None:
    return passwords.weakness(password, name="Thandi Nkosi-Mbeki", email="thandi.nkosi.za@mail.example")


@settings(max_examples=50)
@given(st.text())
def test_a_hash_verifies_its_own_password_only(password: str) -> None:
    hashed = cheap.hash_password(password)
    assert cheap.verify(hashed, password)
    assert not cheap.verify(hashed, password + "x")
    assert not cheap.verify(None, password)


def test_what_cannot_be_encoded_is_refused_and_never_verified() -> None:
    with pytest.raises(passwords.UnfitPassword) as refusal:
        cheap.hash_password("\ud800")
    assert refusal.value.code == "surrogate"
    assert not cheap.verify(cheap.hash_password(GOOD), "\ud800")


def test_hashes_are_argon2id_with_the_costs_asked_for() -> None:
    asked = extract_parameters(passwords.Hasher(time_cost=2, memory_cost=128, lanes=1).hash_password(GOOD))
    assert (asked.type, asked.time_cost, asked.memory_cost, asked.parallelism) == (Type.ID, 2, 128, 1)


def test_two_hashes_of_one_password_differ() -> None:
    assert cheap.hash_password(GOOD) != cheap.hash_password(GOOD)


def test_a_password_is_the_same_from_every_keyboard() -> None:
    hashed = cheap.hash_password("ｍañana é 12")
    assert cheap.verify(hashed, "mañana e\u0301 １２")


@pytest.mark.parametrize("broken", ["", "junk", "$argon2id$v=19$m=64,t=1,p=1$bm9wZQ", "\u00e9"])
def test_a_broken_hash_lets_nobody_in(broken: str) -> None:
    assert not cheap.verify(broken, GOOD)


def test_an_unknown_account_costs_what_a_known_one_does() -> None:
    hasher = passwords.Hasher(time_cost=2, memory_cost=16_384, lanes=1)
    hashed = hasher.hash_password(GOOD)
    known, unknown = (
        effort.calls(lambda: hasher.verify(hashed, "wrong")),
        effort.calls(lambda: hasher.verify(None, "wrong")),
    )
    assert known == unknown
    assert extract_parameters(hasher._nobodys) == extract_parameters(hashed)


def test_a_hash_made_at_another_cost_needs_a_new_one() -> None:
    hashed = cheap.hash_password(GOOD)
    assert not cheap.needs_rehash(hashed)
    assert passwords.Hasher(time_cost=2, memory_cost=64, lanes=1).needs_rehash(hashed)


def test_the_costs_in_use_are_those_set_last(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "_hasher", cheap)
    passwords.set_costs(passes=2, memory_kib=256)
    asked = extract_parameters(passwords.hasher().hash_password(GOOD))
    assert (asked.time_cost, asked.memory_cost) == (2, 256)


@pytest.mark.parametrize(
    "password",
    [
        GOOD,
        "xe máy và ô tô cũ",
        "我们的车很旧但是我爱它呀",
        "автомобиль-мечты",
        "🚗🛻🚙🏍️🚜🚕🚓🚑🚒🚐🚚",
        "q" * 11 + "9kV!x2#Lm0pZ",
    ],
)
def test_a_good_password_of_any_script_is_accepted(password: str) -> None:
    assert weakness(password) is None


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("", "short"),
        ("elevenchars", "short"),
        ("e\u0301" * 11, "short"),
        ("kV!x2#Lm" * 16 + "x", "long"),
        ("x" * 10_000_000, "long"),
        ("ﷺ" * 20, "long"),
        ("\ud800 muddy tyres and", "surrogate"),
        ("thandi nkosi-mbeki", "same_as_name"),
        ("THANDI.NKOSI.ZA@mail.example", "same_as_email"),
        ("Thandi.Nkosi.ZA", "same_as_email"),
        ("unbelievable", "common"),
        ("Unbelievable", "common"),
        ("aaaaaaaaaaaa", "common"),
        ("A" * 128, "common"),
        ("ab" * 64, "common"),
        ("123456789012", "common"),
        ("abcdefghijklmnopqrstuvwxyz", "common"),
        ("passwordpassword", "common"),
        ("Password1234", "common"),
        ("qwertyuiop[]", "common"),
        ("йцукенгшщзхъ", "common"),
        ("ضصثقفغعهخحجد", "common"),
        ("车车车车车车车车车车车车", "common"),
    ],
)
def test_a_weak_password_is_refused_with_a_code(password: str, code: str) -> None:
    assert weakness(password) == code


def test_a_missing_name_and_address_refuse_nothing() -> None:
    assert passwords.weakness(GOOD, name="", email="") is None


@settings(max_examples=60, deadline=None)
@given(
    st.text(st.characters(exclude_categories=()), min_size=10, max_size=130)
    | st.text("İaßﬀ1@$", min_size=12, max_size=60)
)
def test_any_text_gets_an_answer(password: str) -> None:
    assert weakness(password) in {None, "short", "long", "surrogate", "common"}


@pytest.mark.parametrize(
    "password", ["4@8({[<369&#!1/|0$5+7%2" * 5, "a" * 128, "p4$$w0rd" * 16, "20111111" * 16, "İ" * 64]
)
def test_the_judgement_takes_little_work(password: str) -> None:
    assert effort.calls(lambda: weakness(password)) < 2_000_000
