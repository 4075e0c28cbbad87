"""``community run``: both parts start, and what a terminal sends ends both."""

import os
import signal
import socket
import subprocess
import time
import urllib.request
from pathlib import Path
from urllib.error import URLError

import psutil
import pytest

from community.config import ROOT

START_SECONDS = 40
STOP_SECONDS = (
    30  # the server is given ten to finish what is under way, more where a worker was still starting
)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_ready(port: int) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz").close()
        except URLError:
            time.sleep(0.2)
        else:
            return
    pytest.fail("it did not start")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "SIGTERM"])
def test_both_parts_end_whatever_the_terminal_sends(tmp_path: Path, number: signal.Signals) -> None:
    port = free_port()
    environ = {**os.environ, "COMMUNITY_INSTANCE": str(tmp_path), "DEMO": "0"}
    # Through the shell's own rules: a program in the background of a script inherits a deaf ear for SIGINT.
    running = subprocess.Popen(
        [str(ROOT / ".venv" / "bin" / "community"), "run", "--port", str(port)],
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        restore_signals=True,
    )
    try:
        wait_until_ready(port)
        parts = psutil.Process(running.pid).children(recursive=True)
        assert len(parts) >= 4  # the server, its two workers, the job worker
        # A signal to the terminal's group must not reach the parts by themselves, and then once more from here.
        assert running.pid not in {os.getpgid(part.pid) for part in parts}
        os.killpg(running.pid, number)  # as a terminal does: to everybody in its foreground
        out, _ = running.communicate(timeout=STOP_SECONDS)
    finally:
        running.kill()
    assert running.returncode == 0, out
    assert psutil.wait_procs(parts, timeout=5)[1] == []
