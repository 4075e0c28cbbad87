"""The site's pulse: one row that changes with every change to what everybody may read.

A page kept in memory is good as long as the pulse it was drawn under is the present one, so a hidden story is gone
from every page of every worker with the transaction that hid it. The same one-row question also tells which schema
revision the database is at. It is asked on a connection of the thread's own, outside any session, because it comes
with every request and must cost next to nothing.
"""

import threading
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol

from sqlalchemy import CheckConstraint, Integer, update
from sqlalchemy.engine import URL, make_url
from sqlalchemy.orm import Mapped, mapped_column

from community.kit import clock, db

QUESTION = "SELECT number, changed_at, (SELECT max(version_num) FROM alembic_version) FROM pulse"


class Pulse(db.Model):
    __tablename__ = "pulse"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(db.Key)
    changed_at: Mapped[datetime] = mapped_column(db.Moment)


@dataclass(frozen=True)
class Reading:
    """``number`` grows with each public change; ``schema`` is the database's Alembic revision."""

    number: int
    changed_at: datetime
    schema: str | None


class _Connection(Protocol):
    def execute(self, question: str) -> Any: ...


class Unreachable(Exception):
    """The database did not answer, or has no tables yet."""


class Monitor:
    """Reads the pulse; one connection a thread, renewed when it breaks."""

    def __init__(self, url: str, driver: Any) -> None:
        """``driver`` is the database's DB-API module, as the engine has it."""
        self._url: URL = make_url(url)
        self._driver = driver
        self._own = threading.local()

    def read(self) -> Reading:
        """The present pulse. Raises Unreachable."""
        try:
            return self._ask()
        except self._driver.Error:
            self._own.connection = None
        try:
            return self._ask()
        except self._driver.Error as error:
            self._own.connection = None
            raise Unreachable(str(error)) from error

    def _ask(self) -> Reading:
        connection = getattr(self._own, "connection", None)
        if connection is None:
            connection = self._own.connection = self._open()
        row = connection.execute(QUESTION).fetchone()
        if row is None:
            raise Unreachable("the pulse has no row")
        changed = datetime.fromisoformat(row[1]) if isinstance(row[1], str) else row[1]
        if changed.tzinfo is None:
            changed = changed.replace(tzinfo=UTC)
        return Reading(row[0], changed, row[2])

    def _open(self) -> _Connection:
        if self._url.get_backend_name() == "sqlite":
            file = f"file:{self._url.database}?mode=rw"
            connection: _Connection = self._driver.connect(
                file, uri=True, timeout=5, isolation_level=None, check_same_thread=False
            )
            return connection
        plain = self._url.set(drivername="postgresql").render_as_string(hide_password=False)
        opened: _Connection = self._driver.connect(plain, autocommit=True, connect_timeout=5)
        return opened


def beat() -> None:
    """Count one public change, inside the present transaction."""
    db.session.execute(update(Pulse).values(number=Pulse.number + 1, changed_at=clock.now()))
