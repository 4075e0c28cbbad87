"""A machine that proposes translations: any server that speaks LibreTranslate's protocol, where the settings name one.

Owns the exchange with it, and that it ends in time whatever the server does. What is sent, and what becomes of the
answer, is up to who asks. No redirect is followed and no proxy is used: texts go to the address in the settings only.
"""

import json
import logging
import socket
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotYet
from contextlib import suppress
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from threading import BoundedSemaphore, Thread
from urllib.parse import urlsplit

from flask_babel import lazy_gettext as _l

from community.kit.errors import DomainError

SECONDS = 3.0
"""For all of it: finding the server, connecting, sending, and the last letter of its answer."""
MOST_AT_ONCE = 2
"""Exchanges of one worker, which has four threads: the others go on serving pages."""
MOST_BYTES = 1024 * 1024
GUESS = "auto"
"""In place of the code of a source language: the server finds out itself."""
NO_ANSWER = _l(
    "The machine gave no answer this time. What you typed is kept; translating goes on without it."
)
# RecursionError: brackets in brackets in brackets.
FAULTS = (OSError, HTTPException, ValueError, RecursionError)

_log = logging.getLogger(__name__)


class Unanswered(DomainError):
    """No answer that is of any use came in time. ``reason`` is for the log."""

    status = 503

    def __init__(self, reason: str) -> None:
        super().__init__(NO_ANSWER)
        self.reason = reason[:200]

    def __str__(self) -> str:
        return self.reason


class Machine:
    """The server at ``url``, which has ``seconds`` for a whole answer."""

    def __init__(self, url: str, key: str = "", *, seconds: float = SECONDS) -> None:
        self._url, self._key, self._seconds = url, key, seconds
        self._places = BoundedSemaphore(MOST_AT_ONCE)

    def translate(self, texts: Sequence[str], source: str, target: str) -> list[str]:
        """A proposal for each text, in their order, as it came. Raises Unanswered."""
        asked = {"q": list(texts), "source": source, "target": target, "format": "text"}
        if self._key:
            asked["api_key"] = self._key
        try:
            return _proposals(self._exchange(json.dumps(asked).encode()), len(texts))
        except Unanswered as error:
            _log.warning("the translating server: %s", error)
            raise

    def _exchange(self, body: bytes) -> bytes:
        if not self._places.acquire(blocking=False):
            raise Unanswered("others wait for it already")
        exchange = _Exchange(self._url, body, self._seconds, at_end=self._places.release)
        try:
            exchange.start()
        except RuntimeError as error:  # the system has no thread to give
            self._places.release()
            raise Unanswered(str(error)) from None
        return exchange.wait(self._seconds)


class _Exchange(Thread):
    """A question and its answer, on a thread of its own: no timeout ends a slow resolver, or a letter a second.

    Its place is free ``at_end``, which may be later than whoever asked went on: so no more of them than there are
    places ever linger.
    """

    def __init__(self, url: str, body: bytes, seconds: float, *, at_end: Callable[[], None]) -> None:
        super().__init__(daemon=True)
        place = urlsplit(url)
        kind = HTTPSConnection if place.scheme == "https" else HTTPConnection
        self._connection = kind(place.hostname or "", place.port, timeout=seconds)
        self._path, self._body, self._at_end = f"{place.path.rstrip('/')}/translate", body, at_end
        self._answer = Future[bytes]()
        self._socket: socket.socket | None = None
        self._is_late = False

    def run(self) -> None:
        try:
            self._answer.set_result(self._ask())
        except Unanswered as error:
            self._answer.set_exception(error)
        except FAULTS as error:
            self._answer.set_exception(Unanswered(f"{type(error).__name__}: {error}"))
        finally:
            self._connection.close()
            self._at_end()

    def wait(self, seconds: float) -> bytes:
        """What the server said. Raises Unanswered."""
        try:
            return self._answer.result(seconds)
        except NotYet:
            self._cut_off()
            raise Unanswered(f"no whole answer within {seconds} s") from None

    def _ask(self) -> bytes:
        self._connection.connect()
        # Kept here: the connection forgets it as soon as the server says that it will close.
        self._socket = self._connection.sock
        if self._is_late:
            raise Unanswered("connected too late")
        kinds = {"Content-Type": "application/json", "Accept": "application/json"}
        self._connection.request("POST", self._path, self._body, kinds)
        with self._connection.getresponse() as answer:
            if answer.status != 200:
                raise Unanswered(f"status {answer.status}")
            said = answer.read(MOST_BYTES + 1)
        if len(said) > MOST_BYTES:
            raise Unanswered(f"more than {MOST_BYTES} bytes")
        return said

    def _cut_off(self) -> None:
        """What waits for the server wakes up at once."""
        self._is_late = True
        if self._socket is not None:
            with suppress(OSError):
                self._socket.shutdown(socket.SHUT_RDWR)


_in_use: list[Machine] = []


def set_up(url: str, key: str = "", *, seconds: float = SECONDS) -> None:
    """``url`` as in COMMUNITY_TRANSLATE_URL, checked by the settings; "" for none."""
    _in_use[:] = [Machine(url, key, seconds=seconds)] if url else []


def is_there() -> bool:
    """Whether the settings name one: it may be silent all the same."""
    return bool(_in_use)


def translate(texts: Sequence[str], source: str, target: str) -> list[str]:
    """A proposal for each text, in their order, as it came. Raises Unanswered, also where there is no machine."""
    if not _in_use:
        raise Unanswered("there is none")
    return _in_use[0].translate(texts, source, target)


def _proposals(said: bytes, wanted: int) -> list[str]:
    try:
        answer = json.loads(said)
    except (ValueError, RecursionError):
        raise Unanswered("no JSON") from None
    found = answer.get("translatedText") if isinstance(answer, dict) else None
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        raise Unanswered("JSON of another form")
    if len(found) != wanted:
        raise Unanswered(f"{len(found)} texts for {wanted}")
    return found
