"""Bringing a database to a revision: upgrade, downgrade, and a copy before an SQLite upgrade."""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy.engine import make_url

from community.config import ROOT

ADVISORY_LOCK = 7_263_411  # any number, as long as all upgrades of this product take the same
LOCK_TIMEOUT = "4s"
STATEMENT_TIMEOUT = "60s"
PATIENCE_MS = 60_000


def configuration(url: str | None = None) -> Config:
    """Alembic's configuration, for the settings' database or for ``url``."""
    alembic = Config(toml_file=ROOT / "pyproject.toml")
    alembic.set_main_option("script_location", str(ROOT / "migrations"))
    if url:
        alembic.attributes["url"] = url
    return alembic


def upgrade(url: str, to: str = "head") -> None:
    command.upgrade(configuration(url), to)


def downgrade(url: str, to: str) -> None:
    command.downgrade(configuration(url), to)


def copy_before_upgrade(url: str, current: str | None) -> Path | None:
    """A consistent copy of an SQLite database beside it, named after its revision; None where there is none."""
    place = make_url(url)
    if place.get_backend_name() != "sqlite" or not place.database or not current:
        return None
    file = Path(place.database)
    if not file.exists():
        return None
    moment = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
    copy = file.with_name(f"{file.stem}.before-{current}-{moment}{file.suffix}")
    with sqlite3.connect(file) as source, sqlite3.connect(copy) as target:
        source.backup(target)
    return copy
