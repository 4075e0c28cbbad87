"""The load: a closed loop of keep-alive connections, driven by one thread over raw sockets.

It knows just enough HTTP to see where an answer ends. A ready-made client would spend more on a request than the
fastest page does, and both share the same cores. What it costs itself stands in every ``Round``.
"""

import selectors
import socket
import time
from collections import Counter
from collections.abc import Callable, Container
from dataclasses import dataclass, field

PATIENCE = 15.0  # seconds without any answer after which the rest counts as timed out
ONE_READ = 1 << 18
HEAD_END = b"\r\n\r\n"

NextRequest = Callable[[], bytes]
"""No bytes mean that nothing is left to ask for: the round ends early."""


@dataclass(frozen=True)
class Round:
    """What one round saw. ``times`` are seconds, sorted; ``client_cpu`` is the load's own processor seconds."""

    seconds: float
    times: list[float]
    octets: int
    errors: dict[str, int]
    client_cpu: float

    @property
    def per_second(self) -> float:
        return len(self.times) / self.seconds

    @property
    def ceiling(self) -> float:
        """Requests per second at which the load alone would fill one core."""
        return len(self.times) / self.client_cpu if self.client_cpu else 0.0


def quantile(times: list[float], share: float) -> float:
    """The value below which ``share`` of the sorted ``times`` lie; 0 when there are none."""
    return times[min(len(times) - 1, int(share * len(times)))] if times else 0.0


class Broken(Exception):
    """The connection ended before the answer did."""


class Answer:
    """Follows one answer through its pieces. ``status`` is known, and ``is_whole`` can be true, after its head."""

    __slots__ = ("awaited", "closes", "head", "is_chunked", "is_whole", "status", "tail")

    def __init__(self) -> None:
        self.head = b""
        self.status = 0
        self.awaited = -1
        self.closes = False
        self.is_chunked = False
        self.is_whole = False
        self.tail = b""

    def take(self, piece: bytes) -> None:
        if self.status:
            self._count(piece)
            return
        self.head += piece
        end = self.head.find(HEAD_END)
        if end < 0:
            return
        body = self.head[end + 4 :]
        self._read_head(self.head[:end].lower())
        self._count(body)

    def end(self) -> None:
        """The peer closed: right for an answer without a length, a fault for every other."""
        if not self.status or self.awaited >= 0 or self.is_chunked:
            raise Broken
        self.is_whole = True
        self.closes = True

    def _read_head(self, head: bytes) -> None:
        self.status = int(head[9:12])
        self.closes = b"\r\nconnection: close" in head
        self.is_chunked = b"\r\ntransfer-encoding: chunked" in head
        start = head.find(b"\r\ncontent-length:")
        if start >= 0:
            self.awaited = int(head[start + 17 :].split(b"\r", 1)[0])
        elif self.status in (204, 304):
            self.awaited = 0

    def _count(self, body: bytes) -> None:
        if self.is_chunked:
            self.tail = (self.tail + body)[-5:]
            self.is_whole = self.tail == b"0\r\n\r\n"
        elif self.awaited >= 0:
            self.awaited -= len(body)
            self.is_whole = self.awaited <= 0


class Connection:
    """One keep-alive connection with at most one request on its way."""

    __slots__ = ("address", "answer", "began", "sock")

    def __init__(self, address: tuple[str, int]) -> None:
        self.address = address
        self.began = 0.0
        self.answer = Answer()
        self.open()

    def open(self) -> None:
        self.sock = socket.create_connection(self.address, timeout=PATIENCE)
        self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def ask(self, request: bytes) -> None:
        self.answer = Answer()
        self.began = time.perf_counter()
        self.sock.sendall(request)

    def receive(self) -> int:
        """Take what has arrived; returns its length."""
        piece = self.sock.recv(ONE_READ)
        if piece:
            self.answer.take(piece)
        else:
            self.answer.end()
        return len(piece)


@dataclass
class Tally:
    """What a round has counted so far; nothing counts before ``since``. ``last`` is when the last answer came."""

    since: float
    until: float
    last: float = 0.0
    ran_out: bool = False
    times: list[float] = field(default_factory=list)
    octets: int = 0
    errors: Counter[str] = field(default_factory=Counter)

    def add(self, connection: Connection, expected: Container[int], now: float) -> None:
        if not self.since <= now < self.until:
            return
        self.last = now
        if connection.answer.status in expected:
            self.times.append(now - connection.began)
        else:
            self.errors[f"status {connection.answer.status}"] += 1


@dataclass(frozen=True)
class Load:
    """``request`` is called for the bytes of each request; an answer whose status is not expected is an error."""

    address: tuple[str, int]
    request: NextRequest
    expected: Container[int] = (200,)
    connections: int = 16

    def run(self, seconds: float, warm_up: float = 0.3) -> Round:
        """Keep every connection busy for ``warm_up + seconds``; requests on their way at the end are let finish."""
        began = time.perf_counter()
        tally = Tally(began + warm_up, began + warm_up + seconds)
        spent = time.process_time()
        with selectors.DefaultSelector() as watch:
            for _ in range(self.connections):
                connection = Connection(self.address)
                watch.register(connection.sock, selectors.EVENT_READ, connection)
                self._ask(watch, connection, tally)
            self._drive(watch, tally)
        if tally.ran_out:
            seconds = max(tally.last - tally.since, 0.001)
            if not tally.times:
                tally.errors["nothing left to ask for"] += 1
        spent = (time.process_time() - spent) * seconds / (seconds + warm_up)
        return Round(seconds, sorted(tally.times), tally.octets, dict(tally.errors), spent)

    def _ask(self, watch: selectors.BaseSelector, connection: Connection, tally: Tally) -> None:
        if request := self.request():
            connection.ask(request)
        else:
            tally.ran_out = True
            self._close(watch, connection)

    def _drive(self, watch: selectors.BaseSelector, tally: Tally) -> None:
        while open_connections := watch.get_map():
            events = watch.select(PATIENCE)
            if not events:
                tally.errors["timeout"] += len(open_connections)
                for key in list(open_connections.values()):
                    self._close(watch, key.data)
                return
            for key, _ in events:
                self._advance(watch, key.data, tally)

    def _advance(self, watch: selectors.BaseSelector, connection: Connection, tally: Tally) -> None:
        try:
            octets = connection.receive()
        except (Broken, OSError) as problem:
            tally.errors[type(problem).__name__.lower()] += 1
            self._close(watch, connection)
            self._reopen(watch, connection, tally)
            return
        now = time.perf_counter()
        if tally.since <= now < tally.until:
            tally.octets += octets
        if not connection.answer.is_whole:
            return
        tally.add(connection, self.expected, now)
        if now >= tally.until or connection.answer.closes:
            self._close(watch, connection)
            self._reopen(watch, connection, tally)
        else:
            self._ask(watch, connection, tally)

    def _reopen(self, watch: selectors.BaseSelector, connection: Connection, tally: Tally) -> None:
        if time.perf_counter() >= tally.until:
            return
        try:
            connection.open()
        except OSError:
            tally.errors["refused"] += 1
            time.sleep(0.05)  # a server that is gone must not be asked a million times
            return
        watch.register(connection.sock, selectors.EVENT_READ, connection)
        self._ask(watch, connection, tally)

    @staticmethod
    def _close(watch: selectors.BaseSelector, connection: Connection) -> None:
        watch.unregister(connection.sock)
        connection.sock.close()
