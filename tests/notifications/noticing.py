"""Notices for tests of what is mailed: rows as the listeners write them, and the worker's rounds."""

from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage

from community.notifications import actions
from tests.cast import Person
from tests.helpers.site import Site


def round_of_mail(site: Site) -> None:
    """What the worker does again and again, and then what it was left to do."""
    with site.app.app_context():
        actions.mail_at_once(0, {})
        actions.mail_mornings(0, {})
    site.work(later=timedelta(0))


def letters(site: Site, person: Person) -> list[EmailMessage]:
    """About notices, first to last."""
    found = [message_from_bytes(file.read_bytes(), policy=policy.default) for file in site.letters()]
    return [one for one in found if one["To"] == person.email and one["List-Unsubscribe"]]


def choose(site: Site, person: Person, mail: str, kind: str = "answered") -> None:
    site.execute(
        "INSERT INTO notice_choice (account_id, kind, mail) VALUES (:id, :kind, :mail)",
        id=person.id,
        kind=kind,
        mail=mail,
    )
