"""Parts of pages kept in a worker's memory while the pulse stands still: what many signed-in readers see alike.

The same promise as the page cache's: a part is used only under the pulse it was drawn under, and the pulse is read
before it is drawn.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

from flask import current_app, request

from community.kit import pulse
from community.kit.page_cache import READING

Part = TypeVar("Part")


class Shelf(Generic[Part]):
    """At most ``most`` parts, the longest unused making room."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._parts: OrderedDict[Hashable, tuple[pulse.Reading, Part]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, draw: Callable[[], Part]) -> Part:
        """The part kept under ``key``, or a new one."""
        now: pulse.Reading = request.environ[READING]
        with self._lock:
            reading, part = self._parts.get(key, (None, None))
            if reading == now and part is not None:
                self._parts.move_to_end(key)
                return part
        part = draw()
        with self._lock:
            self._parts[key] = (now, part)
            self._parts.move_to_end(key)
            if len(self._parts) > self._most:
                self._parts.popitem(last=False)
        return part


def kept(name: str, key: Hashable, draw: Callable[[], Part], *, most: int) -> Part:
    """The part under ``key`` on the application's shelf of this ``name``, which has room for ``most``; or a new one."""
    shelf: Shelf[Part] = current_app.extensions.setdefault(f"shelf of {name}", Shelf(most))
    return shelf.get(key, draw)
