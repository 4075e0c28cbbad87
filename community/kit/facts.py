"""Facts: what happened, told by the room where it happened to whoever listens further up.

Listeners run at once, inside the same transaction. Who listens to what stands in ``app.py`` and nowhere else.
"""

from collections import defaultdict
from collections.abc import Callable
from typing import Any, TypeVar

Fact = TypeVar("Fact")
_listeners: dict[type[Any], list[Callable[[Any], None]]] = defaultdict(list)


def listen(fact: type[Fact], listener: Callable[[Fact], None]) -> None:
    """Have ``listener`` told of every ``fact``; saying it twice is saying it once."""
    if listener not in _listeners[fact]:
        _listeners[fact].append(listener)


def announce(fact: object) -> None:
    """Tell all listeners, in the order in which ``app.py`` lists them."""
    for listener in _listeners[type(fact)]:
        listener(fact)
