"""A child that does what the photo it is given says, instead of reading it: what the sandbox has to bear."""

import json
import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

from community.media.processing import confinement
from community.media.processing.outcomes import OUTCOME

FACTS = {
    "width": 1,
    "height": 1,
    "thumbhash": "",
    "files": [],
    "receipt": {"place": False, "camera": False, "time": False, "areas": 0},
}


def main(source: str, folder: str, _areas: str) -> None:
    act = Path(source).read_text()
    confinement.confine(cpu_seconds=1)
    {
        "sleep": lambda: time.sleep(60),
        "spin": spin,
        "want memory": lambda: bytearray(confinement.MEMORY),
        "want a file": lambda: (Path(folder) / "large").write_bytes(bytes(confinement.FILE_BYTES + 1)),
        "want files": lambda: [Path(source).open() for _ in range(confinement.FILES)],  # noqa: SIM115
        "have a child": have_a_child,
        "abort": os.abort,
        "crash": lambda: os.kill(os.getpid(), signal.SIGSEGV),
        "be stopped": lambda: os.kill(os.getpid(), signal.SIGTERM),
        "say nothing": lambda: None,
        "lie about a file": lambda: say(files=[{"name": "320.webp", "width": 1, "height": 1, "bytes": 9}]),
        "name another's file": lambda: say(
            files=[{"name": "../source", "width": 1, "height": 1, "bytes": 19}]
        ),
        "tell": lambda: say(thumbhash=json.dumps(told())),
    }[act]()


def spin() -> None:
    while True:
        pass


def have_a_child() -> None:
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    Path("child").write_text(str(child.pid))
    child.wait()


def say(**facts: object) -> None:
    Path(OUTCOME).write_text(json.dumps(FACTS | facts))


def told() -> dict[str, object]:
    limits = ("AS", "CPU", "NOFILE", "FSIZE", "CORE")
    return {
        "limits": {name: resource.getrlimit(getattr(resource, f"RLIMIT_{name}")) for name in limits},
        "nice": os.nice(0),
        "environment": sorted(os.environ),
        "modules": sorted(sys.modules),
        "group": os.getpgrp() == os.getpid(),
        "descriptors": len(list(Path("/proc/self/fd").iterdir())),
    }


if __name__ == "__main__":
    main(*sys.argv[1:])
