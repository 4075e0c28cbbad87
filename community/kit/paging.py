"""Keyset paging: a page begins after the last row seen, so the five-thousandth costs what the first costs."""

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Generic, TypeVar

from community.kit import errors
from community.kit.numbers import BIGGEST

Row = TypeVar("Row")
Place = tuple[int | str, ...]
LONGEST_CURSOR = 700
BIGGEST_KEY = BIGGEST
BIGGEST_COUNT = 2**31 - 1


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Some rows and the cursor of the next page, None on the last."""

    rows: Sequence[Row]
    next: str | None


def page(rows: Sequence[Row], limit: int, place: Callable[[Row], Place]) -> Page[Row]:
    """A page from a query that asked for ``limit + 1`` rows."""
    shown = rows[:limit]
    return Page(shown, encode(place(shown[-1])) if len(rows) > limit else None)


def encode(place: Place) -> str:
    raw = json.dumps(place, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def decode(cursor: str | None, kinds: tuple[type, ...]) -> Place | None:
    """The place a cursor names, checked against the key's types. Raises NotFound for anything not made here."""
    if not cursor:
        return None
    if len(cursor) > LONGEST_CURSOR:
        raise errors.NotFound
    try:
        place = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (binascii.Error, ValueError):
        raise errors.NotFound from None
    if not isinstance(place, list) or [type(part) for part in place] != list(kinds):
        raise errors.NotFound
    if any(isinstance(part, int) and abs(part) > BIGGEST_KEY for part in place):
        raise errors.NotFound
    if any(isinstance(part, str) and ("\0" in part or not part.isprintable()) for part in place):
        raise errors.NotFound
    return tuple(place)


def from_moment(moment: datetime) -> str:
    return moment.isoformat()


def to_moment(text: object) -> datetime:
    """Raises NotFound when the text is no moment."""
    try:
        moment = datetime.fromisoformat(str(text))
        if moment.tzinfo is None:
            raise errors.NotFound
        # Near the calendar's ends a zone can lead to a year that is none.
        return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        raise errors.NotFound from None


def to_count(number: object) -> int:
    """A key that a database keeps in 32 bits. Raises NotFound when it does not fit."""
    if not isinstance(number, int) or abs(number) > BIGGEST_COUNT:
        raise errors.NotFound
    return number
