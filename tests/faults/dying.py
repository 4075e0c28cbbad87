"""A program that is killed on purpose: it does an act of somebody's, and dies by SIGKILL before its n-th step.

A step is whatever leaves a trace outside of the process: a commit, and every act on files. The product knows nothing of
it; what is patched here is patched in this program alone. ``Deaths`` is its other end, in the test.

It forks for each act, so that importing the product is paid for once: ``{"act": …, "at": 7}`` a line in, one line out.
"""

import dataclasses
import io
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from itertools import count
from pathlib import Path
from typing import Any

import psutil
import pytest
from sqlalchemy.orm import Session

from community.config import ROOT
from community.kit import storage, worker
from community.media.actions import uploads
from community.media.processing import sandbox
from community.media.processing.areas import Area
from community.media.processing.outcomes import Facts, File, Receipt
from tests.helpers.browser import Browser
from tests.helpers.site import Site
from tests.media import sending

NEVER = 10_000
PIECES = 2


class Deaths:
    """The program, and how many steps its acts have."""

    def __init__(self, site: Site, temporary: Path) -> None:
        words = [sys.executable, "-m", "tests.faults.dying", str(site.instance), site.settings.database_url]
        environ = {**os.environ, "TMPDIR": str(temporary)}
        self._program = subprocess.Popen(
            words, cwd=ROOT, env=environ, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def die(self, act: str, *, at: int = NEVER, **given: str) -> int | None:
        """None when it died there, else how many steps it took."""
        assert self._program.stdin is not None
        assert self._program.stdout is not None
        self._program.stdin.write(json.dumps({"act": act, "at": at, **given}) + "\n")
        self._program.stdin.flush()
        told = self._program.stdout.readline()
        assert told, "the program itself has ended"
        ended: int = json.loads(told)
        if ended == -signal.SIGKILL:
            return None
        assert ended > 0, ended
        return ended

    def stop(self) -> None:
        self._program.communicate(timeout=20)


class Steps:
    """Counts, and kills. With ``is_fine`` inside of the acts on files, too: the same on every database."""

    def __init__(self, patch: pytest.MonkeyPatch, last: int, *, is_fine: bool) -> None:
        self._numbers, self._last, self.taken = count(1), last, 0
        kinds: list[tuple[Any, tuple[str, ...]]] = [(storage, ("put", "read", "remove"))]
        kinds += [(Session, ("commit",)), (sandbox, ("work",))]
        if is_fine:
            kinds.append((os, ("fsync", "replace", "unlink", "mkdir", "rmdir")))
        for of, names in kinds:
            for name in names:
                patch.setattr(of, name, self._before(getattr(of, name)))

    def _before(self, act: Callable[..., Any]) -> Callable[..., Any]:
        def stepping(*given: Any, **named: Any) -> Any:
            self.taken = next(self._numbers)
            if self.taken == self._last:
                os.kill(os.getpid(), signal.SIGKILL)
            return act(*given, **named)

        return stepping


Given = dict[str, Any]


def upload(site: Site, browser: Browser, _given: Given) -> None:
    """In pieces, then everything the worker has to do."""
    whole = sending.jpeg()
    key, half = sending.started(browser, len(whole)), len(whole) // PIECES
    for start in (0, half):
        piece = whole[start : start + half] if start == 0 else whole[start:]
        assert sending.append(browser, key, start, piece).status_code == 204
    work(site)


def cover(site: Site, browser: Browser, given: Given) -> None:
    areas, key = {"areas": given["areas"]}, site.value("SELECT key FROM photo")
    assert browser.post_json(f"/photos/{key}/areas", areas).status == 204
    work(site)


def send_form(_site: Site, browser: Browser, given: Given) -> None:
    """A story with two photos, without JavaScript."""
    assert browser.post("/stories/new", form(f"form-that-died-{given['at']}")).status == 302


def work_for_real(site: Site, _browser: Browser, _given: Given) -> None:
    """With the child process, and killed while that is at it."""
    threading.Thread(target=_die_with_a_child, daemon=True).start()
    work(site)


def _die_with_a_child() -> None:
    while not psutil.Process().children():
        time.sleep(0.01)
    time.sleep(0.05)
    os.kill(os.getpid(), signal.SIGKILL)


ACTS = {"upload": upload, "cover": cover, "form": send_form, "work": work_for_real}


def form(form_id: str) -> list[tuple[str, Any]]:
    words = {"form_id": form_id, "title": f"A road {form_id}", "body": f"It was long, and wet. {form_id}"}
    named = {**words, "language": "en", "topic": "journeys", "action": "save", "shows_photos": "1"}
    files = [("files", (io.BytesIO(sending.jpeg(side)), f"{side}.jpg")) for side in (64, 48)]
    return [*named.items(), *files]


def prepared(_source: Path, areas: Sequence[Area], into: Path) -> Facts:
    """In the place of the real work, which is pixels only: files as it would leave them."""
    files = []
    for name in ("master.jpg", "64.avif", "64.webp"):
        (into / name).write_bytes(f"{name} with {len(areas)} areas covered".encode())
        files.append(File(name, 64, 64, (into / name).stat().st_size))
    return Facts(64, 64, "AAAA", tuple(files), Receipt(place=True, camera=False, time=True, areas=len(areas)))


def work(site: Site) -> None:
    with site.app.app_context():
        while worker.run_one():
            pass


def run(site: Site, given: Given) -> int:
    """In a process of its own: how it ended, the number of its steps where nobody killed it."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    taken = 0
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(uploads, "UPLOADS", dataclasses.replace(uploads.UPLOADS, times=NEVER))
            if given["act"] != "work":
                patch.setattr(sandbox, "work", prepared)
            browser = Browser(site)
            browser.client.set_cookie("session", given["session"], domain="localhost")
            steps = Steps(patch, given["at"], is_fine=site.is_sqlite)
            ACTS[given["act"]](site, browser, given)
            taken = steps.taken
    finally:
        os._exit(taken)


def main(instance: str, url: str) -> None:
    site = Site(Path(instance), url)
    for line in sys.stdin:
        sys.stdout.write(f"{run(site, json.loads(line))}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
