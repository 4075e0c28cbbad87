"""Slow work: a job is a row written in the same transaction as what asked for it, so neither exists without the other.

Owns the table and the asking. ``kit/worker.py`` carries jobs out. A job runs at least once; what it does must bear
being done again (mail carries the job's number as its Message-ID).

What has to be done again and again is one row that is never forgotten: when it is done it is due ``every`` so many
seconds later, so a worker that is killed leaves nothing undone, and the row's lease keeps two from doing it at once.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import JSON, Index, String, Text, delete, func, insert, select, text, update
from sqlalchemy.orm import Mapped, mapped_column

from community.kit import clock, db

Carrier = Callable[[int, dict[str, Any]], None]
_carriers: dict[str, Carrier] = {}
_periods: dict[str, timedelta] = {}
NOT_GIVEN_UP = text("failed_at IS NULL")
IS_PERIODIC = text("every IS NOT NULL")


class Job(db.Model):
    """``attempts`` counts beginnings; a job given up has ``failed_at`` and stays until an admin looks at it.

    ``every`` is the seconds between two times of what is done again and again: one row a kind, never given up.
    """

    __tablename__ = "job"
    __table_args__ = (
        Index("ix_job_due", "due_at", "id", sqlite_where=NOT_GIVEN_UP, postgresql_where=NOT_GIVEN_UP),
        Index("uq_job_periodic", "kind", unique=True, sqlite_where=IS_PERIODIC, postgresql_where=IS_PERIODIC),
        # Without it SQLite gives the number of a job that is done to the next one, and a number stands for one mail.
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(db.Key, primary_key=True)
    kind: Mapped[str] = mapped_column(String(60))
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    created_at: Mapped[datetime] = mapped_column(db.Moment)
    due_at: Mapped[datetime] = mapped_column(db.Moment)
    lease: Mapped[str | None] = mapped_column(String(32))
    attempts: Mapped[int] = mapped_column(default=0)
    every: Mapped[int | None]
    failed_at: Mapped[datetime | None] = mapped_column(db.Moment)
    failure: Mapped[str] = mapped_column(Text, default="")


def enqueue(kind: str, payload: dict[str, Any], *, delay: timedelta = timedelta(0)) -> Job:
    """Ask for work once the present transaction commits; ``delay`` from now."""
    if kind not in _carriers:
        raise KeyError(f"nobody carries out jobs of kind {kind!r}")
    now = clock.now()
    job = Job(kind=kind, payload=payload, created_at=now, due_at=now + delay, attempts=0, failure="")
    db.session.add(job)
    db.session.flush()
    return job


def enqueue_all(kind: str, payloads: Sequence[dict[str, Any]]) -> None:
    """The same for many at once."""
    now = clock.now()
    given = {"kind": kind, "created_at": now, "due_at": now, "attempts": 0, "failure": ""}
    if payloads:
        db.session.execute(insert(Job), [{**given, "payload": payload} for payload in payloads])


def cancel(kind: str, name: str, number: int) -> bool:
    """Forget a job nobody has begun, found by one number of its payload; False when there is none."""
    gone = db.session.execute(
        delete(Job).where(Job.kind == kind, Job.payload[name].as_integer() == number, Job.lease.is_(None))
    )
    return db.changed(gone)


def carries(kind: str, carrier: Carrier) -> None:
    """Name who carries out jobs of a kind: called with the job's number and its payload."""
    _carriers[kind] = carrier


def repeats(kind: str, carrier: Carrier, every: timedelta) -> None:
    """Name who carries out, again and again, what nobody has to ask for; see ``keep_repeating``."""
    carries(kind, carrier)
    _periods[kind] = every


def keep_repeating() -> None:
    """See to it that there is a row for all that is done again and again, as often as the code says now."""
    now = clock.now()
    for kind, period in _periods.items():
        seconds = int(period.total_seconds())
        row = db.insert(Job).values(
            kind=kind, payload={}, created_at=now, due_at=now, attempts=0, failure="", every=seconds
        )
        db.session.execute(row.on_conflict_do_nothing(index_elements=["kind"], index_where=IS_PERIODIC))
        db.session.execute(
            update(Job)
            .where(Job.kind == kind, Job.every.is_not(None), Job.every != seconds)
            .values(every=seconds)
        )


def carrier(kind: str) -> Carrier:
    return _carriers[kind]


def backlog() -> tuple[int, int]:
    """How many jobs are due or under way, and how many were given up; what comes again and again is neither."""
    waiting, failed = db.session.execute(
        select(
            func.count().filter(Job.failed_at.is_(None)), func.count().filter(Job.failed_at.is_not(None))
        ).where(Job.every.is_(None))
    ).one()
    return waiting, failed
