"""Composing letters: a template in text and in HTML, in the language of the person who gets it."""

from dataclasses import dataclass

from flask import current_app, render_template

from community.accounts.models import Account
from community.kit import db, i18n, mail
from community.moderation.actions import notes

ONE_CLICK = "List-Unsubscribe=One-Click"
RECORDED = "moderation/"
# A moderator whose own text was reported reads timelines too: these would tell by whom.
OF_REPORTERS = "moderation/report_"


@dataclass(frozen=True)
class Addressee:
    """Somebody without an account: an address, and the language they asked to be written to in."""

    email: str
    ui_language: str
    display_name: str = ""


def send(number: int, to: Account | Addressee, template: str, **words: object) -> None:
    """``templates/mail/<template>.txt`` and ``.html``; the first line of the text is the subject.

    With ``unsubscribing``, a token, among the words a mail program can end this kind of mail by itself (RFC 8058).
    """
    settings = current_app.extensions["settings"]
    with i18n.speaking(to.ui_language):
        base_url = settings.base_url.rstrip("/")
        ending = f"{base_url}/unsubscribe/{words.get('unsubscribing')}"
        values = {"member": to, "base_url": base_url, "unsubscribe_url": ending, **words}
        subject, _, body = render_template(f"mail/{template}.txt", **values).partition("\n")
        html = render_template(f"mail/{template}.html", **values)
    headers = (
        {"List-Unsubscribe": f"<{ending}>", "List-Unsubscribe-Post": ONE_CLICK}
        if "unsubscribing" in words
        else {}
    )
    letter = mail.Letter(to.email, subject, body.strip() + "\n", html, to.ui_language, headers)
    is_recorded = template.startswith(RECORDED) and not template.startswith(OF_REPORTERS)
    account_id = to.id if isinstance(to, Account) and is_recorded else None
    # SQLite has one writer, and a mail server may take its time: nobody waits for it.
    db.release()
    current_app.extensions["post"].send(letter, number)
    if account_id is not None:
        # Kept by the transaction that ends the job: what could not be sent leaves no row.
        notes.record_mail(account_id, template, subject)
