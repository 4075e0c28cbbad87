from pathlib import Path

import pytest

from community import config
from community.app import create_app
from community.config import Settings, SettingsError, load

PRODUCTION = {
    "COMMUNITY_ENV": "production",
    "COMMUNITY_SECRET_KEY": "k" * 40,
    "COMMUNITY_BASE_URL": "https://stories.example",
    "COMMUNITY_ALLOWED_HOSTS": "stories.example, www.stories.example",
    "COMMUNITY_MAIL_FROM": "stories@stories.example",
}


def given(tmp_path: Path, **values: str) -> dict[str, str]:
    return {"COMMUNITY_INSTANCE": str(tmp_path), **values}


@pytest.mark.parametrize("missing", sorted(set(PRODUCTION) - {"COMMUNITY_ENV"}))
def test_production_refuses_to_start_naming_what_is_missing(tmp_path: Path, missing: str) -> None:
    values = {name: value for name, value in PRODUCTION.items() if name != missing}
    with pytest.raises(SettingsError) as refusal:
        load(given(tmp_path, **values))
    assert missing in str(refusal.value)
    assert "kkkk" not in str(refusal.value)
    for name in set(PRODUCTION) - {missing, "COMMUNITY_ENV"}:
        assert name not in str(refusal.value)


def test_production_names_all_that_is_missing_at_once(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as refusal:
        load(given(tmp_path, COMMUNITY_ENV="production"))
    for name in config.REQUIRED_IN_PRODUCTION:
        assert f"COMMUNITY_{name.upper()}" in str(refusal.value)


def test_production_starts_with_everything(tmp_path: Path) -> None:
    settings = load(given(tmp_path, **PRODUCTION))
    assert settings.is_production
    assert settings.is_https
    assert settings.allowed_hosts == ("stories.example", "www.stories.example")
    app = create_app(settings)
    assert app.config["SESSION_COOKIE_NAME"] == "__Host-session"
    assert app.config["SESSION_COOKIE_SECURE"] is True


def test_development_needs_nothing_and_keeps_its_key(tmp_path: Path) -> None:
    first, second = load(given(tmp_path)), load(given(tmp_path))
    assert first == second
    assert len(first.secret_key) >= 40
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0
    assert first.database_url == f"sqlite:///{tmp_path / 'community.sqlite3'}"
    assert first.allowed_hosts == ("127.0.0.1", "localhost", "[::1]")


def test_the_environment_stands_above_the_file(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text('site_name = "From the file"\nmaker_name = "Of the file"\n')
    settings = load(given(tmp_path, COMMUNITY_SITE_NAME="From outside"))
    assert (settings.site_name, settings.maker_name) == ("From outside", "Of the file")


@pytest.mark.parametrize("scheme", ["postgres", "postgresql"])
def test_usual_names_of_postgresql_are_understood(tmp_path: Path, scheme: str) -> None:
    settings = load(given(tmp_path, COMMUNITY_DATABASE_URL=f"{scheme}://me:pw@db/stories"))
    assert settings.database_url == "postgresql+psycopg://me:pw@db/stories"
    assert not settings.is_sqlite


@pytest.mark.parametrize(
    ("name", "value"), [("COMMUNITY_TRUSTED_PROXIES", "two"), ("COMMUNITY_ENV", "staging")]
)
def test_a_wrong_form_is_named(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=name):
        load(given(tmp_path, **{name: value}))


@pytest.mark.parametrize(
    "url", ["https://translate.example", "http://127.0.0.1:5000", "http://[::1]:5000/machine/"]
)
def test_a_translating_server_has_an_address_to_which_a_path_can_be_added(tmp_path: Path, url: str) -> None:
    assert load(given(tmp_path)).translate_url == ""
    assert load(given(tmp_path, COMMUNITY_TRANSLATE_URL=f" {url} ")).translate_url == url


@pytest.mark.parametrize(
    "url",
    [
        "translate.example",
        "//translate.example",
        "ftp://translate.example",
        "file:///etc/passwd",
        "http://",
        "http://translate.example:port",
        "http://translate.example:0",
        "http://me:pw@translate.example",
        "http://translate.example/?key=k",
        "http://translate.example/#here",
        "http://translate.example/a b",
        "http://translate.example/\n",
        "http://[::1",
        "http://übersetzen.example",
    ],
)
def test_any_other_address_is_refused(tmp_path: Path, url: str) -> None:
    with pytest.raises(SettingsError, match="COMMUNITY_TRANSLATE_URL"):
        load(given(tmp_path, COMMUNITY_TRANSLATE_URL=url + "/"))


def test_secrets_are_not_shown(tmp_path: Path) -> None:
    settings = Settings(
        secret_key="very secret",
        database_url="postgresql://me:hush@db/x",
        smtp_url="smtp://me:hush@mail",
        translate_key="hush",
    )
    assert "secret" not in repr(settings).replace("secret_key", "")
    assert "hush" not in repr(settings)
