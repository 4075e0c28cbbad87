"""Photos from the command line: whether every file is there, and removing those nobody needs."""

from collections import Counter

import click
from flask.cli import with_appcontext

from community.kit import clock, db, unit_of_work
from community.kit.errors import Unkept
from community.media.actions import checking, preparing, sweeping
from community.media.actions.checking import Fault


@click.group()
def media() -> None:
    """Photos and their files."""


@media.command()
@with_appcontext
def check() -> None:
    """Compare files and rows: exit 0 when nothing is missing, 1 with a line for each file that is."""
    db.begin_requests_as(writers=False)
    counted: Counter[Fault | None] = Counter()
    try:
        for found in checking.compare():
            counted[found.fault] += 1
            if found.fault:
                click.echo(f"{found.fault}: {found.name}")
    except Unkept as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"{counted[None]} files, " + ", ".join(f"{counted[fault]} {fault}" for fault in Fault))
    if counted[Fault.MISSING] or counted[Fault.CHANGED]:
        raise SystemExit(1)


@media.command()
@with_appcontext
def sweep() -> None:
    """Remove what nobody has needed for a day: photos in no text, unfinished uploads, files without rows."""
    before, photos, gone = clock.now() - sweeping.A_DAY, 0, 1
    while gone:
        with unit_of_work.transaction():
            gone = sweeping.let_go(before)
        photos += gone
    db.begin_requests_as(writers=False)
    try:
        files = sweeping.remove_orphans(before)
    except Unkept as error:
        raise click.ClickException(str(error)) from None
    places = preparing.clear_workplaces(before)
    click.echo(f"{photos} photos in no text, {files} files without rows, {places} abandoned workplaces")
