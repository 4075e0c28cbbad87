"""An S3 server on this machine: moto's, which is a mock. It keeps objects as S3 says, and checks no key."""

import logging
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from uuid import uuid4

import pytest
from moto.server import ThreadedMotoServer

KEYS = {"AWS_ACCESS_KEY_ID": "nobody", "AWS_SECRET_ACCESS_KEY": "asks"}


class Buckets:
    """``make`` gives the address of a new, empty bucket as COMMUNITY_MEDIA_URL takes it."""

    def __init__(self) -> None:
        logging.getLogger("werkzeug").setLevel(logging.WARNING)  # a line for every request otherwise
        self._server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
        self._server.start()
        self.host, self.port = self._server.get_host_and_port()

    def make(self) -> str:
        name = f"media-{uuid4().hex}"
        assert self.ask("PUT", f"/{name}") == 200
        return self.address(name)

    def address(self, name: str) -> str:
        return f"s3://{name}/some/where?region=eu-central-1&endpoint=http://{self.host}:{self.port}"

    def ask(self, method: str, path: str) -> int:
        return self.read(method, path)[0]

    def read(self, method: str, path: str) -> tuple[int, bytes]:
        """Past obstore: the status, and what was said."""
        connection = HTTPConnection(self.host, self.port, timeout=10)
        try:
            connection.request(method, path)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def stop(self) -> None:
        self._server.stop()


@contextmanager
def served() -> Iterator[Buckets]:
    with pytest.MonkeyPatch.context() as patch:
        for name, value in KEYS.items():
            patch.setenv(name, value)
        buckets = Buckets()
        yield buckets
        buckets.stop()


@contextmanager
def silent_port() -> Iterator[int]:
    """Where connections are taken and nothing is ever said."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen(20)
        yield int(server.getsockname()[1])
