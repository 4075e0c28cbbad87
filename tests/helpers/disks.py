"""A disk of a few megabytes that can be filled to its last byte: a real one where we may mount one (as root on Linux).

Elsewhere a pretended one: a folder, and an ``fsync`` that raises what a full disk raises. ``kind`` says which.
"""

import errno
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

FILLING = "filling"


class Disk:
    """A small disk; what is on it is at ``path``."""

    kind = "tmpfs"

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def free(self) -> int:
        disk = os.statvfs(self.path)
        return disk.f_bavail * disk.f_frsize

    def fill(self, leave: int = 0) -> None:
        """To the last byte, or until about ``leave`` bytes are free."""
        self.empty()
        with (self.path / FILLING).open("wb") as file:
            while (more := min(self.free - leave, 1 << 20)) > 0:
                file.write(bytes(more))
                file.flush()

    def empty(self) -> None:
        (self.path / FILLING).unlink(missing_ok=True)


class Pretended(Disk):
    """Full when it is said to be."""

    kind = "pretended"

    def __init__(self, path: Path, patch: pytest.MonkeyPatch) -> None:
        super().__init__(path)
        self._left: int | None = None
        sync, stat = os.fsync, os.fstatvfs

        def syncing(handle: int) -> None:
            is_here = Path(f"/proc/self/fd/{handle}").readlink().is_relative_to(path)
            if self._left is not None and is_here and os.fstat(handle).st_size > self._left:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            sync(handle)

        def measured(handle: int) -> Any:
            told = list(stat(handle))
            if self._left is not None:
                told[4] = self._left // told[1]
            return os.statvfs_result(told)

        patch.setattr(os, "fsync", syncing)
        patch.setattr(os, "fstatvfs", measured)

    def fill(self, leave: int = 0) -> None:
        self._left = leave

    def empty(self) -> None:
        self._left = None


@contextmanager
def small_disk(path: Path, size: int) -> Iterator[Disk]:
    path.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", f"size={size}", "none", str(path)]
    try:
        is_real = subprocess.run(words, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        is_real = False
    if not is_real:
        with pytest.MonkeyPatch.context() as patch:
            yield Pretended(path, patch)
        return
    try:
        yield Disk(path)
    finally:
        subprocess.run(["umount", "--lazy", str(path)], check=True)
