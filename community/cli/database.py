"""Bringing the database to the schema this code expects."""

import click
from flask import current_app
from flask.cli import with_appcontext

from community.kit import migrating, pulse, schema


@click.command()
@with_appcontext
def migrate() -> None:
    """Upgrade the database; before an SQLite upgrade a copy is made beside it."""
    bring_up_to_date()


def bring_up_to_date() -> None:
    """Does nothing where there is nothing to do."""
    url = current_app.extensions["settings"].database_url
    try:
        current = current_app.extensions["pulse"].read().schema
    except pulse.Unreachable:
        current = None
    if current == schema.expected():
        return
    copy = migrating.copy_before_upgrade(url, current)
    if copy:
        click.echo(f"A copy of the database as it was: {copy.name}")
    migrating.upgrade(url)
