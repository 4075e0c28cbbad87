"""Composing letters: a template in text and in HTML, in the language of the person who gets it."""

from flask import current_app, render_template

from community.accounts.models import Account
from community.kit import db, i18n, mail


def send(number: int, to: Account, template: str, **words: object) -> None:
    """``templates/mail/<template>.txt`` and ``.html``; the first line of the text is the subject."""
    settings = current_app.extensions["settings"]
    with i18n.speaking(to.ui_language):
        values = {"member": to, "base_url": settings.base_url.rstrip("/"), **words}
        subject, _, body = render_template(f"mail/{template}.txt", **values).partition("\n")
        html = render_template(f"mail/{template}.html", **values)
    letter = mail.Letter(to.email, subject, body.strip() + "\n", html, to.ui_language)
    # SQLite has one writer, and a mail server may take its time: nobody waits for it.
    db.release()
    current_app.extensions["post"].send(letter, number)
