"""Settings: read once from the environment and ``instance/settings.toml``, checked, then never changed.

Every name and its default is documented in docs/operations.md. Knows nothing of Flask; ``app.py`` turns
what Flask and its extensions need into their own configuration.
"""

import os
import secrets
import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
PREFIX = "COMMUNITY_"
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
NUMBERS = (
    "trusted_proxies",
    "password_memory_kib",
    "password_passes",
    "page_cache_bytes",
    "oldest_wait_hours",
)
REQUIRED_IN_PRODUCTION = ("secret_key", "base_url", "allowed_hosts", "mail_from")


class SettingsError(Exception):
    """The settings cannot carry the site; the message names what is missing or wrong."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Everything an operator may choose. ``password_memory_kib`` is argon2id's memory cost in KiB.

    What waits at the desk longer than ``oldest_wait_hours`` sounds an alarm there. Whoever translates may let the
    server at ``translate_url`` make proposals; without it there is no such button.
    """

    env: str = "development"
    instance: Path = ROOT / "instance"
    secret_key: str = field(default="", repr=False)
    database_url: str = field(default="", repr=False)
    base_url: str = ""
    redis_url: str = field(default="", repr=False)
    media_url: str = field(default="", repr=False)
    smtp_url: str = field(default="", repr=False)
    mail_from: str = ""
    trusted_proxies: int = 0
    allowed_hosts: tuple[str, ...] = ()
    site_name: str = "Co-Create Stories"
    site_tagline: str = ""
    maker_name: str = "Meridian Motors"
    password_memory_kib: int = 65536
    password_passes: int = 3
    page_cache_bytes: int = 8 * 1024 * 1024
    oldest_wait_hours: int = 48
    translate_url: str = ""
    translate_key: str = field(default="", repr=False)

    @property
    def is_production(self) -> bool:
        return self.env == "production"

    @property
    def is_https(self) -> bool:
        return urlsplit(self.base_url).scheme == "https"

    @property
    def is_sqlite(self) -> bool:
        return self.database_url.startswith("sqlite")


def load(environ: dict[str, str] | None = None) -> Settings:
    """Settings from the environment over ``instance/settings.toml`` over the defaults.

    Raises SettingsError when production lacks one of REQUIRED_IN_PRODUCTION or a value has the wrong form.
    """
    given = {
        name.removeprefix(PREFIX).lower(): value
        for name, value in (os.environ if environ is None else environ).items()
        if name.startswith(PREFIX)
    }
    instance = Path(given.pop("instance", "") or ROOT / "instance").resolve()
    file = instance / "settings.toml"
    if file.exists():
        given = {**tomllib.loads(file.read_text("utf-8")), **given}
    known = {f.name for f in fields(Settings)}
    values = {name: _typed(name, value) for name, value in given.items() if name in known}
    settings = Settings(**{**values, "instance": instance})  # type: ignore[arg-type]
    return _with_defaults(settings)


def _typed(name: str, value: object) -> object:
    if name in NUMBERS:
        try:
            return int(str(value))
        except ValueError:
            raise SettingsError(f"{PREFIX}{name.upper()} must be a whole number") from None
    if name == "allowed_hosts":
        hosts = value if isinstance(value, list) else str(value).split(",")
        return tuple(str(host).strip() for host in hosts if str(host).strip())
    return str(value).strip()


def _with_defaults(settings: Settings) -> Settings:
    if settings.env not in ("development", "production"):
        raise SettingsError(f"{PREFIX}ENV must be development or production")
    if settings.is_production:
        missing = [
            f"{PREFIX}{name.upper()}" for name in REQUIRED_IN_PRODUCTION if not getattr(settings, name)
        ]
        if missing:
            raise SettingsError("production needs " + ", ".join(missing))
    if settings.translate_url and not _is_plain_address(settings.translate_url):
        raise SettingsError(f"{PREFIX}TRANSLATE_URL must be an http or https address without name and query")
    values = {f.name: getattr(settings, f.name) for f in fields(settings)}
    values["database_url"] = _database_url(settings)
    values["secret_key"] = settings.secret_key or _local_secret(settings.instance)
    values["media_url"] = settings.media_url or (settings.instance / "media").as_uri()
    values["base_url"] = settings.base_url or f"http://127.0.0.1:{os.environ.get('PORT', '8000')}"
    values["mail_from"] = settings.mail_from or "stories@localhost"
    values["allowed_hosts"] = settings.allowed_hosts or LOOPBACK
    return Settings(**values)


def _is_plain_address(url: str) -> bool:
    """An http or https address to which a path can be added."""
    try:
        place = urlsplit(url)
        is_whole = place.scheme in ("http", "https") and bool(place.hostname) and place.port != 0
    except ValueError:
        return False
    is_printed = url.isascii() and url.isprintable() and " " not in url
    return is_whole and is_printed and not {"@", "?", "#"} & set(url)


def _database_url(settings: Settings) -> str:
    url = settings.database_url or f"sqlite:///{settings.instance / 'community.sqlite3'}"
    for scheme in ("postgres://", "postgresql://"):
        if url.startswith(scheme):
            return "postgresql+psycopg://" + url.removeprefix(scheme)
    return url


def _local_secret(instance: Path) -> str:
    """The development key, made once; created exclusively so that two starts at once agree."""
    file = instance / "secret_key"
    instance.mkdir(parents=True, exist_ok=True)
    try:
        with os.fdopen(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as handle:
            handle.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    return file.read_text("ascii")
