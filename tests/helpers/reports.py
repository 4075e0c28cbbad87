"""Reporting through the page, and the letters that come of it."""

import re
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Protocol

from tests.cast import Person
from tests.helpers.browser import Browser, Page
from tests.helpers.site import Site

REFERENCE = re.compile(r"R-[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}")
OF_A_MEMBER = {"reason": "scam", "explanation": "It sells a car that is not there.", "good_faith": "y"}
GIVEN = {**OF_A_MEMBER, "name": "Ann Reader", "email": "ann@example.test"}


class Opens(Protocol):
    def __call__(self, person: Person | None) -> Browser: ...


def opened(browser: Browser, number: int) -> Page:
    return browser.visit(f"/contributions/{number}/reports")


def reported(as_: Opens, number: int, person: Person | None = None, **changes: object) -> Page:
    """The answer to a report of this contribution, by somebody who is not signed in unless ``person`` is."""
    return opened(as_(person), number).submit(**{**(OF_A_MEMBER if person else GIVEN), **changes})


def reference(page: Page) -> str:
    """The one the page shows."""
    found = REFERENCE.search(page.main)
    if found is None:
        raise AssertionError(f"no reference on {page.path} ({page.status}): {page.main[:600]}")
    return found[0]


def letters_to(site: Site, address: str) -> list[EmailMessage]:
    """Everything mailed there by a moment from now, first to last."""
    site.work()
    found = [message_from_bytes(file.read_bytes(), policy=policy.default) for file in site.letters()]
    return [letter for letter in found if letter["To"] == address]


def words_of(letter: EmailMessage) -> str:
    """Subject and plain text, with single spaces."""
    body = letter.get_body(("plain",))
    if body is None:
        raise AssertionError("a letter without plain text")
    return " ".join(f"{letter['Subject']} {body.get_content()}".split())
