"""kill -9 between every two steps of what is done to photos: nothing that was acknowledged is missing, all goes on."""

import dataclasses
import json
import os
import tempfile
import time
from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from pathlib import Path

import psutil
import pytest

from community.kit import clock, storage
from community.media.actions import checking, preparing, sweeping, uploads
from community.media.processing import sandbox
from tests.cast import Cast
from tests.conftest import As
from tests.faults.dying import NEVER, Deaths, form, prepared
from tests.helpers.browser import Browser
from tests.helpers.site import Site
from tests.media import sending

pytestmark = pytest.mark.fault
AFTER_THE_LEASE = timedelta(minutes=3)
AREAS = json.dumps([[0, 0, 5000, 5000]])


@pytest.fixture
def deaths(site: Site, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Deaths]:
    monkeypatch.setattr(uploads, "UPLOADS", dataclasses.replace(uploads.UPLOADS, times=NEVER))
    monkeypatch.setattr(sandbox, "work", prepared)
    program = Deaths(site, tmp_path)
    yield program
    program.stop()


@pytest.fixture
def lan(cast: Cast, as_: As) -> Browser:
    browser = as_(cast.lan)
    browser.token()  # it is part of the session that the program borrows
    return browser


def session(browser: Browser) -> str:
    return browser.cookies()["session"]


def assert_all_is_there(site: Site) -> None:
    """As ``community media check`` says."""
    with site.reading():
        wrong = [one for one in checking.compare() if one.fault not in (None, checking.Fault.ORPHAN)]
    assert not wrong


def assert_swept_clean(site: Site) -> None:
    """Two days later nothing is left of all that was begun and killed."""
    before = clock.now() + timedelta(days=1)
    while True:
        with site.writing():
            if not sweeping.let_go(before):
                break
    with site.reading():
        sweeping.remove_orphans(before)
        assert list(storage.listing()) == []
    site.work()


def resume(browser: Browser, key: str, whole: bytes) -> None:
    """As the writing page does: ask how far it came, and go on from there."""
    start = int(sending.measure(browser, key).headers["Upload-Offset"])
    if start < len(whole):
        assert sending.append(browser, key, start, whole[start:]).status_code == 204


def every_death(deaths: Deaths, act: str, browser: Browser, least: int, **given: str) -> Iterator[int]:
    """Kill at the first step, at the second, and so on, until the act gets to its end."""
    for at in count(1):
        if deaths.die(act, at=at, session=session(browser), **given) is not None:
            assert at > least, "the steps are counted"
            return
        yield at


def test_an_upload_and_its_preparation(site: Site, lan: Browser, deaths: Deaths) -> None:
    whole, unknown = sending.jpeg(), 0
    for at in every_death(deaths, "upload", lan, 20):
        assert_all_is_there(site)
        begun = site.rows("SELECT key FROM photo")
        unknown += not begun
        key = str(begun[0][0]) if begun else sending.started(lan, len(whole))
        resume(lan, key, whole)
        site.work(later=AFTER_THE_LEASE)
        assert site.rows("SELECT state FROM photo") == [("ready",)], at
        assert site.value("SELECT count(*) FROM job") == 0, at
        assert_all_is_there(site)
        assert lan.get(f"/photos/{key}/64.webp").status == 200, at
        site.execute("DELETE FROM photo")
    assert 0 < unknown < 5, "only before the first commit there is nothing to go on with"
    site.execute("DELETE FROM photo")
    assert_swept_clean(site)


def test_covering(site: Site, lan: Browser, deaths: Deaths) -> None:
    key = covered_by_none(site, lan)
    for at in every_death(deaths, "cover", lan, 10, areas=AREAS):
        assert_all_is_there(site)
        site.work(later=AFTER_THE_LEASE)
        assert lan.get(f"/photos/{key}/state").json["state"] == "ready", at
        if lan.post_json(f"/photos/{key}/areas", {"areas": AREAS}).status == 204:
            site.work()
        assert_all_is_there(site)
        assert site.value("SELECT count(*) FROM job") == 0, at
        with site.reading():
            kept = [Path(file.name) for file in storage.listing() if not file.name.endswith(storage.PART)]
        assert len(kept) == 3, at
        assert "0" not in {path.parts[3] for path in kept}, "nothing from before it was covered"
        key = covered_by_none(site, lan)
    site.execute("DELETE FROM photo")
    assert_swept_clean(site)


def covered_by_none(site: Site, browser: Browser) -> str:
    """The key of the one photo there is."""
    with site.reading():
        storage.remove([file.name for file in storage.listing()])
    site.execute("DELETE FROM photo")
    key = sending.sent(browser)
    site.work()
    return key


def test_a_form_with_files(site: Site, lan: Browser, deaths: Deaths) -> None:
    for at in every_death(deaths, "form", lan, 5):
        assert_all_is_there(site)
        assert lan.post("/stories/new", form(f"form-that-died-{at}")).status == 302, at
        query = "SELECT r.pictures FROM contribution c JOIN revision r ON r.contribution_id = c.id"
        ((shown,),) = site.rows(f"{query} WHERE c.form_id = :form", form=f"form-that-died-{at}")
        assert len(json.loads(shown)) == 2, "saved once, with its photos"
        site.execute("DELETE FROM photo WHERE contribution_id IS NULL")
        site.work(later=AFTER_THE_LEASE)
    site.work()  # what the last one asked for, who was not killed
    assert site.rows("SELECT DISTINCT state FROM photo WHERE contribution_id IS NOT NULL") == [("ready",)]
    assert_all_is_there(site)


def test_a_worker_killed_while_its_child_works(
    site: Site, lan: Browser, deaths: Deaths, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    key = sending.sent(lan, sending.jpeg(1200))
    assert deaths.die("work", session=session(lan)) is None
    (left,) = tmp_path.glob(f"{preparing.WORKPLACE}*")
    assert_all_is_there(site)
    assert lan.get(f"/photos/{key}/state").json["state"] == "waiting"
    site.work(later=AFTER_THE_LEASE)
    assert lan.get(f"/photos/{key}/state").json["state"] == "ready"
    assert_all_is_there(site)
    assert (left / "source").read_bytes() == sending.jpeg(1200), "what it left is what was sent"
    for _ in range(200):
        if not [
            one
            for one in psutil.process_iter(["cmdline"])
            if str(left) in " ".join(one.info["cmdline"] or ())
        ]:
            break
        time.sleep(0.05)  # the child, which nobody waits for, comes to its end
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    os.utime(left, times=(0, 0))
    assert preparing.clear_workplaces(clock.now() - timedelta(days=1)) == 1
    assert not left.exists()
