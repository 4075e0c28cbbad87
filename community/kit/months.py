"""Months by number: counted since the year 0, in UTC, so that the one before is one less."""

from datetime import UTC, date, datetime

FIRST, LAST = 12 * 1970, 12 * 3000 - 1


def number(moment: datetime) -> int:
    """The month a moment lies in."""
    there = moment.astimezone(UTC)
    return 12 * there.year + there.month - 1


def begins(month: int) -> date:
    """Its first day."""
    return date(month // 12, month % 12 + 1, 1)


def written(month: int) -> str:
    """As addresses and ``<input type="month">`` write it: 2026-03."""
    return f"{begins(month):%Y-%m}"


def read(words: str) -> int | None:
    """The number of a month written so; None for anything else."""
    try:
        day = date.fromisoformat(f"{words}-01")
    except ValueError:
        return None
    month = 12 * day.year + day.month - 1
    return month if FIRST <= month <= LAST and written(month) == words else None
