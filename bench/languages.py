"""What the interface's languages cost a web worker in memory and in time: ``python -m bench.languages``.

Each figure of memory is a process of its own that answers the same public pages on an empty database: in English
alone, in English with every catalogue read, and in every language. Pages are not kept, so that none of them is counted.
Time is the processor's for a page that is drawn anew, in English and in each other language by turns.
"""

import statistics
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Flask
from flask.testing import FlaskClient

from community.app import create_app
from community.config import ROOT, Settings
from community.kit import i18n, migrating
from community.kit.languages import INTERFACE

PATHS = ("/", "/stories", "/countries", "/guidelines", "/transparency", "/account/register")
KINDS = ("English", "and all catalogues", "every language")
ROUNDS = 3
TURNS = 40


def main(kind: str = "", instance: str = "") -> None:
    if kind:
        print(_times(Path(instance)) if kind == "times" else _kilobytes(kind, Path(instance)))
        return
    with TemporaryDirectory() as folder:
        migrating.upgrade(_url(Path(folder)))
        _run(KINDS[-1], folder)  # compiles the catalogues
        alone = 0
        for one in KINDS:
            size = min(_run(one, folder) for _ in range(ROUNDS))
            alone = alone or size
            print(f"{one:20} {size / 1024:6.1f} MB {(size - alone) / 1024:+6.1f}")
        print(_said("times", folder))


def _run(kind: str, folder: str) -> int:
    return int(_said(kind, folder))


def _said(kind: str, folder: str) -> str:
    command = [sys.executable, "-m", "bench.languages", kind, folder]
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout


def _times(instance: Path) -> str:
    """A line for each language: the median, over all turns and pages, of its time by English's just before."""
    client = _app(instance).test_client()
    lines = []
    for code in INTERFACE[1:]:
        ratios = [
            _seconds(client, path, code) / _seconds(client, path, INTERFACE[0])
            for _ in range(TURNS)
            for path in PATHS
        ]
        lines.append(f"{code} {statistics.median(ratios[len(PATHS) :]):.3f}")
    return "  ".join(lines)


def _seconds(client: FlaskClient, path: str, code: str) -> float:
    began = time.process_time()
    _answered(client, path, code)
    return time.process_time() - began


def _answered(client: FlaskClient, path: str, code: str) -> None:
    answer = client.get(path, headers={"Accept-Language": code})
    if answer.status_code != 200:
        raise SystemExit(f"{path} in {code}: {answer.status}")


def _kilobytes(kind: str, instance: Path) -> int:
    """Of this process alone (USS), when it has answered."""
    app = _app(instance)
    client = app.test_client()
    for code in INTERFACE if kind == KINDS[-1] else INTERFACE[:1]:
        for path in PATHS:
            _answered(client, path, code)
    if kind == KINDS[1]:
        for code in INTERFACE:
            i18n._read(app.config["BABEL_TRANSLATION_DIRECTORIES"], code)
    lines = Path("/proc/self/smaps_rollup").read_text("utf-8").splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private_"))


def _app(instance: Path) -> Flask:
    settings = Settings(
        instance=instance,
        database_url=_url(instance),
        secret_key="k" * 32,
        base_url="http://localhost",
        allowed_hosts=("localhost",),
        mail_from="stories@example.test",
        page_cache_bytes=0,
    )
    return create_app(settings)


def _url(instance: Path) -> str:
    return f"sqlite:///{instance / 'community.sqlite3'}"


if __name__ == "__main__":
    main(*sys.argv[1:])
