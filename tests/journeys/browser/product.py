"""The real product in a folder of its own: migrated, its web server and its worker running as they do for everybody.

Owns starting, watching and ending it, its mail and the accounts made on its command line. Knows no browser.
"""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from functools import cached_property
from pathlib import Path
from typing import TypeVar
from uuid import uuid4

from community.config import ROOT
from tests.helpers.site import Site

COMMUNITY = Path(sys.executable).with_name("community")
PASSWORD = "a lorry full of oranges"
# The least argon2id takes: sign-ins are not what is measured here.
CHEAP = {"COMMUNITY_PASSWORD_PASSES": "1", "COMMUNITY_PASSWORD_MEMORY_KIB": "32"}
PATIENCE_SECONDS = 30.0
DRAWING_SECONDS = 240.0

Seen = TypeVar("Seen")


@dataclass(frozen=True)
class SignIn:
    """What somebody signs in with, and the handle others know them by."""

    email: str
    password: str = PASSWORD
    handle: str = ""


@dataclass
class Product:
    """A running site at ``url``; everything it keeps is under ``folder``."""

    folder: Path
    port: int
    has_photos: bool = False
    _parts: dict[str, "subprocess.Popen[bytes]"] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def account(self, name: str, *, role: str, country: str, language: str) -> SignIn:
        """A confirmed account, made as an operator makes it."""
        email = f"{role}-{uuid4().hex[:12]}@example.test"
        given = {"email": email, "name": name, "country": country, "language": language, "role": role}
        words = [word for option, value in given.items() for word in (f"--{option}", value)]
        handle = self.command("accounts", "create", *words, typed=f"{PASSWORD}\n")
        return SignIn(email, PASSWORD, handle.strip())

    def command(self, *words: str, typed: str = "") -> str:
        """What ``community …`` prints; it must succeed. Said here: a program of its own takes two seconds to start."""
        done = self._site.app.test_cli_runner().invoke(args=words, input=typed)
        if done.exit_code:
            raise AssertionError(f"community {' '.join(words)} ended with {done.exit_code}: {done.output}")
        return done.output

    @cached_property
    def _site(self) -> Site:
        return Site(self.folder, f"sqlite:///{self.folder / 'community.sqlite3'}")

    def letters(self, email: str) -> list[EmailMessage]:
        """The mail written to somebody so far, first to last."""
        files = sorted((self.folder / "mail").glob("*.eml"))
        letters = [BytesParser(EmailMessage, policy=policy.default).parsebytes(f.read_bytes()) for f in files]
        return [letter for letter in letters if str(letter["To"]) == email]

    def letter(self, email: str, number: int = 1) -> EmailMessage:
        """Their ``number``-th letter, as soon as the worker has written it."""
        return eventually(lambda: self.letters(email)[number - 1 : number], f"letter {number} to {email}")[0]

    def link_in(self, letter: EmailMessage, path: str) -> str:
        """The address of this site in a letter's text that begins with ``path``."""
        plain = letter.get_body(("plain",))
        found = re.search(re.escape(self.url + path) + r"\S*", plain.get_content() if plain else "")
        assert found, f"no link to {path} in {letter['Subject']!r}"
        return found.group()

    def start(self, *, has_demo: bool) -> None:
        """The two parts by themselves on an empty site, or both with ``community run`` and its demo."""
        port = "--port", str(self.port)
        if has_demo:
            self._parts["run"] = self._part("run", *port)
        else:
            assert self._part("migrate").wait(PATIENCE_SECONDS) == 0
            self._parts["serve"] = self._part("serve", *port, "--workers", "2")
            self._parts["worker"] = self._part("worker")
        patience = DRAWING_SECONDS if self.has_photos else PATIENCE_SECONDS
        eventually(self._is_ready, "an answer from /readyz", within=patience)

    def stop(self) -> None:
        """Ends as an operator ends it; says what did not end well, or was logged as a failure."""
        for part in self._parts.values():
            part.send_signal(signal.SIGTERM)
        faults = [fault for name, part in self._parts.items() for fault in self._end(name, part)]
        self._site.close()
        self._parts.clear()
        assert not faults, "\n".join(faults)

    def _part(self, *words: str) -> "subprocess.Popen[bytes]":
        with (self.folder / f"{words[0]}.log").open("ab") as log:
            command = [str(COMMUNITY), *words]
            return subprocess.Popen(command, cwd=ROOT, env=self._environ(), stdout=log, stderr=log)

    def _end(self, name: str, part: "subprocess.Popen[bytes]") -> Iterator[str]:
        try:
            code = part.wait(PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            part.kill()
            part.wait()
            yield f"{name} did not end within {PATIENCE_SECONDS:.0f} s of SIGTERM"
            return
        log = (self.folder / f"{name}.log").read_text("utf-8", "replace")
        if code != 0:
            yield f"{name} ended with {code}: {log[-3000:]}"
        elif "Traceback" in log:
            yield f"{name} logged a failure: {log[-6000:]}"

    def _is_ready(self) -> bool:
        for name, part in self._parts.items():
            assert part.poll() is None, f"{name} ended: {(self.folder / f'{name}.log').read_text('utf-8')}"
        try:
            with urllib.request.urlopen(f"{self.url}/readyz", timeout=2) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def _environ(self) -> dict[str, str]:
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("COMMUNITY_")}
        own = {"COMMUNITY_INSTANCE": str(self.folder), "COMMUNITY_BASE_URL": self.url}
        own["DEMO_PHOTOS"] = "1" if self.has_photos else "0"
        return {**inherited, **CHEAP, **own}


@contextmanager
def running(folder: Path, *, has_demo: bool = False, has_photos: bool = False) -> Iterator[Product]:
    """A migrated site, empty or with the demo's content, with or without its photos; ended at the end."""
    product = Product(folder, _free_port(), has_photos)
    try:
        product.start(has_demo=has_demo)
        yield product
    finally:
        product.stop()


def eventually(look: Callable[[], Seen], what: str, *, within: float = PATIENCE_SECONDS) -> Seen:
    """What ``look`` gives, once it is something."""
    end = time.monotonic() + within
    while time.monotonic() < end:
        if seen := look():
            return seen
        time.sleep(0.1)
    raise AssertionError(f"{what} did not come within {within:.0f} s")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
