"""The time. Everything asks here, so that a test can set it."""

from collections.abc import Callable
from datetime import UTC, datetime


def _system() -> datetime:
    return datetime.now(UTC)


_source: Callable[[], datetime] = _system


def now() -> datetime:
    """The present moment, always with its zone (UTC)."""
    return _source()


def replace(source: Callable[[], datetime] | None) -> None:
    """Put another clock in place (tests only); None brings the system's back."""
    global _source  # noqa: PLW0603 - one clock for the process is the point
    _source = source or _system
