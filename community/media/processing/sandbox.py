"""Photos are read in a child process that can do little and not for long: their decoders are written in C.

Owns the child from outside: what it is given, how long it may take by the clock, and what its end means. The limits it
puts on itself are ``confinement``'s, the work is that of ``pictures``; what it says is checked before it is believed.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryFile

from community.config import ROOT
from community.media.processing.areas import MOST_AREAS, Area
from community.media.processing.outcomes import OUTCOME, Facts, Refusal, Refused

__all__ = ["Facts", "Failed", "Refusal", "Refused", "work"]

SECONDS = 20.0
"""By the clock; as many of the processor are ``confinement``'s limit."""
CHILD = "community.media.processing.pictures"
TOLD = 2000
"""Characters of a failed child's last words that go into the log."""
# What Python needs to start where it was installed in an unusual place.
_PASSED_ON = ("LD_LIBRARY_PATH", "PYTHONHOME")
# Ends that a photo can bring about. A decoder written in C++ that gets no memory aborts.
_ENDS = {
    signal.SIGXCPU: Refusal.TIME,
    signal.SIGKILL: Refusal.MEMORY,
    signal.SIGABRT: Refusal.MEMORY,
    signal.SIGSEGV: Refusal.BROKEN,
    signal.SIGBUS: Refusal.BROKEN,
    signal.SIGFPE: Refusal.BROKEN,
    signal.SIGILL: Refusal.BROKEN,
}


class Failed(Exception):
    """Nothing was found out about the photo, for a reason of this machine's: a full disk, a server that is stopped."""


def work(source: Path, areas: Sequence[Area], into: Path) -> Facts:
    """Make of ``source`` what is kept of it, in the empty folder ``into``. Whatever else is left there is of no use.

    Raises Refused, Failed, and ValueError for more than MOST_AREAS.
    """
    if len(areas) > MOST_AREAS:
        raise ValueError(f"{len(areas)} areas")
    arguments = [str(source.absolute()), str(into.absolute()), json.dumps(areas)]
    with TemporaryFile() as said:
        ended = _run(arguments, into, said.fileno())
        if ended:
            size = said.seek(0, os.SEEK_END)
            said.seek(max(0, size - TOLD))
            raise Failed(f"exit {ended}: {said.read(TOLD).decode(errors='replace').strip()}")
    return _outcome(into)


def _run(arguments: list[str], folder: Path, said: int) -> int:
    """How it ended. Raises Refused for an end that its photo may have brought about."""
    child = subprocess.Popen(  # noqa: S603 - our own program, and words of our own
        [sys.executable, "-P", "-s", "-m", CHILD, *arguments],
        cwd=folder,
        env=_environment(),
        stdin=subprocess.DEVNULL,
        stdout=said,
        stderr=said,
        start_new_session=True,
    )
    try:
        ended = child.wait(SECONDS)
    except subprocess.TimeoutExpired:
        raise Refused(Refusal.TIME) from None
    finally:
        if child.poll() is None:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()
    if ended < 0 and -ended in _ENDS:
        raise Refused(_ENDS[signal.Signals(-ended)])
    return ended


def _environment() -> dict[str, str]:
    """No secret of the server's is in it. One arena and one thread, or the limit on memory would mean little."""
    needed = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    return {
        **needed,
        "PYTHONPATH": str(ROOT),
        "LC_ALL": "C.UTF-8",
        "MALLOC_ARENA_MAX": "1",
        "OMP_NUM_THREADS": "1",
    }


def _outcome(folder: Path) -> Facts:
    try:
        written = (folder / OUTCOME).read_text("utf-8")
        refused = json.loads(written).get("refused")
        if refused:
            raise Refused(Refusal(refused))
        facts = Facts.from_json(written)
        for file in facts.files:
            path = folder / file.name
            if path.parent != folder or path.is_symlink() or path.stat().st_size != file.bytes:
                raise ValueError(f"{file.name} is not what was said")
    except (OSError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise Failed(f"it ended well, but {error!r}") from error
    return facts
