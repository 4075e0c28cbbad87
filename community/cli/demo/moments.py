"""Moments of content in bulk: seconds of the epoch, written as both databases take them, from tables made once."""

from datetime import UTC, datetime, timedelta
from functools import cache

DAY = 86_400
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def stamp(seconds: int) -> str:
    """In UTC, without its zone: as SQLite keeps a moment, and as PostgreSQL reads it in a session set to UTC."""
    day, second = divmod(seconds, DAY)
    return _date(day) + _times()[second]


@cache
def _date(day: int) -> str:
    return (_EPOCH + timedelta(days=day)).strftime("%Y-%m-%d ")


@cache
def _times() -> tuple[str, ...]:
    return tuple(f"{n // 3600:02}:{n // 60 % 60:02}:{n % 60:02}.000000" for n in range(DAY))
