"""One transaction a request: opened as a reader or a writer, committed once, before the answer leaves.

No other code commits, but the job worker (one transaction a job) and the CLI (one a command), which use
``transaction()`` from here, and what decides on many things in one request, each by itself (``separately()``).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from flask import Flask, Response, request
from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState, Session

from community.kit import db, pulse

SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
Done = TypeVar("Done")


def init_app(app: Flask) -> None:
    app.before_request(_begin)
    app.after_request(_finish)


@contextmanager
def transaction() -> Iterator[None]:
    """A writer's transaction outside a request: commits at the end, rolls back when anything is raised."""
    db.begin_requests_as(writers=True)
    try:
        yield
        _commit()
    except BaseException:
        db.session.rollback()
        raise


def separately(act: Callable[[], Done]) -> Done:
    """What ``act`` gives, kept whatever becomes of the rest of the request; or, when it raises, nothing of it.

    What the request wrote before is kept too, first. Rows loaded before are stale afterwards, those of the signed-in
    account among them: ``act`` loads what it works with (docs/adr/009).
    """
    _commit()
    try:
        done = act()
        _commit()
    except BaseException:
        db.session.rollback()
        raise
    return done


def keep_so_far() -> None:
    """Keep what the request wrote, and give the write lock back, before work that takes long. Loaded rows are stale."""
    _commit()


def _begin() -> None:
    db.begin_requests_as(writers=request.method not in SAFE)


def _finish(response: Response) -> Response:
    if request.method not in SAFE and response.status_code < 400:
        _commit()
    else:
        db.session.rollback()
    return response


def _commit() -> None:
    db.session.flush()
    if db.session.info.pop("public_changed", False):
        # Last, so that the one row everybody shares is locked for the shortest time.
        pulse.beat()
    db.session.commit()


def public_change() -> None:
    """Say that something everybody may read has changed; cached pages end with this transaction."""
    db.session.info["public_changed"] = True


@event.listens_for(Session, "after_flush")
def _flushed(session: Session, _context: object) -> None:
    session.info["has_written"] = True


@event.listens_for(Session, "do_orm_execute")
def _executed(state: ORMExecuteState) -> None:
    if state.is_insert or state.is_update or state.is_delete:
        state.session.info["has_written"] = True


@event.listens_for(Session, "after_transaction_end")
def _ended(session: Session, transaction: object) -> None:
    if getattr(transaction, "parent", None) is None:
        session.info.pop("has_written", None)
        session.info.pop("public_changed", None)
