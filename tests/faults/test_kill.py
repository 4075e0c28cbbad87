"""kill -9 of the real web server in the middle of many submissions: what was acknowledged is there, once."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlencode

import psutil
import pytest

from community.config import ROOT
from tests.cast import Cast
from tests.conftest import As
from tests.factories.contributions import BODY
from tests.helpers.browser import Browser
from tests.helpers.site import Site

pytestmark = pytest.mark.fault
SUBMISSIONS = 200
CLIENTS = 8


def free_port() -> int:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        return int(server.getsockname()[1])


def start(site: Site, port: int) -> subprocess.Popen[bytes]:
    """The server as operators start it, on this test's database."""
    environ = {
        **os.environ,
        "COMMUNITY_INSTANCE": str(site.instance),
        "COMMUNITY_DATABASE_URL": site.settings.database_url,
        "COMMUNITY_SECRET_KEY": site.settings.secret_key,
        "COMMUNITY_BASE_URL": site.settings.base_url,
        "COMMUNITY_ALLOWED_HOSTS": "localhost,127.0.0.1",
        "FLASK_APP": "wsgi:app",
    }
    words = [sys.executable, "-m", "flask", "serve", "--port", str(port), "--workers", "2"]
    return subprocess.Popen(words, cwd=ROOT, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def wait_until_ready(port: int, server: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        if server.poll() is not None:
            assert server.stderr is not None
            raise AssertionError(f"the server ended: {server.stderr.read().decode()[-2000:]}")
        try:
            if ask(port, "GET", "/readyz")[0] == 200:
                return
        except OSError:
            pass
        time.sleep(0.1)
    raise AssertionError("the server never became ready")


def kill(server: subprocess.Popen[bytes]) -> None:
    """The server and all its workers, without a word."""
    family = [psutil.Process(server.pid), *psutil.Process(server.pid).children(recursive=True)]
    for process in family:
        process.send_signal(signal.SIGKILL)
    psutil.wait_procs(family, timeout=20)
    server.wait(20)
    if server.stderr is not None:
        server.stderr.close()


@contextmanager
def serving(site: Site) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    port = free_port()
    server = start(site, port)
    try:
        wait_until_ready(port, server)
        yield port, server
    finally:
        if server.poll() is None:
            kill(server)


def ask(port: int, method: str, path: str, body: str = "", **headers: str) -> tuple[int, str]:
    """The status and where it leads."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request(method, path, body, {"Host": "localhost", **headers})
        answer = connection.getresponse()
        answer.read()
        return answer.status, answer.headers.get("Location", "")
    finally:
        connection.close()


class Senders:
    """Clients that send story after story; ``acknowledged`` maps a form to the story its answer led to."""

    def __init__(self, port: int, browser: Browser, half: threading.Event) -> None:
        self._port, self._half = port, half
        self._headers = {
            "Cookie": f"session={browser.cookies()['session']}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        self._token = browser.token()
        self._headers["Cookie"] = f"session={browser.cookies()['session']}"
        self._numbers = iter(range(SUBMISSIONS))
        self._lock = threading.Lock()
        self.acknowledged: dict[str, int] = {}
        self.answers: list[int] = []

    def fields(self, form: str) -> str:
        values = {
            "csrf_token": self._token,
            "form_id": form,
            "sequence": "1",
            "title": f"Story {form}",
            "body": f"{BODY} {form}",
        }
        return urlencode({**values, "language": "en", "topic": "journeys", "action": "submit"})

    def send(self, form: str) -> None:
        status, location = ask(self._port, "POST", "/stories/new", self.fields(form), **self._headers)
        with self._lock:
            self.answers.append(status)
            found = re.match(r"(?:http://localhost)?/contributions/(\d+)/status", location)
            if status == 302 and found:
                self.acknowledged[form] = int(found[1])
            if len(self.acknowledged) >= SUBMISSIONS // 4:
                self._half.set()

    def run(self) -> None:
        while True:
            with self._lock:
                number = next(self._numbers, None)
            if number is None:
                return
            try:
                self.send(f"form-of-{number:06d}")
            except (OSError, http.client.HTTPException):
                continue  # not acknowledged

    def run_all(self) -> list[threading.Thread]:
        threads = [threading.Thread(target=self.run) for _ in range(CLIENTS)]
        for thread in threads:
            thread.start()
        return threads


def test_what_was_acknowledged_survives_the_kill(site: Site, cast: Cast, as_: As) -> None:
    browser = as_(cast.lan)
    enough = threading.Event()
    with serving(site) as (port, server):
        senders = Senders(port, browser, enough)
        threads = senders.run_all()
        assert enough.wait(120), senders.answers
        kill(server)
        for thread in threads:
            thread.join()
    acknowledged = dict(senders.acknowledged)
    assert SUBMISSIONS // 4 <= len(acknowledged) < SUBMISSIONS, "the kill came in the middle"
    assert set(senders.answers) == {302}
    with serving(site) as (port, _server):
        rows = dict(site.rows("SELECT form_id, id FROM contribution WHERE state = 'waiting'"))
        assert acknowledged.items() <= rows.items()
        assert site.value("SELECT count(*) FROM contribution WHERE state <> 'waiting'") == 0, "all or nothing"
        assert site.value("SELECT count(*) FROM move") == len(rows)
        assert site.value("SELECT count(*) FROM revision") == len(rows)
        # And the same forms sent again lead to the same stories.
        again = Senders(port, browser, enough)
        for form in sorted(acknowledged)[:5]:
            again.send(form)
        assert again.acknowledged == {form: acknowledged[form] for form in sorted(acknowledged)[:5]}
    assert site.value("SELECT count(*) FROM contribution") == len(rows)
