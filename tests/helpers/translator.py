"""A translating server on this machine: it says what a test tells it to, well or badly, byte by byte if it has to.

Run by itself it is one to look at: it answers as LibreTranslate does, with proposals anybody can tell from a person's.
`python -m tests.helpers.translator 5005`, and COMMUNITY_TRANSLATE_URL=http://127.0.0.1:5005
"""

import json
import re
import socket
import socketserver
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

Asked = dict[str, Any]
Answer = Callable[[Asked], Iterable[bytes]]
LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
MARKED = re.compile(r"^(#{1,6}|[-*>]|\d+\.) ")


@dataclass
class Translator:
    """``answer`` gives the pieces of a whole HTTP answer; ``asked`` and ``paths`` are what came."""

    address: str = ""
    answer: Answer = field(default_factory=lambda: well)
    asked: list[Asked] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    most_at_once: int = 0
    at_once: int = 0
    closed_early: threading.Event = field(default_factory=threading.Event)
    """Whether somebody went before the answer was whole."""


def well(asked: Asked) -> Iterable[bytes]:
    """As LibreTranslate does: a text for each, in the same order."""
    return [found({"translatedText": [say(one, asked["target"]) for one in asked["q"]]})]


def say(words: str, target: str) -> str:
    """A block stays the block it is."""
    mark = MARKED.match(words)
    rest = words[mark.end() :] if mark else words
    return f"{mark[0] if mark else ''}⟨{target}⟩ {rest}"


def found(content: Any) -> bytes:
    return whole(json.dumps(content).encode())


def whole(body: bytes, status: str = "200 OK", kind: str = "application/json", more: str = "") -> bytes:
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n{more}\r\n"
    return head.encode() + body


def saying(*pieces: bytes) -> Answer:
    """The same to everybody."""
    return lambda _asked: pieces


def dripping(words: bytes, every: float = 0.02) -> Answer:
    """A byte at a time, and from its end on the last one for ever."""

    def drip(_asked: Asked) -> Iterator[bytes]:
        for number in range(100_000):
            yield words[min(number, len(words) - 1) :][:1]
            time.sleep(every)

    return drip


def later(seconds: float, answer: Answer = well) -> Answer:
    def waiting(asked: Asked) -> Iterable[bytes]:
        time.sleep(seconds)
        return answer(asked)

    return waiting


@contextmanager
def served(answer: Answer = well, port: int = 0) -> Iterator[Translator]:
    translator = Translator(answer=answer)
    lock = threading.Lock()

    class Conversation(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            with lock:
                translator.at_once += 1
                translator.most_at_once = max(translator.most_at_once, translator.at_once)
            try:
                _converse(self.request, translator)
            except OSError:
                translator.closed_early.set()
            finally:
                with lock:
                    translator.at_once -= 1

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True
        allow_reuse_address = True
        block_on_close = False

    with Server(("127.0.0.1", port), Conversation) as server:
        translator.address = f"http://127.0.0.1:{server.server_address[1]}"
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield translator
        server.shutdown()


def _converse(connection: socket.socket, translator: Translator) -> None:
    head, _, body = _read_until(connection, b"", b"\r\n\r\n").partition(b"\r\n\r\n")
    length = LENGTH.search(head)
    wanted = int(length[1]) if length else 0
    while len(body) < wanted and (piece := connection.recv(65536)):
        body += piece
    if not head:  # somebody who only knocked
        return
    translator.paths.append(head.split(b" ")[1].decode())
    asked: Asked = {}
    with suppress(ValueError):
        asked = json.loads(body)
    translator.asked.append(asked)
    for piece in translator.answer(asked):
        connection.sendall(piece)


def _read_until(connection: socket.socket, so_far: bytes, end: bytes) -> bytes:
    while end not in so_far and (piece := connection.recv(65536)):
        so_far += piece
    return so_far


if __name__ == "__main__":
    with served(port=int(sys.argv[1])) as running:
        sys.stdout.write(f"{running.address}\n")
        threading.Event().wait()
