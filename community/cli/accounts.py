"""Accounts from the command line: how the first admin comes to be."""

import sys

import click
from flask.cli import with_appcontext

from community.accounts import actions
from community.accounts.actions.people import Preferences
from community.kit import countries, languages, text, unit_of_work
from community.kit.errors import Invalid
from community.policy.permissions import Role


@click.group()
def accounts() -> None:
    """People."""


@accounts.command()
@click.option("--email", required=True)
@click.option("--name", required=True, help="The display name.")
@click.option("--country", required=True, help="ISO 3166-1, two letters.")
@click.option(
    "--language", required=True, help="The language they read; also of the site, where it speaks it."
)
@click.option("--role", type=click.Choice([role.value for role in Role]), default=Role.MEMBER.value)
@with_appcontext
def create(email: str, name: str, country: str, language: str, role: str) -> None:
    """Make an account; the password comes from standard input, the handle goes to standard output."""
    password = sys.stdin.readline().rstrip("\r\n")
    if not countries.is_country(country):
        raise click.ClickException(f"{country} is no country of ISO 3166-1")
    if not languages.is_language(language):
        raise click.ClickException(f"{language} is no language known here")
    preferences = Preferences(
        display_name=text.normalise(name, multiline=False),
        country=country,
        ui_language=language if language in languages.INTERFACE else languages.INTERFACE[0],
        languages=[language],
    )
    try:
        with unit_of_work.transaction():
            account = actions.register(email, password, preferences, role=Role(role), is_confirmed=True)
            handle = account.handle
    except Invalid as error:
        raise click.ClickException("; ".join(f"{n}: {w[0]}" for n, w in error.errors.items())) from None
    click.echo(handle)
