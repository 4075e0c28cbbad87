"""When things happened in the demo: a calendar plays them in their order, with the clock set to each moment."""

import heapq
from collections.abc import Callable
from datetime import datetime
from functools import partial
from itertools import count

from community.kit import clock


class Calendar:
    """What happens when; whatever happens may put more into it."""

    def __init__(self) -> None:
        self._ahead: list[tuple[datetime, int, Callable[[], object]]] = []
        self._order = count()

    def put(self, moment: datetime, act: Callable[[], object]) -> None:
        heapq.heappush(self._ahead, (moment, next(self._order), act))

    def play(self) -> None:
        try:
            while self._ahead:
                moment, _, act = heapq.heappop(self._ahead)
                clock.replace(partial(_same, moment))
                act()
        finally:
            clock.replace(None)


def _same(moment: datetime) -> datetime:
    return moment
