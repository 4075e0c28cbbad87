"""Writing the public log: each line carries the hash of itself and of the line before it."""

import hashlib
import json
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select, text

from community.kit import clock, db, unit_of_work
from community.moderation.models import Act, LogEntry

LOCK = 0x6C6F67  # "log": the number of PostgreSQL's advisory lock under which lines are added one by one
CHAINED = (
    "number",
    "created_at",
    "act",
    "kind",
    "language",
    "country",
    "ground",
    "clause_version",
    "category",
    "source",
    "is_detected_by_machine",
    "result",
    "waited_seconds",
    "of_number",
)


def append(act: Act, *, kind: str, language: str, country: str, **fields: object) -> LogEntry:
    """Add a line; ``fields`` are LogEntry's. Held until the transaction ends, so call it as late as possible."""
    if db.session.get_bind().dialect.name == "postgresql":
        db.session.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": LOCK})
    last = db.session.execute(
        select(LogEntry.number, LogEntry.hash).order_by(LogEntry.number.desc()).limit(1)
    ).first()
    number, before = (last.number, last.hash) if last else (0, "")
    entry = LogEntry(
        number=number + 1,
        created_at=clock.now(),
        act=act,
        kind=kind,
        language=language,
        country=country,
        **{"is_detected_by_machine": False, **fields},
    )
    entry.hash = digest(before, entry)
    db.session.add(entry)
    db.session.flush()
    unit_of_work.public_change()
    return entry


def digest(before: str, entry: LogEntry) -> str:
    """SHA-256 over the previous hash and the fields of CHAINED as JSON, in that order; moments in UTC, ISO 8601."""
    line = json.dumps([_plain(getattr(entry, name, None)) for name in CHAINED], separators=(",", ":"))
    return hashlib.sha256(f"{before}\n{line}".encode()).hexdigest()


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    return value.value if isinstance(value, StrEnum) else value
