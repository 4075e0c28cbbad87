"""The half-year report counted a second time, in plain Python over plain rows. It shares no code with the product.

Written from the rules in the report's own "How it is counted" and the docstrings of the counting, cell by cell. Whoever
changes what the product counts has to say it here again, in other words.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from statistics import median
from typing import Any, NamedTuple

QUESTION = (
    "SELECT number, created_at, act, kind, language, country, ground, category, source, is_detected_by_machine, "
    "result, waited_seconds, of_number FROM log_entry ORDER BY number"
)
DECIDED = ["approve", "return", "refuse", "hide", "restore", "keep", "lock", "unlock"]
RESTRICTED = ["refuse", "hide", "lock"]
Cells = dict[str, Any]
Table = dict[str, Cells]


class Entry(NamedTuple):
    number: int
    at: datetime
    act: str
    kind: str
    language: str
    country: str
    ground: str | None
    category: str | None
    source: str | None
    detected: bool
    result: str | None
    waited: int | None
    of: int | None


def read(rows: Sequence[tuple[Any, ...]]) -> list[Entry]:
    entries = []
    for number, at, *rest in rows:
        moment = datetime.fromisoformat(at) if isinstance(at, str) else at
        moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
        entries.append(Entry(number, moment, *rest))
    return entries


def recount(entries: list[Entry], name: str) -> dict[str, Table]:
    """Every cell of the report of one half-year, such as 2026-H1."""
    year, half = int(name[:4]), int(name[-1])
    begins = datetime(year, 1 if half == 1 else 7, 1, tzinfo=UTC)
    ends = datetime(year, 7, 1, tzinfo=UTC) if half == 1 else datetime(year + 1, 1, 1, tzinfo=UTC)
    known = [e for e in entries if e.at < ends + timedelta(days=1)]
    last = max(known, key=lambda e: (e.at, e.number))
    known = [e for e in entries if e.number <= last.number]
    counted = [e for e in valid(known) if begins <= e.at < ends]
    return {
        "months": months(counted, begins, last.at),
        "notices": notices(counted),
        "decisions": decisions(counted),
        "restrictions": restrictions(counted),
        "sources": sources(counted),
        "languages": places(counted, lambda e: e.language, waits=True),
        "countries": places(counted, lambda e: e.country, waits=False),
        "appeals": appeals(counted, {e.number: e for e in known}),
        "accounts": accounts(counted),
    }


def valid(entries: list[Entry]) -> list[Entry]:
    """Without what was undone, without the undoing, and of every report only the answer that stands."""
    undone = {e.of for e in entries if e.act == "undo"}
    standing: dict[int | None, int | None] = {}
    for e in entries:
        if e.act == "answer":
            standing[e.of] = e.number
        elif e.act == "reopen":
            standing[e.of] = None
    answers = set(standing.values())
    return [
        e
        for e in entries
        if e.act not in ("undo", "reopen")
        and e.number not in undone
        and (e.act != "answer" or e.number in answers)
    ]


def months(counted: list[Entry], begins: datetime, last: datetime) -> Table:
    table = {}
    for more in range(6):
        month = begins.replace(month=begins.month + more)
        if month > last:
            break
        inside = [e for e in counted if (e.at.year, e.at.month) == (month.year, month.month)]
        table[month.strftime("%Y-%m")] = volumes(inside)
    return {**table, "all": volumes(counted)}


def notices(counted: list[Entry]) -> Table:
    def cells(found: list[Entry]) -> Cells:
        answers = [e for e in found if e.act == "answer"]
        return {
            "received": sum(e.act == "report" for e in found),
            "answered": len(answers),
            "acted": sum(e.result == "acted" for e in answers),
            "kept": sum(e.result == "kept" for e in answers),
            "gone": sum(e.result == "gone" for e in answers),
            "median_hours": median_hours(answers),
        }

    return grouped([e for e in counted if e.act in ("report", "answer")], lambda e: e.category, cells)


def decisions(counted: list[Entry]) -> Table:
    def cells(found: list[Entry]) -> Cells:
        return {**{act: sum(e.act == act for e in found) for act in DECIDED}, "all": len(found)}

    return grouped([e for e in counted if e.act in DECIDED], lambda e: e.ground, cells)


def restrictions(counted: list[Entry]) -> Table:
    def cells(found: list[Entry]) -> Cells:
        return {
            **{act: sum(e.act == act for e in found) for act in RESTRICTED},
            "all": len(found),
            "own_initiative": sum(e.source == "VOLUNTARY" for e in found),
            "notice": sum(e.source not in (None, "VOLUNTARY") for e in found),
            "detected": sum(bool(e.detected) for e in found),
        }

    return grouped([e for e in counted if e.act in RESTRICTED], lambda e: e.category, cells)


def sources(counted: list[Entry]) -> Table:
    def cells(found: list[Entry]) -> Cells:
        return {
            "decisions": len(found),
            "restrictions": sum(e.act in RESTRICTED for e in found),
            "detected": sum(bool(e.detected) for e in found),
            "median_hours": median_hours(found),
        }

    return grouped([e for e in counted if e.act in DECIDED], lambda e: e.source, cells)


def places(counted: list[Entry], where: Callable[[Entry], str], *, waits: bool) -> Table:
    def cells(found: list[Entry]) -> Cells:
        waited = {"median_hours": median_hours([e for e in found if e.act in DECIDED])} if waits else {}
        return {**volumes(found), **waited}

    return grouped([e for e in counted if e.act in (*DECIDED, "report", "appeal")], where, cells)


def appeals(counted: list[Entry], by_number: dict[int, Entry]) -> Table:
    def cells(found: list[Entry]) -> Cells:
        lodged = [e for e in found if e.act == "appeal"]
        ended = [e for e in found if e.act != "appeal"]
        turned = sum(e.act == "reverse" for e in ended)
        return {
            "lodged": len(lodged),
            "by_reporters": sum(e.of is not None and by_number[e.of].act == "report" for e in lodged),
            "upheld": len(ended) - turned,
            "reversed": turned,
            "reversed_share": round(100 * turned / len(ended), 1) if ended else None,
            "median_hours": median_hours(ended),
        }

    return grouped([e for e in counted if e.act in ("appeal", "uphold", "reverse")], lambda e: e.kind, cells)


def accounts(counted: list[Entry]) -> Table:
    measures = ["warn", "suspend", "close", "lift"]

    def cells(found: list[Entry]) -> Cells:
        return {act: sum(e.act == act for e in found) for act in measures}

    return grouped([e for e in counted if e.act in measures], lambda e: e.category, cells)


def volumes(found: list[Entry]) -> Cells:
    return {
        "decisions": sum(e.act in DECIDED for e in found),
        "restrictions": sum(e.act in RESTRICTED for e in found),
        "notices": sum(e.act == "report" for e in found),
        "appeals": sum(e.act == "appeal" for e in found),
    }


def grouped(
    found: list[Entry], by: Callable[[Entry], str | None], cells: Callable[[list[Entry]], Cells]
) -> Table:
    groups = defaultdict(list)
    for e in found:
        groups[by(e) or "none"].append(e)
    return {**{name: cells(some) for name, some in groups.items()}, "all": cells(found)}


def median_hours(found: list[Entry]) -> float | None:
    waited = [e.waited for e in found if e.waited is not None]
    return round(median(waited) / 3600, 1) if waited else None
