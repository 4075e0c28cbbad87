"""Demo content: a small believable site for ``make run``, or any amount of it for measuring."""

import json
from contextlib import ExitStack
from pathlib import Path
from subprocess import CalledProcessError

import click
from flask.cli import with_appcontext
from sqlalchemy import delete, func, select

from community.accounts.models import Account
from community.cli import insights, search
from community.cli.demo import bulk, photos, script
from community.cli.demo.content import Demo
from community.kit import db, passwords, unit_of_work
from community.kit.jobs import Job

DEMO_PASSWORD = "demo-password-2026"  # noqa: S105 - printed for everybody to use
SIGN_INS = (
    ("member", "lan@example.test", DEMO_PASSWORD),
    ("curator", "curator@example.test", DEMO_PASSWORD),
    ("moderator", "moderator@example.test", DEMO_PASSWORD),
    ("admin", "admin@example.test", DEMO_PASSWORD),
)


@click.command()
@click.option("--stories", type=click.IntRange(min=bulk.FEWEST_STORIES), default=2_000, show_default=True)
@click.option("--comments", type=click.IntRange(min=bulk.FEWEST_COMMENTS), default=20_000, show_default=True)
@click.option("--members", type=click.IntRange(min=bulk.FEWEST_MEMBERS), default=500, show_default=True)
@click.option("--waiting", type=click.IntRange(min=0), default=bulk.WAITING, show_default=True)
@click.option("--ideas", type=click.IntRange(min=0), default=0, show_default=True)
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed makes the same content.")
@click.option(
    "--photos", "with_photos", is_flag=True, help="Draw some for the two stories measured with them."
)
@click.option(
    "--report",
    type=click.Path(dir_okay=False, path_type=Path),
    help="A file to write the addresses of the measured stories to, as JSON.",
)
@with_appcontext
def demo(*, with_photos: bool, report: Path | None, **size: int) -> None:
    """Fill the database in bulk with repeatable content, beside what is there."""
    made = bulk.fill(bulk.Size(**size), passwords.hasher().hash_password(DEMO_PASSWORD))
    search.make_anew()
    insights.make_anew()
    if with_photos:
        photos.hang_measured(made)
    if report:
        report.write_text(json.dumps(made, indent=2) + "\n", "utf-8")
    click.echo(json.dumps(made))


def fill_if_empty(*, with_photos: bool = True) -> None:
    """The demo, where there is no account yet; nobody gets a mail about it. To draw its photos takes some seconds."""
    if not _is_empty():
        return
    with ExitStack() as stack:
        album = _drawn(stack) if with_photos else {}
        stack.enter_context(unit_of_work.transaction())
        last_job = db.session.scalar(select(func.max(Job.id))) or 0
        Demo(passwords.hasher().hash_password(DEMO_PASSWORD), album).play()
        db.session.execute(delete(Job).where(Job.id > last_job))


def _drawn(stack: ExitStack) -> photos.Album:
    """A demo without photos is better than none."""
    click.echo("Drawing the demo's photos. It takes some seconds, this once.")
    try:
        return stack.enter_context(photos.album(photos.sights(script.stories())))
    except (CalledProcessError, OSError) as problem:
        click.echo(f"They could not be drawn, and are left out: {problem}", err=True)
        return {}


def _is_empty() -> bool:
    with unit_of_work.transaction():
        return db.session.scalar(select(Account.id).limit(1)) is None
