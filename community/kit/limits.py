"""How often: moving windows over what clients do, shared by all workers.

Counted in Redis where COMMUNITY_REDIS_URL names one, otherwise in a small SQLite file beside the others in
``instance/``: memory would count for each worker by itself, and the site's own database would forget the failures of
every request that is rolled back.
"""

import importlib
import ipaddress
import math
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from community.kit import clock
from community.kit.errors import TooMany, Words


@dataclass(frozen=True)
class Limit:
    """At most ``times`` in any ``seconds``."""

    name: str
    times: int
    seconds: int


class Counter(Protocol):
    def seconds_to_wait(self, limit: Limit, key: str) -> int: ...
    def add(self, limit: Limit, key: str) -> None: ...


class FileCounter:
    """Moving windows in an SQLite file. A power cut may lose the last seconds of it, which costs nothing."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def seconds_to_wait(self, limit: Limit, key: str) -> int:
        now = clock.now().timestamp()
        with self._open() as connection:
            rows = connection.execute(
                "SELECT at FROM hit WHERE name = ? AND key = ? AND at > ? ORDER BY at DESC LIMIT ?",
                (limit.name, key, now - limit.seconds, limit.times),
            ).fetchall()
        if len(rows) < limit.times:
            return 0
        return max(1, math.ceil(float(rows[-1][0]) + limit.seconds - now))

    def add(self, limit: Limit, key: str) -> None:
        now = clock.now().timestamp()
        with self._open() as connection:
            connection.execute(
                "DELETE FROM hit WHERE name = ? AND at <= ?", (limit.name, now - limit.seconds)
            )
            connection.execute("INSERT INTO hit (name, key, at) VALUES (?, ?, ?)", (limit.name, key, now))

    def _open(self) -> "_Closing":
        self._file.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(self._file, timeout=5, isolation_level=None)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute("CREATE TABLE IF NOT EXISTS hit (name TEXT, key TEXT, at REAL)")
        connection.execute("CREATE INDEX IF NOT EXISTS hit_key ON hit (name, key, at)")
        return _Closing(connection)


class _Closing:
    """sqlite3's own context manager ends the transaction but leaves the connection open."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def __enter__(self) -> sqlite3.Connection:
        return self._connection

    def __exit__(self, *_: object) -> None:
        self._connection.close()


_counter: Counter | None = None


def set_up(*, redis_url: str, instance: Path) -> None:
    global _counter  # noqa: PLW0603 - one counter for the process, chosen at start-up
    if redis_url:
        # Only where it is wanted: the client and its library take 9 MB of every worker.
        _counter = importlib.import_module("community.kit.redis_limits").RedisCounter(redis_url)
    else:
        _counter = FileCounter(instance / "limits.sqlite3")


def check(limit: Limit, *keys: str, otherwise: Words = "") -> None:
    """Raises TooMany, which says what can be done ``otherwise``, when any key's window is full; counts nothing."""
    wait = max(_chosen().seconds_to_wait(limit, key) for key in keys)
    if wait:
        raise TooMany(wait, otherwise)


def count(limit: Limit, *keys: str) -> None:
    for key in keys:
        _chosen().add(limit, key)


def spend(limit: Limit, *keys: str) -> None:
    """Check, then count. Raises TooMany."""
    check(limit, *keys)
    count(limit, *keys)


def network(address: str) -> str:
    """The client as it is counted: an IPv4 address, or the /64 that one household has of IPv6."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address[:64]
    if isinstance(found, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(found)


def _chosen() -> Counter:
    if _counter is None:
        raise RuntimeError("limits.set_up() was not called")
    return _counter
