"""What the interface's languages cost a web worker in memory: ``python -m bench.languages``.

Each figure is a process of its own that answers the same public pages on an empty database: in English alone, in
English with every catalogue read, and in every language. Pages are not kept, so that none of them is counted.
"""

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from community.app import create_app
from community.config import ROOT, Settings
from community.kit import i18n, migrating
from community.kit.languages import INTERFACE

PATHS = ("/", "/stories", "/countries", "/guidelines", "/transparency", "/account/register")
KINDS = ("English", "and all catalogues", "every language")
ROUNDS = 3


def main(kind: str = "", instance: str = "") -> None:
    if kind:
        print(_kilobytes(kind, Path(instance)))
        return
    with TemporaryDirectory() as folder:
        migrating.upgrade(_url(Path(folder)))
        _run(KINDS[-1], folder)  # compiles the catalogues
        alone = 0
        for one in KINDS:
            size = min(_run(one, folder) for _ in range(ROUNDS))
            alone = alone or size
            print(f"{one:20} {size / 1024:6.1f} MB {(size - alone) / 1024:+6.1f}")


def _run(kind: str, folder: str) -> int:
    command = [sys.executable, "-m", "bench.languages", kind, folder]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return int(done.stdout)


def _kilobytes(kind: str, instance: Path) -> int:
    """Of this process alone (USS), when it has answered."""
    settings = Settings(
        instance=instance,
        database_url=_url(instance),
        secret_key="k" * 32,
        base_url="http://localhost",
        allowed_hosts=("localhost",),
        mail_from="stories@example.test",
        page_cache_bytes=0,
    )
    app = create_app(settings)
    client = app.test_client()
    for code in INTERFACE if kind == KINDS[-1] else INTERFACE[:1]:
        for path in PATHS:
            answer = client.get(path, headers={"Accept-Language": code})
            if answer.status_code != 200:
                raise SystemExit(f"{path} in {code}: {answer.status}")
    if kind == KINDS[1]:
        for code in INTERFACE:
            i18n._read(app.config["BABEL_TRANSLATION_DIRECTORIES"], code)
    lines = Path("/proc/self/smaps_rollup").read_text("utf-8").splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private_"))


def _url(instance: Path) -> str:
    return f"sqlite:///{instance / 'community.sqlite3'}"


if __name__ == "__main__":
    main(*sys.argv[1:])
