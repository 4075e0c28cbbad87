"""Static files: the style sheets bundled in their order, all served under one content hash, for ever.

The hash is of the whole tree and stands in the path, so that ES modules which import each other by relative address
change address together.
"""

import gzip
import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from flask import Flask
from whitenoise import WhiteNoise

from community.config import ROOT
from community.kit import headers

SOURCE = ROOT / "static"
STYLES = ("layers", "tokens", "reset", "base", "layout", "components/*", "rooms/*", "utilities")
COMPRESSED = frozenset({".css", ".js", ".svg", ".json", ".txt"})
FOR_EVER = 365 * 24 * 3600
PREFIX = "static"


def init_app(app: Flask, *, instance: Path, is_https: bool) -> None:
    """Publish the tree and have it served before Flask is asked; ``asset(path)`` is its address in templates."""
    folder = instance / "static"
    version = publish(folder)
    app.jinja_env.globals["asset"] = _address(version)
    secure = tuple(headers.chosen(is_https=is_https))

    def add_headers(wsgi_headers: Any, _path: str, _url: str) -> None:
        for name, value in secure:
            wsgi_headers[name] = value

    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        app.wsgi_app,
        root=folder / version,
        prefix=f"{PREFIX}/{version}/",
        max_age=FOR_EVER,
        immutable_file_test=lambda _path, _url: True,
        add_headers_function=add_headers,
        allow_all_origins=False,
    )


def publish(folder: Path) -> str:
    """Write the bundled tree to ``folder/<version>`` unless it is there, and return the version."""
    files = dict(_tree())
    version = hashlib.sha256(
        b"".join(name.encode() + body for name, body in sorted(files.items()))
    ).hexdigest()[:12]
    target = folder / version
    if target.exists():
        return version
    folder.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(dir=folder))
    made.chmod(0o755)
    for name, body in files.items():
        _write(made / name, body)
    try:
        os.rename(made, target)  # noqa: PTH104 - fails where another worker was faster, as it should
    except OSError:
        shutil.rmtree(made)
    return version


def _tree() -> Iterable[tuple[str, bytes]]:
    for file in sorted(SOURCE.rglob("*")):
        name = file.relative_to(SOURCE).as_posix()
        if file.is_file() and not name.startswith("css/"):
            yield name, file.read_bytes()
    yield "css/app.css", b"\n".join(file.read_bytes() for pattern in STYLES for file in _styles(pattern))


def _styles(pattern: str) -> list[Path]:
    return sorted((SOURCE / "css").glob(pattern + ".css"))


def _write(file: Path, body: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(body)
    if file.suffix in COMPRESSED:
        file.with_name(file.name + ".gz").write_bytes(gzip.compress(body, 9, mtime=0))


def _address(version: str) -> Callable[[str], str]:
    def asset(path: str) -> str:
        return f"/{PREFIX}/{version}/{path}"

    return asset
