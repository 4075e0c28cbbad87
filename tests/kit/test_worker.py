"""Jobs and their worker: done at least once, never lost, never in the way of anybody else."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from community.config import ROOT
from community.kit import clock as community_clock
from community.kit import db as database
from community.kit import jobs, worker
from tests.helpers.clock import StillClock
from tests.helpers.site import Site

Carried = list[tuple[int, dict[str, Any]]]


@pytest.fixture
def carried() -> Iterator[Carried]:
    """What the carrier of "test" jobs was given."""
    done: Carried = []
    jobs.carries("test", lambda number, payload: done.append((number, payload)))
    yield done
    del jobs._carriers["test"]


@pytest.fixture
def failing(carried: Carried) -> Carried:
    def fail(number: int, payload: dict[str, Any]) -> None:
        carried.append((number, payload))
        raise OSError("the road is closed")

    jobs.carries("test", fail)
    return carried


def ask(db: Site, **payload: Any) -> int:
    with db.writing():
        return jobs.enqueue("test", payload).id


def ask_and_fail(db: Site) -> None:
    with suppress(RuntimeError), db.writing():
        jobs.enqueue("test", {})
        raise RuntimeError


def run_one(db: Site) -> bool:
    with db.app.app_context():
        return worker.run_one()


def test_a_job_is_carried_out_once_and_forgotten(db: Site, carried: Carried) -> None:
    number = ask(db, word="hello")
    assert run_one(db)
    assert not run_one(db)
    assert carried == [(number, {"word": "hello"})]
    assert db.value("SELECT count(*) FROM job") == 0


def test_a_job_exists_only_with_what_asked_for_it(db: Site, carried: Carried) -> None:
    ask_and_fail(db)
    assert not run_one(db)


def test_nobody_asks_for_what_nobody_does(db: Site) -> None:
    with pytest.raises(KeyError), db.writing():
        jobs.enqueue("unheard of", {})


def test_due_jobs_first_come_first_served(db: Site, carried: Carried, clock: StillClock) -> None:
    with db.writing():
        later = jobs.enqueue("test", {}, delay=timedelta(minutes=5)).id
        first, second = jobs.enqueue("test", {}).id, jobs.enqueue("test", {}).id
    assert db.work() == 2
    assert [number for number, _ in carried] == [first, second]
    clock.advance(minutes=5)
    assert db.work() == 1
    assert carried[-1][0] == later


def test_a_failed_job_waits_longer_each_time_and_is_given_up_after_twelve(
    db: Site, failing: Carried, clock: StillClock
) -> None:
    ask(db)
    waits = []
    for _ in range(12):
        assert run_one(db)
        assert not run_one(db)
        due = db.value("SELECT due_at FROM job")
        waits.append(seconds_until(due))
        clock.advance(seconds=waits[-1])
    assert waits == [2**n for n in range(1, 13)]
    assert len(failing) == 12
    clock.advance(days=30)
    assert not run_one(db)
    assert db.value("SELECT failure FROM job") == "OSError: the road is closed"
    with db.reading():
        assert jobs.backlog() == (0, 1)


def seconds_until(due: Any) -> int:
    moment = datetime.fromisoformat(due) if isinstance(due, str) else due
    moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
    return round((moment - community_clock.now()).total_seconds())


def test_one_bad_job_stops_no_other(db: Site, failing: Carried, clock: StillClock) -> None:
    ask(db)
    done: Carried = []
    jobs.carries("good", lambda number, payload: done.append((number, payload)))
    with db.writing():
        jobs.enqueue("good", {})
    assert db.work() == 2
    assert len(done) == 1
    del jobs._carriers["good"]


def test_what_a_failing_job_wrote_is_undone(db: Site, carried: Carried) -> None:
    def write_and_fail(_number: int, _payload: dict[str, Any]) -> None:
        database.session.execute(text("UPDATE topic SET position = 77 WHERE id = 1"))
        raise OSError

    jobs.carries("test", write_and_fail)
    ask(db)
    assert run_one(db)
    assert db.value("SELECT position FROM topic WHERE id = 1") == 1


@pytest.fixture
def repeating(carried: Carried) -> Iterator[Carried]:
    """The same, done again each ten minutes; nothing else repeats."""
    before = dict(jobs._periods)
    jobs._periods.clear()
    jobs.repeats("test", jobs.carrier("test"), timedelta(minutes=10))
    yield carried
    jobs._periods.clear()
    jobs._periods.update(before)


def keep_repeating(db: Site) -> None:
    with db.writing():
        jobs.keep_repeating()


def test_what_repeats_is_one_row_however_many_workers_begin(
    db: Site, repeating: Carried, clock: StillClock
) -> None:
    for _ in range(2):
        keep_repeating(db)
    assert db.work() == 1
    assert not run_one(db)
    clock.advance(minutes=10)
    assert db.work() == 1
    assert len(repeating) == 2
    jobs.repeats("test", jobs.carrier("test"), timedelta(minutes=20))
    keep_repeating(db)
    assert db.rows("SELECT kind, every FROM job") == [("test", 1200)]


def test_what_repeats_is_never_given_up_and_is_nobodys_backlog(
    db: Site, repeating: Carried, clock: StillClock
) -> None:
    def fail(_number: int, _payload: dict[str, Any]) -> None:
        raise OSError("the road is closed")

    carry = jobs.carrier("test")
    jobs.carries("test", fail)
    keep_repeating(db)
    for _ in range(14):
        assert run_one(db)
        clock.advance(hours=6)
    with db.reading():
        assert jobs.backlog() == (0, 0)
    jobs.carries("test", carry)
    assert run_one(db)
    assert len(repeating) == 1


def test_a_job_under_way_is_nobody_elses_until_its_lease_ends(
    db: Site, carried: Carried, clock: StillClock
) -> None:
    number = ask(db)
    with db.app.app_context():
        assert worker._take() is not None
    clock.advance(seconds=worker.LEASE.total_seconds() - 1)
    assert not run_one(db)
    clock.advance(seconds=1)
    assert run_one(db)
    assert carried == [(number, {})]


def test_a_worker_that_lost_its_lease_forgets_nothing_of_the_others(
    db: Site, carried: Carried, clock: StillClock
) -> None:
    """A slow worker comes back after its lease ended and another took the job: only the other may end it."""

    def lose_the_lease(number: int, payload: dict[str, Any]) -> None:
        jobs.carries("test", lambda *_: None)
        clock.advance(seconds=worker.LEASE.total_seconds())
        with db.app.app_context():
            assert worker._take() is not None

    jobs.carries("test", lose_the_lease)
    ask(db)
    assert run_one(db)
    assert db.value("SELECT count(*) FROM job") == 1


def test_the_lease_of_a_long_job_is_renewed(
    db: Site, carried: Carried, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "RENEWAL_SECONDS", 0.01)
    renewed = threading.Event()
    before: list[Any] = []

    def take_long(_number: int, _payload: dict[str, Any]) -> None:
        before.append(db.value("SELECT due_at FROM job"))
        for _ in range(1000):
            if db.value("SELECT due_at FROM job") != before[0]:
                renewed.set()
                return
            threading.Event().wait(0.01)

    jobs.carries("test", take_long)
    ask(db)
    assert run_one(db)
    assert renewed.is_set()


def test_others_can_write_while_a_job_is_under_way(db: Site, carried: Carried) -> None:
    """A mail server may take twenty seconds to answer; the site must not wait for it."""
    written = []

    def slow(_number: int, _payload: dict[str, Any]) -> None:
        thread = threading.Thread(target=lambda: written.append(ask(db)))
        thread.start()
        thread.join()

    jobs.carries("test", slow)
    ask(db)
    assert run_one(db)
    assert len(written) == 1


KILLED = """
import os, signal, sys
from community.app import create_app
from community.kit import jobs, worker
from community import config

app = create_app(config.load())

def die(*_):
    sys.stdout.write("under way")
    sys.stdout.flush()
    os.kill(os.getpid(), signal.SIGKILL)

jobs.carries("test", die)
with app.app_context():
    worker.run_one()
"""


@pytest.mark.fault
def test_a_killed_workers_job_runs_again(db: Site, carried: Carried, clock: StillClock) -> None:
    community_clock.replace(None)
    number = ask(db, word="survives")
    environ = {
        **os.environ,
        "COMMUNITY_INSTANCE": str(db.instance),
        "COMMUNITY_DATABASE_URL": db.settings.database_url,
        "PYTHONPATH": str(ROOT),
    }
    done = subprocess.run(
        [sys.executable, "-c", KILLED], env=environ, capture_output=True, check=False, cwd=ROOT
    )
    assert (done.returncode, done.stdout) == (-signal.SIGKILL, b"under way"), done.stderr
    assert not run_one(db)
    ahead = community_clock.now() + worker.LEASE
    community_clock.replace(lambda: ahead)
    assert run_one(db)
    assert carried == [(number, {"word": "survives"})]


def test_the_worker_ends_when_it_is_told_and_finishes_what_is_under_way(db: Site, carried: Carried) -> None:
    stop = threading.Event()

    def last(number: int, payload: dict[str, Any]) -> None:
        carried.append((number, payload))
        stop.set()

    jobs.carries("test", last)
    ask(db)
    ask(db)
    worker.run(stop, in_context=db.app.app_context)
    assert len(carried) == 1
    assert db.value("SELECT count(*) FROM job") == 1
