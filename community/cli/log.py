"""The public log from the command line: whether its chain holds."""

import click
from flask.cli import with_appcontext

from community.kit import db
from community.moderation.actions import verifying


@click.group()
def log() -> None:
    """The public log."""


@log.command()
@with_appcontext
def verify() -> None:
    """Walk the chain of hashes: exit 0 when every line holds, 1 with the first that does not."""
    db.begin_requests_as(writers=False)
    chain = verifying.verify()
    if chain.fault:
        click.echo(chain.fault)
        raise SystemExit(1)
    click.echo(f"{chain.lines} lines, last hash {chain.hash or 'none'}")
