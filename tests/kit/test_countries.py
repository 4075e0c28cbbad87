"""Countries: the whole of ISO 3166-1, each with a sign that fits an oval and a name in every interface language."""

import re

import pytest

from community.kit import countries, languages


def test_all_of_iso_3166_and_nothing_else() -> None:
    assert len(countries.CODES) == 249
    assert all(re.fullmatch("[A-Z]{2}", code) for code in countries.CODES)
    assert not countries.CODES & {"XK", "EU", "UN", "ZZ", "IC", "UK"}


def test_every_sign_fits_the_oval() -> None:
    assert all(re.fullmatch("[A-Z]{1,3}", countries.sign(code)) for code in countries.CODES)


@pytest.mark.parametrize(
    ("code", "sign"),
    [
        ("VN", "VN"), ("ZA", "ZA"), ("ID", "RI"), ("DE", "D"), ("IT", "I"), ("BR", "BR"), ("RU", "RUS"),
        ("UA", "UA"), ("AE", "UAE"), ("SA", "KSA"), ("VA", "V"), ("GB", "UK"), ("KE", "EAK"), ("BI", "RU"),
        ("GP", "F"), ("EH", "EH"),
    ],
)  # fmt: skip
def test_the_sign_is_the_one_on_the_road(code: str, sign: str) -> None:
    assert countries.sign(code) == sign


@pytest.mark.parametrize("language", languages.INTERFACE)
def test_every_country_has_a_name_in_every_interface_language(language: str) -> None:
    names = dict(countries.choices(language))
    assert set(names) == countries.CODES
    assert all(name != code and countries.name(code, language) == name for code, name in names.items())


def test_an_accent_does_not_send_a_country_to_the_end() -> None:
    ordered = [code for code, _ in countries.choices("en")]
    assert ordered.index("AF") < ordered.index("AX") < ordered.index("AL")


def test_a_caller_cannot_spoil_the_choices_of_the_next() -> None:
    countries.choices("en").clear()
    assert len(countries.choices("en")) == 249


@pytest.mark.parametrize("unknown", ["XK", "vn", "", "VNM", "ZZ"])
def test_an_unknown_code_is_no_country(unknown: str) -> None:
    assert not countries.is_country(unknown)
    with pytest.raises(KeyError):
        countries.name(unknown, "en")
    with pytest.raises(KeyError):
        countries.sign(unknown)
