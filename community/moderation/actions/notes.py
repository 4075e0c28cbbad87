"""Notes between moderators, and the record of the mails that left."""

from datetime import timedelta

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from community.accounts.models import Account
from community.kit import clock, db, text
from community.kit.errors import Invalid
from community.moderation.models import LONGEST_NOTE, Note, SentMail

LONGEST_SUBJECT = 300
SAME = timedelta(hours=1)
EMPTY = _l("Write down what other moderators should know.")
LONG = _l("Use at most 2,000 characters.")


def write_note(member: Account, body: str, *, by: Account, contribution_id: int | None = None) -> Note:
    """About a member, or beside one of their texts; the same words sent twice are one note. Raises Invalid."""
    if text.is_blank(body):
        raise Invalid({"body": [EMPTY]})
    if len(body) > LONGEST_NOTE:
        raise Invalid({"body": [LONG]})
    # Held until the transaction ends, so that a double press finds the first note.
    db.session.execute(select(Account.id).where(Account.id == member.id).with_for_update(key_share=True))
    last = db.session.scalar(
        select(Note)
        .where(Note.account_id == member.id, Note.by_id == by.id, Note.created_at > clock.now() - SAME)
        .order_by(Note.id.desc())
        .limit(1)
    )
    if last and (last.body, last.contribution_id) == (body, contribution_id):
        return last
    note = Note(
        account_id=member.id,
        contribution_id=contribution_id,
        by_id=by.id,
        body=body,
        created_at=clock.now(),
    )
    db.session.add(note)
    db.session.flush()
    return note


def record_mail(account_id: int, kind: str, subject: str) -> SentMail:
    """A mail about moderation has left; ``kind`` is its template's name."""
    sent = SentMail(
        account_id=account_id,
        kind=kind,
        subject=" ".join(subject.split())[:LONGEST_SUBJECT],
        sent_at=clock.now(),
    )
    db.session.add(sent)
    return sent
