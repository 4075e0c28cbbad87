"""What tests of appeals share: restrictions, reports and sanctions, and the tokens of those they concern."""

import re
from email import message_from_bytes, policy
from email.message import EmailMessage

from community.moderation.access import appeals as access
from community.moderation.actions import reports, sanctions
from community.moderation.actions.reports import Notice
from community.moderation.actions.sanctions import Charge
from community.moderation.models import Measure, Reason
from community.moderation.queries import appeals as queries
from tests.cast import Person
from tests.factories.contributions import contribution, decision, form_id
from tests.helpers.browser import Browser, Page
from tests.helpers.site import Site

WHY = "The second paragraph quotes the law, it does not break it."


def letters_to(site: Site, address: str) -> list[EmailMessage]:
    """What the worker sent this address so far, first to last."""
    site.work()
    found = [message_from_bytes(file.read_bytes(), policy=policy.default) for file in site.letters()]
    return [letter for letter in found if letter["To"] == address]


def words_of(letter: EmailMessage) -> str:
    body = letter.get_body(("plain",))
    assert body is not None
    return f"{letter['Subject']}\n{body.get_content()}"


def appeal_link(letter: EmailMessage) -> str:
    found = re.search(r"http://localhost(/appeals/\S+)", words_of(letter))
    assert found, words_of(letter)
    return found[1]


def path_of(site: Site, number: int) -> str:
    """The page on which the author of this decision appeals."""
    with site.app.test_request_context():
        return f"/appeals/{access.token_for_decision(decision(number))}"


def report(site: Site, number: int, by: Person | None = None) -> str:
    """Somebody reports; the page on which they can appeal what comes of it."""
    with site.writing():
        kept = reports.report(
            contribution(number),
            Notice(
                reason=Reason.SCAM,
                explanation="It sells a car that is not there.",
                seen=None,
                language="en",
                form_id=form_id(),
                origin="here",
                name="" if by else "Ann Reader",
                email="" if by else "ann@example.test",
            ),
            by=by.account() if by else None,
        )
        kept_id = kept.id
    with site.app.test_request_context():
        found = queries.matter(queries.Against.REPORT, kept_id)
        assert found
        assert found.report
        return f"/appeals/{access.token_for_report(found.report)}"


def sanction(site: Site, member: Person, by: Person, measure: Measure = Measure.WARNING) -> str:
    charge = Charge(measure=measure, ground="2.1", explanation="Three times in a week.", days=30)
    with site.writing():
        given = sanctions.impose(member.account(), charge, by=by.account())
        return f"/appeals/{access.token_for_sanction(given)}"


def appealed(browser: Browser, path: str, message: str = WHY) -> Page:
    return browser.visit(path).submit("main form", message=message)


def log(site: Site) -> list[str]:
    return [act for (act,) in site.rows("SELECT act FROM log_entry ORDER BY number")]
