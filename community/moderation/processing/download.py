"""The public log as CSV, in parts, and the few lines of Python with which anybody can check its chain."""

import csv
from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from io import StringIO

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from community.kit import db
from community.moderation import queries
from community.moderation.models import LogEntry
from community.moderation.queries import LogFilter
from community.moderation.queries.public import bounds

AT_ONCE = 2_000
COLUMNS: dict[str, LazyString] = {
    "number": _l("Counts the lines from 1, without a gap."),
    "created_at": _l("When it was written, in UTC (ISO 8601)."),
    "act": _l("What was done."),
    "kind": _l("What it was done to: story, comment or account."),
    "language": _l("The language of the text, or of the account's pages."),
    "country": _l("The country of the member (ISO 3166-1)."),
    "ground": _l("The number of the clause it rests on."),
    "clause_version": _l("The version of that clause which was in force."),
    "category": _l("What it is about, by the names of the EU transparency database."),
    "source": _l("What made somebody look: a report (ARTICLE_16) or the desk itself (VOLUNTARY)."),
    "is_detected_by_machine": _l("true where a check before the queue had pointed it out; a person decided."),
    "result": _l("What came of a report: acted, kept or gone."),
    "waited_seconds": _l("How long the text, the report or the appeal had waited."),
    "of_number": _l("The line this one answers, undoes or is an appeal of."),
    "hash": _l("SHA-256 over the hash of the line before and this line."),
}
SCRIPT = """\
import csv, hashlib, json, sys

NUMBERS = ("number", "clause_version", "waited_seconds", "of_number")


def plain(name, value):
    if value == "":
        return None
    if name in NUMBERS:
        return int(value)
    return value == "true" if name == "is_detected_by_machine" else value


before, lines = "", 0
with open(sys.argv[1], encoding="utf-8", newline="") as file:
    for row in csv.DictReader(file):
        lines, told = lines + 1, row.pop("hash")
        line = json.dumps([plain(*cell) for cell in row.items()], separators=(",", ":"))
        before = hashlib.sha256(f"{before}\\n{line}".encode()).hexdigest()
        if int(row["number"]) != lines or before != told:
            sys.exit(f"line {lines} does not fit")
print(f"{lines} lines fit, last hash {before}")
"""


def in_parts(wanted: LogFilter) -> Iterator[str]:
    """Oldest first, up to the line that is the last now; each part is read in a transaction of its own.

    Whoever reads slowly holds nothing up, and no more than a part of it is ever in memory.
    """
    yield _written([list(COLUMNS)])
    with db.writing(False):
        lowest, highest = bounds(wanted, queries.last_line().number)
    for first in range(lowest, highest + 1, AT_ONCE):
        with db.writing(False):
            found = queries.log_slice(wanted, first, min(first + AT_ONCE - 1, highest))
            db.release()
        if found:
            yield _written([[_plain(value) for value in row] for row in found])


def plain(entry: LogEntry) -> dict[str, object]:
    """A line's columns as the CSV has them."""
    return {name: _plain(getattr(entry, name)) for name in COLUMNS}


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.value if isinstance(value, StrEnum) else "" if value is None else value


def _written(rows: list[list[object]] | list[list[str]]) -> str:
    paper = StringIO()
    csv.writer(paper, lineterminator="\n").writerows(rows)
    return paper.getvalue()
