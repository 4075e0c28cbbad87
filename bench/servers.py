"""The servers under load: started on a free port, awaited, weighed and ended. Leaves the databases to ``sets``."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parent.parent
WORK = ROOT / "bench" / "work"
COMMUNITY = str(ROOT / ".venv" / "bin" / "community")
HOST = "127.0.0.1"
START_SECONDS = 60.0
STOP_SECONDS = 20.0
# gthread serves a keep-alive connection only while a thread is free for it: 16 connections on two workers need 8.
HELLO_THREADS = 8


class NotStarted(Exception):
    """The server ended or stayed silent; the message holds the end of its log."""


@dataclass(frozen=True)
class Server:
    name: str
    address: tuple[str, int]
    root: psutil.Process

    def memory(self) -> dict[str, float]:
        """Megabytes: ``workers_*`` is the sum over its children, ``all_*`` with the parent. Shared pages count once
        in uss and in each process in rss."""
        children = self.root.children(recursive=True)
        workers = [child.memory_full_info() for child in children]
        parent = self.root.memory_full_info()
        sums = {
            "workers_rss": sum(worker.rss for worker in workers),
            "workers_uss": sum(worker.uss for worker in workers),
            "all_rss": parent.rss + sum(worker.rss for worker in workers),
            "all_uss": parent.uss + sum(worker.uss for worker in workers),
        }
        return {
            **{name: round(octets / 1e6, 1) for name, octets in sums.items()},
            "processes": 1 + len(workers),
        }


def product_environment(database_url: str, port: int = 0) -> dict[str, str]:
    """The product as an operator would set it up for itself, away from the developer's own ``instance/``."""
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("COMMUNITY_")},
        "COMMUNITY_ENV": "development",
        "COMMUNITY_DATABASE_URL": database_url,
        "COMMUNITY_INSTANCE": str(WORK / "instance"),
        "COMMUNITY_SECRET_KEY": "bench-and-nothing-else-" + "0" * 32,
        "HOST": HOST,
        "PORT": str(port),
    }


@contextmanager
def hello(workers: int) -> Iterator[Server]:
    port = _free_port()
    words = [sys.executable, "-m", "gunicorn", "--worker-class", "gthread", "--workers", str(workers)]
    words += [
        "--threads",
        str(HELLO_THREADS),
        "--bind",
        f"{HOST}:{port}",
        "--log-level",
        "warning",
        "bench.hello:app",
    ]
    with _running("hello", words, dict(os.environ), port, "/") as server:
        yield server


@contextmanager
def product(name: str, database_url: str, workers: int) -> Iterator[Server]:
    port = _free_port()
    words = [COMMUNITY, "serve", "--workers", str(workers)]
    with _running(name, words, product_environment(database_url, port), port, "/readyz") as server:
        yield server


@contextmanager
def _running(
    name: str, words: list[str], environment: Mapping[str, str], port: int, ready: str
) -> Iterator[Server]:
    WORK.mkdir(parents=True, exist_ok=True)
    log = WORK / f"{name}.log"
    with log.open("wb") as sink:
        # A session of its own: Ctrl-C ends the benchmark, and the benchmark ends its servers.
        child = subprocess.Popen(
            words, cwd=ROOT, env=environment, stdout=sink, stderr=sink, start_new_session=True
        )
        try:
            _await(child, port, ready, log)
            yield Server(name, (HOST, port), psutil.Process(child.pid))
        finally:
            _end(child)


def _await(child: subprocess.Popen[bytes], port: int, path: str, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and child.poll() is None:
        if _answers(port, path):
            return
        time.sleep(0.1)
    raise NotStarted(f"{' '.join(map(str, child.args))}\n{log.read_text('utf-8', 'replace')[-2000:]}")  # type: ignore[arg-type]


def _answers(port: int, path: str) -> bool:
    connection = http.client.HTTPConnection(HOST, port, timeout=5)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _end(child: subprocess.Popen[bytes]) -> None:
    if child.poll() is None:
        child.terminate()
    try:
        child.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
