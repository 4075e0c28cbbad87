"""The long-running parts: the web server, the job worker, and both at once for a person at a terminal."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress

import click
from flask import current_app
from flask.cli import with_appcontext

from community.cli.database import bring_up_to_date
from community.cli.demo import SIGN_INS, fill_if_empty
from community.config import ROOT
from community.kit import jobs as repeating
from community.kit import unit_of_work, watch
from community.kit import worker as jobs

STOP_SECONDS = 20
ASK_EVERY_SECONDS = 4
PR_SET_PDEATHSIG = 1  # prctl(2)
host_option = click.option("--host", envvar="HOST", default="127.0.0.1", show_default=True)
port_option = click.option("--port", envvar="PORT", type=int, default=8000, show_default=True)
workers_option = click.option("--workers", type=int, default=2, show_default=True, help="Processes.")


@click.command()
@host_option
@port_option
@workers_option
def serve(host: str, port: int, workers: int) -> None:
    """Serve the site with granian. It never migrates: see ``migrate``."""
    os.chdir(ROOT)
    os.execv(sys.executable, _server(host, port, workers))  # noqa: S606 - our own interpreter and words


@click.command()
@with_appcontext
def worker() -> None:
    """Carry out jobs until told to stop; the job under way is finished first."""
    watch.set_up_logging()
    stop = threading.Event()
    jobs.stop_on_signals(stop)
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    with unit_of_work.transaction():
        repeating.keep_repeating()
    jobs.run(stop, in_context=app.app_context)


@click.command()
@host_option
@port_option
@workers_option
@with_appcontext
def run(host: str, port: int, workers: int) -> None:
    """Migrate, fill an empty database with demo content (DEMO=0 leaves it empty), and start everything."""
    _refuse_taken(host, port)
    bring_up_to_date()
    if os.environ.get("DEMO", "1") != "0":
        fill_if_empty(with_photos=os.environ.get("DEMO_PHOTOS", "1") != "0")
    address = f"http://{host}:{port}"
    environ = {"COMMUNITY_BASE_URL": address, **os.environ}
    job_worker = [sys.executable, "-m", "flask", "--app", "wsgi", "worker"]
    parts = [_start(words, environ) for words in (_server(host, port, workers), job_worker)]
    click.echo(f"\n  {current_app.extensions['settings'].site_name}: {address}\n")
    for role, email, password in SIGN_INS if os.environ.get("DEMO", "1") != "0" else ():
        click.echo(f"  {role:<10} {email:<28} {password}")
    click.echo("\n  Ctrl-C ends it.\n")
    sys.exit(_wait(parts))


def _start(words: Sequence[str], environ: dict[str, str]) -> "subprocess.Popen[bytes]":
    """A part in a session of its own: Ctrl-C in a terminal would otherwise reach it twice, from there and from here."""
    return subprocess.Popen(  # noqa: S603 - our own interpreter and words
        words,
        cwd=ROOT,
        env=environ,
        start_new_session=True,
        preexec_fn=_end_with_parent,  # noqa: PLW1509 - no thread of ours is running yet
    )


def _end_with_parent() -> None:
    """Where the system can (Linux), a part whose parent was killed is told to end."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _refuse_taken(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise click.ClickException(
                f"{host}:{port} cannot be used ({error.strerror}). Try PORT=8001."
            ) from None


def _server(host: str, port: int, workers: int) -> list[str]:
    words = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)]
    words += [
        "--workers",
        str(workers),
        "--blocking-threads",
        "4",
        "--backlog",
        "2048",
        "--respawn-failed-workers",
    ]
    return [*words, "--workers-kill-timeout", str(STOP_SECONDS // 2), "--log-level", "warning", "wsgi:app"]


def _wait(parts: Sequence["subprocess.Popen[bytes]"]) -> int:
    """Until a part ends or somebody says stop; then all are told, and finish what is under way."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    while not stop.wait(0.3) and all(part.poll() is None for part in parts):
        pass
    codes = [part.poll() for part in parts]
    for part in parts:
        _end(part)
    return 0 if stop.is_set() else next((code or 1 for code in codes if code is not None), 1)


def _end(part: "subprocess.Popen[bytes]") -> None:
    """Ask, and ask again: a server that is still starting its workers can miss the first time. At last, insist."""
    for _ in range(STOP_SECONDS // ASK_EVERY_SECONDS):
        if part.poll() is not None:
            return
        part.send_signal(signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            part.wait(ASK_EVERY_SECONDS)
    if part.poll() is None:
        os.killpg(part.pid, signal.SIGKILL)
        part.wait()
