import json
import os
import sys
import time
from pathlib import Path
from subprocess import run

import psutil
import pytest

from community.config import ROOT
from community.media.models import MOST_BYTES as MOST_UPLOADED
from community.media.processing import confinement, outcomes, sandbox
from community.media.processing.areas import MOST_AREAS, Area
from community.media.processing.outcomes import Refusal, Refused
from tests.media import corpus


@pytest.fixture
def rogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A photo that says what its reader does, and beside it the folder for what is made of it."""
    monkeypatch.setattr(sandbox, "CHILD", "tests.media.rogue")
    monkeypatch.setattr(sandbox, "SECONDS", 3.0)
    (tmp_path / "made").mkdir()
    return tmp_path / "source"


def ask(photo: Path, act: str) -> sandbox.Facts:
    photo.write_text(act)
    return sandbox.work(photo, [], photo.parent / "made")


def test_its_limits_are_set_before_it_looks_at_a_photo(rogue: Path) -> None:
    told = json.loads(ask(rogue, "tell").thumbhash)
    assert told["limits"] == {
        "AS": [512 * 1024 * 1024] * 2,
        "CPU": [1, 2],  # this one asked for less than its due
        "NOFILE": [confinement.FILES] * 2,
        "FSIZE": [confinement.FILE_BYTES] * 2,
        "CORE": [0, 0],
    }
    assert confinement.CPU_SECONDS == 20
    assert told["nice"] == os.nice(0) + confinement.NICENESS
    assert told["group"]
    assert told["descriptors"] <= 5  # the three, and what lists them


def test_it_is_given_nothing_of_the_servers(rogue: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("COMMUNITY_SECRET_KEY", "PATH", "HOME", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "something")
    told = json.loads(ask(rogue, "tell").thumbhash)
    own = {"PYTHONPATH", "LC_ALL", "MALLOC_ARENA_MAX", "OMP_NUM_THREADS", "LD_LIBRARY_PATH", "PYTHONHOME"}
    assert set(told["environment"]) <= own


def test_it_loads_nothing_of_the_web_or_the_database() -> None:
    words = "import sys, community.media.processing.pictures; print(*sys.modules)"
    done = run([sys.executable, "-c", words], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = {name.partition(".")[0] for name in done.stdout.split()}
    assert "PIL" in loaded
    assert not loaded & {"flask", "flask_babel", "werkzeug", "sqlalchemy", "pillow_heif", "numpy", "ctypes"}


@pytest.mark.parametrize(
    ("act", "reason"),
    [
        ("sleep", Refusal.TIME),
        ("spin", Refusal.TIME),
        ("have a child", Refusal.TIME),
        ("abort", Refusal.MEMORY),
        ("crash", Refusal.BROKEN),
    ],
)
def test_an_end_that_a_photo_brings_about_is_a_refusal(rogue: Path, act: str, reason: Refusal) -> None:
    if act in ("sleep", "have a child"):
        sandbox.SECONDS = 0.7  # put back by the fixture
    with pytest.raises(Refused) as refused:
        ask(rogue, act)
    assert refused.value.reason is reason


@pytest.mark.parametrize("act", ["want memory", "want a file", "want files"])
def test_it_gets_no_more_than_its_limits(rogue: Path, act: str) -> None:
    wanting = {"want memory": "MemoryError", "want a file": "File too large", "want files": "Too many open"}
    with pytest.raises(sandbox.Failed, match=wanting[act]):
        ask(rogue, act)


@pytest.mark.parametrize("act", ["be stopped", "say nothing", "lie about a file", "name another's file"])
def test_an_end_that_no_photo_brings_about_is_no_refusal(rogue: Path, act: str) -> None:
    with pytest.raises(sandbox.Failed):
        ask(rogue, act)


def test_at_the_time_limit_its_own_children_end_too(rogue: Path) -> None:
    sandbox.SECONDS = 0.7
    with pytest.raises(Refused):
        ask(rogue, "have a child")
    child = int((rogue.parent / "made" / "child").read_text())
    for _ in range(50):
        if not psutil.pid_exists(child) or psutil.Process(child).status() == psutil.STATUS_ZOMBIE:
            break
        time.sleep(0.02)
    else:
        pytest.fail("it lives on")


def test_a_folder_that_cannot_be_written_says_nothing_about_the_photo(tmp_path: Path) -> None:
    source, made = tmp_path / "source", tmp_path / "made"
    source.write_bytes(corpus.sample("photo.jpg"))
    made.mkdir()
    (made / "96.webp").mkdir()
    with pytest.raises(sandbox.Failed, match="directory"):
        sandbox.work(source, [], made)


def test_more_areas_than_are_allowed_are_a_mistake_of_the_caller(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="31"):
        sandbox.work(tmp_path / "source", [Area(0, 0, 1, 1)] * (MOST_AREAS + 1), tmp_path)


def test_what_may_be_uploaded_may_be_read() -> None:
    assert outcomes.MOST_BYTES == MOST_UPLOADED
