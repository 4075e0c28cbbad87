"""Demo content."""

import click
from flask.cli import with_appcontext

DEMO_PASSWORD = "demo-password-2026"  # noqa: S105 - printed for everybody to use
SIGN_INS = (
    ("member", "lan@example.test", DEMO_PASSWORD),
    ("moderator", "moderator@example.test", DEMO_PASSWORD),
    ("admin", "admin@example.test", DEMO_PASSWORD),
)


@click.command()
@with_appcontext
def demo() -> None:
    """Fill the database."""


def fill_if_empty() -> None:
    pass
