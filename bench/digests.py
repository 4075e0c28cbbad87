"""A day of notices: so many events to so many members, mailed on their mornings to a real SMTP server on loopback.

``python -m bench.digests`` plays it with the numbers the product promises, on SQLite, and says how long each part took;
``tests/notifications/test_digest_day.py`` plays a small one on both databases and counts every row.
"""

import socket
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from random import Random
from typing import Any

from aiosmtpd.controller import Controller
from flask import Flask
from sqlalchemy import insert, select, update

from community.accounts.models import Account
from community.app import create_app
from community.comments.models import Comment
from community.config import Settings
from community.contributions.facts import Moved, Shelf
from community.contributions.models import Contribution, Kind, Revision, RevisionState, State
from community.kit import clock, db, migrating, unit_of_work, worker
from community.notifications import actions
from community.notifications.models import Mail, NoticeChoice, NoticeKind
from community.policy.permissions import Role, Standing
from community.stories.models import Story

MEMBERS, EVENTS, SEED = 1_000, 10_000, 6
BEGINNING = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
COUNTRIES = ("VN", "ZA", "ID", "BR", "DE", "IN", "US", "NZ", "TH", "SA")
LANGUAGES = ("en", "id", "ar", "de", "vi")
AT_ONCE_EACH, NEVER_EACH = 10, 15
"""Every so many members chose so; the others left it as it was."""


@dataclass
class Inbox:
    """What the mail server was given, by address."""

    letters: dict[str, list[EmailMessage]] = field(default_factory=dict)

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        message = message_from_bytes(envelope.content, policy=policy.default)
        for address in envelope.rcpt_tos:
            self.letters.setdefault(address, []).append(message)
        return "250 OK"


@dataclass(frozen=True)
class Played:
    """``answers`` counts, by member, what they were told; ``seconds`` how long each part took."""

    members: Sequence[int]
    answers: Counter[int]
    seconds: dict[str, float]


@contextmanager
def mail_server(inbox: Inbox) -> Iterator[str]:
    """Its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Controller(inbox, hostname="127.0.0.1", port=port)
    server.start()
    try:
        yield f"smtp://127.0.0.1:{port}"
    finally:
        server.stop()


def play(app: Flask, *, members: int, events: int) -> Played:
    """A whole day and night after the events, in steps of a quarter of an hour. Leaves the clock as it was."""
    moment = BEGINNING
    before = clock._source
    clock.replace(lambda: moment)
    seconds: dict[str, float] = {}
    try:
        with app.app_context():
            people = _people(members)
            answers = _answers(people, events, seconds)
        began = time.monotonic()
        for _ in range(25 * 4):
            moment += timedelta(minutes=15)
            with app.app_context():
                actions.mail_at_once(0, {})
                actions.mail_mornings(0, {})
                while worker.run_one():
                    pass
        seconds["taken and sent"] = time.monotonic() - began
    finally:
        clock.replace(before)
    return Played(people, answers, seconds)


def mail_of(place: int) -> Mail:
    """What the member at this place chose for answers."""
    if place % AT_ONCE_EACH == 0:
        return Mail.AT_ONCE
    return Mail.NEVER if place % NEVER_EACH == 1 else Mail.DAILY


def _people(members: int) -> list[int]:
    """Each with one story; their numbers."""
    with unit_of_work.transaction():
        rows = [
            {
                "handle": f"reader-{place}",
                "email": f"reader-{place}@example.test",
                "email_confirmed_at": BEGINNING,
                "password_hash": "-",
                "display_name": f"Reader {place}",
                "country": COUNTRIES[place % len(COUNTRIES)],
                "ui_language": LANGUAGES[place % len(LANGUAGES)],
                "role": Role.MEMBER,
                "given_standing": Standing.GOOD,
                "has_unread_warning": False,
                "created_at": BEGINNING,
            }
            for place in range(members)
        ]
        made = insert(Account).returning(Account.id, sort_by_parameter_order=True)
        people = list(db.session.scalars(made, rows))
        chosen = [
            {"account_id": number, "kind": NoticeKind.ANSWERED, "mail": mail_of(place)}
            for place, number in enumerate(people)
            if mail_of(place) is not Mail.DAILY
        ]
        db.session.execute(insert(NoticeChoice), chosen)
        return people


def _answers(people: Sequence[int], events: int, seconds: dict[str, float]) -> Counter[int]:
    """Answers to their stories, by one another, told as the listeners tell them."""
    chance = Random(SEED)  # noqa: S311 - repeatable on purpose
    with unit_of_work.transaction():
        stories = _live(Kind.STORY, people, "A road")
        db.session.execute(insert(Story.__table__), [{"id": number} for number in stories])  # type: ignore[arg-type]
        pairs = [tuple(chance.sample(range(len(people)), 2)) for _ in range(events)]
        comments = _live(Kind.COMMENT, [people[by] for by, _ in pairs], "")
        rows = [
            {"id": number, "on_id": stories[on], "depth": 0, "path": f"{number:08d}"}
            for number, (_, on) in zip(comments, pairs, strict=True)
        ]
        db.session.execute(insert(Comment.__table__), rows)  # type: ignore[arg-type]
    began = time.monotonic()
    with unit_of_work.transaction():
        for number, (by, _) in zip(comments, pairs, strict=True):
            actions.tell_answered(_moved(number, people[by]))
    seconds["told"] = time.monotonic() - began
    return Counter(people[on] for _, on in pairs)


def _moved(number: int, author_id: int) -> Moved:
    return Moved(
        contribution_id=number,
        kind=Kind.COMMENT,
        author_id=author_id,
        by_id=None,
        revision_id=None,
        old=State.WAITING,
        new=State.LIVE,
        cause="trusted",
        at=BEGINNING,
        was_on=None,
        is_on=Shelf("en", "VN", None),
    )


def _live(kind: Kind, authors: Sequence[int], title: str) -> list[int]:
    """Contributions with a live text each; their numbers."""
    table: Any = Contribution.__table__
    common = {"state": State.DRAFT, "country": "VN", "language": "en", "created_at": BEGINNING}
    rows = [
        {**common, "kind": kind, "author_id": one, "form_id": f"{kind}-{place}", "changed_at": BEGINNING}
        for place, one in enumerate(authors)
    ]
    counts = {"version": 2, "reaction_count": 0, "comment_count": 0}
    made = insert(table).returning(table.c.id, sort_by_parameter_order=True)
    numbers = list(db.session.scalars(made, [{**row, **counts} for row in rows]))
    text = {"number": 1, "state": RevisionState.LIVE, "title": title, "body": "Yes.", "html": "<p>Yes.</p>"}
    dated = {"excerpt": "Yes.", "language": "en", "created_at": BEGINNING, "saved_at": BEGINNING}
    db.session.execute(insert(Revision), [{**text, **dated, "contribution_id": number} for number in numbers])
    own = select(Revision.id).where(Revision.contribution_id == table.c.id).scalar_subquery()
    db.session.execute(
        update(table)
        .where(table.c.kind == kind, table.c.live_revision_id.is_(None))
        .values(live_revision_id=own, state=State.LIVE, published_at=BEGINNING)
    )
    return numbers


def main() -> None:
    inbox = Inbox()
    with tempfile.TemporaryDirectory() as folder, mail_server(inbox) as smtp_url:
        url = f"sqlite:///{Path(folder) / 'community.sqlite3'}"
        migrating.upgrade(url)
        settings = Settings(
            instance=Path(folder),
            database_url=url,
            secret_key="a key for measuring only, of thirty-two or more",  # noqa: S106
            base_url="http://localhost",
            mail_from="stories@example.test",
            allowed_hosts=("localhost",),
            smtp_url=smtp_url,
        )
        played = play(create_app(settings), members=MEMBERS, events=EVENTS)
    sent = sum(len(letters) for letters in inbox.letters.values())
    sys.stdout.write(f"{MEMBERS} members, {EVENTS} events, {sent} letters\n")
    for part, seconds in played.seconds.items():
        sys.stdout.write(f"{part:<16} {seconds:6.1f} s\n")


if __name__ == "__main__":
    main()
