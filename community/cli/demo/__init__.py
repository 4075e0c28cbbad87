"""Demo content: a small believable site for ``make run``, or any amount of it for measuring."""

import json
from pathlib import Path

import click
from flask.cli import with_appcontext
from sqlalchemy import delete, func, select

from community.accounts.models import Account
from community.cli.demo import bulk
from community.cli.demo.content import Demo
from community.kit import db, passwords, unit_of_work
from community.kit.jobs import Job

DEMO_PASSWORD = "demo-password-2026"  # noqa: S105 - printed for everybody to use
SIGN_INS = (
    ("member", "lan@example.test", DEMO_PASSWORD),
    ("moderator", "moderator@example.test", DEMO_PASSWORD),
    ("admin", "admin@example.test", DEMO_PASSWORD),
)


@click.command()
@click.option("--stories", type=click.IntRange(min=bulk.FEWEST_STORIES), default=2_000, show_default=True)
@click.option("--comments", type=click.IntRange(min=bulk.FEWEST_COMMENTS), default=20_000, show_default=True)
@click.option("--members", type=click.IntRange(min=bulk.FEWEST_MEMBERS), default=500, show_default=True)
@click.option("--waiting", type=click.IntRange(min=0), default=bulk.WAITING, show_default=True)
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed makes the same content.")
@click.option(
    "--report",
    type=click.Path(dir_okay=False, path_type=Path),
    help="A file to write the addresses of the measured stories to, as JSON.",
)
@with_appcontext
def demo(stories: int, comments: int, members: int, waiting: int, seed: int, report: Path | None) -> None:
    """Fill the database in bulk with repeatable content, beside what is there."""
    size = bulk.Size(stories=stories, comments=comments, members=members, seed=seed, waiting=waiting)
    made = bulk.fill(size, passwords.hasher().hash_password(DEMO_PASSWORD))
    if report:
        report.write_text(json.dumps(made, indent=2) + "\n", "utf-8")
    click.echo(json.dumps(made))


def fill_if_empty() -> None:
    """The demo, where there is no account yet; nobody gets a mail about it."""
    with unit_of_work.transaction():
        if db.session.scalar(select(Account.id).limit(1)) is not None:
            return
        last_job = db.session.scalar(select(func.max(Job.id))) or 0
        Demo(passwords.hasher().hash_password(DEMO_PASSWORD)).play()
        db.session.execute(delete(Job).where(Job.id > last_job))
