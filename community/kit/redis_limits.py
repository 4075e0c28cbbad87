"""Moving windows in Redis, for more than one machine."""

import math

from limits import RateLimitItemPerSecond
from limits.storage import storage_from_string
from limits.strategies import MovingWindowRateLimiter

from community.kit import clock
from community.kit.limits import Limit


class RedisCounter:
    """The moving window of the ``limits`` library."""

    def __init__(self, url: str) -> None:
        self._windows = MovingWindowRateLimiter(storage_from_string(url))

    def seconds_to_wait(self, limit: Limit, key: str) -> int:
        item = RateLimitItemPerSecond(limit.times, limit.seconds, namespace=limit.name)
        if self._windows.test(item, key):
            return 0
        return max(
            1, math.ceil(self._windows.get_window_stats(item, key).reset_time - clock.now().timestamp())
        )

    def add(self, limit: Limit, key: str) -> None:
        self._windows.hit(RateLimitItemPerSecond(limit.times, limit.seconds, namespace=limit.name), key)
