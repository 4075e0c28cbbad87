"""Whether rows and files agree. A file's row is written after it, so a row without a file is a loss; a file without a
row may be one that is just being kept, or what a killed process left.
"""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from itertools import groupby
from typing import NamedTuple

from community.kit import db, storage
from community.kit.errors import Missing
from community.kit.storage import Kept
from community.media import queries

SHELVES = {"photos": queries.made_under, "uploads": queries.parts_under}
"""The folders that are ours, and who knows what belongs there; what else is kept beside them is not looked at."""


class Fault(StrEnum):
    """``missing`` and ``changed`` are files that a row speaks of: gone, or of another length. ``orphan`` has no row."""

    MISSING = "missing"
    CHANGED = "changed"
    ORPHAN = "orphan"


class Found(NamedTuple):
    """``kept`` is the file, where there is one."""

    fault: Fault | None
    name: str
    kept: Kept | None = None


def compare() -> Iterator[Found]:
    """Every file that is there or should be, with what is wrong with it. Raises Unkept.

    No more than the photos whose keys begin alike are held in memory. To be asked outside a writer's transaction.
    """
    seen = set()
    for shelf, files in groupby(storage.listing(), key=_shelf):
        if shelf:
            seen.add(shelf)
            yield from _compared(shelf, {kept.name: kept for kept in files})
    for beginning in queries.beginnings():
        for top in SHELVES:
            if (top, beginning) not in seen:
                yield from _compared((top, beginning), {})


def orphans(found: Iterable[Found]) -> Iterator[Kept]:
    """Files without rows, but for those whose rows may come at any moment."""
    for key, of_one_photo in groupby(found, key=lambda one: _key(one.name)):
        strays = [one.kept for one in of_one_photo if one.fault is Fault.ORPHAN and one.kept]
        if strays and not queries.is_on_its_way(key):
            yield from strays


def _compared(shelf: tuple[str, str], files: dict[str, Kept]) -> Iterator[Found]:
    """The files were listed before: a row that has none there is asked about once more."""
    top, beginning = shelf
    rows = SHELVES[top](beginning)
    db.release()
    for name in sorted(files.keys() | rows.keys()):
        kept = files.get(name)
        if name not in rows:
            yield Found(Fault.ORPHAN, name, kept)
        elif kept is None and _is_missing(name):
            yield Found(Fault.MISSING, name)
        elif kept is not None and kept.bytes != rows[name]:
            yield Found(Fault.CHANGED, name, kept)
        else:
            yield Found(None, name, kept)


def _is_missing(name: str) -> bool:
    try:
        storage.read(name)
    except Missing:
        return True
    return False


def _shelf(kept: Kept) -> tuple[str, str] | None:
    top, _, rest = kept.name.partition("/")
    return (top, rest[:2]) if top in SHELVES else None


def _key(name: str) -> str:
    """Of ``photos/0a/0a…/1/320.webp``."""
    return name.split("/")[2] if name.count("/") > 2 else ""
