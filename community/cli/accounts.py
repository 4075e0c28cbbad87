"""Accounts from the command line: how the first admin comes to be."""

import sys

import click
from flask.cli import with_appcontext

from community.accounts import actions, queries
from community.accounts.actions.people import Preferences
from community.kit import countries, languages, text, unit_of_work
from community.kit.errors import Invalid
from community.policy.permissions import Role, Standing


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


@accounts.command()
@click.argument("handle")
@click.option("--role", type=click.Choice([role.value for role in Role]))
@click.option("--standing", type=click.Choice([standing.value for standing in Standing]))
@click.option(
    "--language", "spoken", multiple=True, help="A language they read; repeat it, most at home first."
)
@click.option(
    "--desk-country", "desk", multiple=True, help="A country they look after at the desk; repeat it."
)
@with_appcontext
def change(
    handle: str, role: str | None, standing: str | None, spoken: tuple[str, ...], desk: tuple[str, ...]
) -> None:
    """Change somebody's role, standing, languages or desk; what is not named stays.

    A standing given here has no reasons on record. It holds until a sanction is imposed or lifted; "closed" signs
    them out everywhere.
    """
    unknown = [code for code in spoken if not languages.is_language(code)]
    unknown += [code for code in desk if not countries.is_country(code)]
    if unknown:
        raise click.ClickException(f"not known here: {', '.join(unknown)}")
    with unit_of_work.transaction():
        account = queries.account_by_handle(handle)
        account = queries.account(account.id) if account else None
        if account is None:
            raise click.ClickException(f"there is no {handle}")
        actions.appoint(
            account, role=Role(role) if role else None, standing=Standing(standing) if standing else None
        )
        preferences = Preferences(
            display_name=account.display_name,
            country=account.country,
            ui_language=account.ui_language,
            languages=spoken or account.languages,
            desk_countries=desk or [country.country for country in account.desk_countries],
        )
        actions.change_preferences(preferences, by=account)
    click.echo(f"{handle}: {account.role}, {account.standing}, reads {' '.join(account.languages)}")
