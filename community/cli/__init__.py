"""The command line: ``.venv/bin/community …``, or ``flask --app wsgi …``. Knows every room, serves no page."""

import os

from flask.cli import FlaskGroup

from community.cli.accounts import accounts
from community.cli.database import migrate
from community.cli.demo import demo
from community.cli.running import run, serve, worker
from community.cli.translations import translations

COMMANDS = (accounts, demo, migrate, run, serve, translations, worker)


def main() -> None:
    """The program behind ``.venv/bin/community``."""
    os.environ.setdefault("FLASK_APP", "wsgi:app")
    os.environ.setdefault("FLASK_SKIP_DOTENV", "1")
    FlaskGroup(add_default_commands=False, add_version_option=False, help=__doc__)()
