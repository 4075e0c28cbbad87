"""The command line: ``.venv/bin/community …``, or ``flask --app wsgi …``. Knows every room, serves no page.

A command's module is imported when the command is called: a web worker carries none of them.
"""

import importlib
import os

import click
from flask.cli import AppGroup, FlaskGroup

COMMANDS = {
    "accounts": "community.cli.accounts:accounts",
    "demo": "community.cli.demo:demo",
    "insights": "community.cli.insights:insights",
    "log": "community.cli.log:log",
    "media": "community.cli.media:media",
    "migrate": "community.cli.database:migrate",
    "run": "community.cli.running:run",
    "search": "community.cli.search:search",
    "serve": "community.cli.running:serve",
    "translations": "community.cli.translations:translations",
    "worker": "community.cli.running:worker",
}


class Commands(AppGroup):
    """The product's commands."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*super().list_commands(ctx), *COMMANDS})

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return super().get_command(ctx, name)
        module, _, attribute = COMMANDS[name].partition(":")
        command: click.Command = getattr(importlib.import_module(module), attribute)
        return command


def main() -> None:
    """The program behind ``.venv/bin/community``."""
    os.environ.setdefault("FLASK_APP", "wsgi:app")
    os.environ.setdefault("FLASK_SKIP_DOTENV", "1")
    FlaskGroup(add_default_commands=False, add_version_option=False, help=__doc__)()
