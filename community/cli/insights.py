"""Insights from the command line: counting anew."""

from collections.abc import Iterator

import click
from flask.cli import with_appcontext

from community.contributions import queries
from community.insights.actions import AT_ONCE, compare, fill_some, read_some
from community.kit import db, unit_of_work


@click.group()
def insights() -> None:
    """How many stories and ideas there are of what."""


@insights.command()
@with_appcontext
def rebuild() -> None:
    """Count every text anew, some at a time, and the words of those nobody has read."""
    make_anew()
    read_words()


def make_anew() -> None:
    """Count every text, with a progress bar; what was interrupted can be done again."""
    db.begin_requests_as(writers=False)
    stories = sum(queries.stories_by_language().values())
    db.session.rollback()
    with click.progressbar(length=stories, label="What insights are counted from") as bar:
        last: int | None = 0
        while last is not None:
            with unit_of_work.transaction():
                last = fill_some(last)
            bar.update(AT_ONCE)


def read_words() -> None:
    """As the worker does once a day."""
    db.begin_requests_as(writers=False)
    with click.progressbar(_read(), label="The words of the texts of a year") as bar:
        for _last in bar:
            pass
    compare()


def _read() -> Iterator[int]:
    last: int | None = 0
    while last is not None:
        yield last
        last = read_some(last)
