"""The search from the command line: making its index anew."""

import click
from flask.cli import with_appcontext

from community.contributions import queries
from community.kit import db, unit_of_work
from community.search.actions import AT_ONCE, fill_some


@click.group()
def search() -> None:
    """What stories and ideas are found by."""


@search.command()
@with_appcontext
def rebuild() -> None:
    """Make the index anew, some at a time; what was interrupted can be done again."""
    make_anew()


def make_anew() -> None:
    """With a progress bar; people can search all the while."""
    db.begin_requests_as(writers=False)
    stories = sum(queries.stories_by_language().values())
    db.session.rollback()
    with click.progressbar(length=stories, label="What stories are found by") as bar:
        last: int | None = 0
        while last is not None:
            with unit_of_work.transaction():
                last = fill_some(last)
            bar.update(AT_ONCE)
