"""Walking the public log's chain: every line in its place, with its own hash, and none cut off at the end.

The chain finds a line that was changed, added or taken out. What it cannot find alone is an end that was cut off; the
records that lines were written for tell of that.
"""

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any, NamedTuple, cast

from sqlalchemy import String, func, select, type_coerce

from community.kit import db
from community.moderation.actions import log
from community.moderation.models import Act, Appeal, Decision, LogEntry, Report, Sanction

AT_ONCE = 2_000
RECORDS = (("decision", Decision), ("report", Report), ("sanction", Sanction), ("appeal", Appeal))
PLAIN = frozenset({"number", "clause_version", "is_detected_by_machine", "waited_seconds", "of_number"})


class Chain(NamedTuple):
    """How many lines hold from the first on, the hash of the last of them, and what is wrong behind it, if anything."""

    lines: int
    hash: str
    fault: str | None


def verify() -> Chain:
    """From the first line to the last, in batches, all as of one moment; ends at the first fault."""
    if db.session.get_bind().dialect.name == "postgresql":
        db.session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
    number, before = 0, ""
    for line in _lines():
        if line.number != number + 1:
            return Chain(number, before, f"line {number + 1}: missing")
        if log.digest(before, cast("LogEntry", line)) != line.hash:
            return Chain(number, before, f"line {line.number}: changed")
        number, before = line.number, line.hash
    return Chain(number, before, _missing_at_end(number))


class _Line:
    """A line's columns as ``digest`` reads them, whatever somebody may have put into them."""

    def __init__(self, found: dict[str, Any]) -> None:
        self.number: int = found["number"]
        self.hash: str = found["hash"]
        self.__dict__.update(found, created_at=_moment(found["created_at"]))


def _lines() -> Iterator[_Line]:
    """Read past the columns' types: a value that no longer is of its kind is a fault to find, not to fall over."""
    columns = [
        column if column.name in PLAIN else type_coerce(column, String).label(column.name)
        for column in LogEntry.__table__.c
    ]
    number = 0
    while True:
        batch = select(*columns).where(LogEntry.number > number).order_by(LogEntry.number).limit(AT_ONCE)
        rows = db.session.execute(batch).mappings().all()
        yield from (_Line(dict(row)) for row in rows)
        if not rows:
            return
        number = rows[-1]["number"]


def _moment(value: object) -> object:
    """SQLite keeps moments as text without a zone, PostgreSQL as moments in any."""
    with suppress(ValueError):
        value = datetime.fromisoformat(value) if isinstance(value, str) else value
    if not isinstance(value, datetime):
        return value
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _missing_at_end(last: int) -> str | None:
    for name, record in RECORDS:
        beyond = db.session.scalar(select(func.min(record.log_number)).where(record.log_number > last))
        if beyond is not None:
            return f"line {last + 1}: missing"
        without = db.session.scalar(select(func.min(record.id)).where(record.log_number.is_(None)))
        if without is not None:
            return f"{name} {without}: no line"
    return _unsaid()


def _unsaid() -> str | None:
    """Answers and verdicts have no number of their own: there must be as many lines as there are of them."""
    said = dict(db.session.execute(select(LogEntry.act, func.count()).group_by(LogEntry.act)).all())
    answered = db.session.scalar(select(func.count()).where(Report.answered_at.is_not(None))) or 0
    decided = db.session.scalar(select(func.count()).where(Appeal.decided_at.is_not(None))) or 0
    if answered > said.get(Act.ANSWER, 0) - said.get(Act.REOPEN, 0):
        return "the end: missing, reports were answered that it does not tell of"
    if decided > said.get(Act.UPHOLD, 0) + said.get(Act.REVERSE, 0):
        return "the end: missing, appeals were decided that it does not tell of"
    return None
