"""The job worker: takes due jobs under a lease, carries them out, forgets them when done.

A worker that is killed leaves its lease to run out; the job is then taken again. A lease is the ``due_at`` moved
ahead, so one index answers "what is due" for fresh, failed and abandoned jobs alike.
"""

import logging
import secrets
import signal
import threading
from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import Engine, case, delete, literal, select, update

from community.kit import clock, db, jobs, unit_of_work

LEASE = timedelta(minutes=2)
RENEWAL_SECONDS = 40.0
MOST_ATTEMPTS = 12
MOST_DOUBLINGS = 20  # what is never given up may have been tried for weeks
LONGEST_WAIT = timedelta(hours=6)
IDLE_SECONDS = 1.0

log = logging.getLogger("community.worker")


def run(stop: threading.Event, *, in_context: Callable[[], object]) -> None:
    """Work until ``stop`` is set, finishing the job under way; ``in_context`` opens an app context."""
    while not stop.is_set():
        with in_context():  # type: ignore[attr-defined]
            worked = run_one()
        if not worked:
            stop.wait(IDLE_SECONDS)


def stop_on_signals(stop: threading.Event) -> None:
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())


def run_one() -> bool:
    """Carry out the job that has been due longest; False when nothing is due."""
    taken = _take()
    if taken is None:
        return False
    number, kind, payload, lease, attempts = taken
    ended = threading.Event()
    keeper = threading.Thread(target=_renew, args=(number, lease, ended, db.db.engine), daemon=True)
    keeper.start()
    try:
        jobs.carrier(kind)(number, payload)
        with unit_of_work.transaction():
            _end(number, lease)
    except Exception as error:  # noqa: BLE001 - whatever a job raises, the next job must still run
        db.session.rollback()
        _put_back(number, lease, attempts, error)
    finally:
        ended.set()
        keeper.join()
    return True


def _end(number: int, lease: str) -> None:
    """Done: forgotten, or due again after its period."""
    now, own = clock.now(), (jobs.Job.id == number, jobs.Job.lease == lease)
    every = db.session.scalar(select(jobs.Job.every).where(*own))
    if every is None:
        db.session.execute(delete(jobs.Job).where(*own))
        return
    again = now + timedelta(seconds=every)
    db.session.execute(update(jobs.Job).where(*own).values(due_at=again, lease=None, attempts=0, failure=""))


def _take() -> tuple[int, str, dict[str, object], str, int] | None:
    lease = secrets.token_hex(16)
    with unit_of_work.transaction():
        now = clock.now()
        job = db.session.scalar(
            select(jobs.Job)
            .where(jobs.Job.due_at <= now, jobs.Job.failed_at.is_(None))
            .order_by(jobs.Job.due_at, jobs.Job.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        if job is None:
            return None
        job.lease, job.due_at, job.attempts = lease, now + LEASE, job.attempts + 1
        return job.id, job.kind, job.payload, lease, job.attempts


def _renew(number: int, lease: str, ended: threading.Event, engine: Engine) -> None:
    while not ended.wait(RENEWAL_SECONDS):
        with engine.begin() as connection:
            connection.execute(
                update(jobs.Job)
                .where(jobs.Job.id == number, jobs.Job.lease == lease)
                .values(due_at=clock.now() + LEASE)
            )


def _put_back(number: int, lease: str, attempts: int, error: Exception) -> None:
    """Wait 2^attempts seconds, at most LONGEST_WAIT, and give up after MOST_ATTEMPTS what is done only once."""
    log.warning("job %s failed (attempt %s): %s", number, attempts, error, exc_info=error)
    now = clock.now()
    wait = min(timedelta(seconds=2 ** min(attempts, MOST_DOUBLINGS)), LONGEST_WAIT)
    with unit_of_work.transaction():
        db.session.execute(
            update(jobs.Job)
            .where(jobs.Job.id == number, jobs.Job.lease == lease)
            .values(
                due_at=now + wait,
                lease=None,
                failure=f"{type(error).__name__}: {error}"[:2000],
                failed_at=case((jobs.Job.every.is_(None), literal(now, db.Moment)))
                if attempts >= MOST_ATTEMPTS
                else None,
            )
        )
