"""A clock that stands still until a test moves it."""

from datetime import UTC, datetime, timedelta

BEGINNING = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class StillClock:
    def __init__(self) -> None:
        self.moment = BEGINNING

    def __call__(self) -> datetime:
        return self.moment

    def advance(self, **length: float) -> datetime:
        """``days=``, ``hours=``, ``minutes=``, ``seconds=``; the new moment."""
        self.moment += timedelta(**length)
        return self.moment
