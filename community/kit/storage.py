"""Files members give us: on this machine's disk by default, in an S3 bucket where COMMUNITY_MEDIA_URL names one.

Owns how bytes are kept and found again. Which of them anybody may see is asked elsewhere, each time.
A file is whole or not there: on disk it is written beside its place, synced, and renamed.
"""

import contextlib
import errno
import os
import secrets
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, NamedTuple, Protocol
from urllib.parse import parse_qsl, urlsplit
from urllib.request import url2pathname

from community.kit.errors import Missing, Unkept

PART = ".part"
"""How a file ends while it is being written."""
RESERVE = 64 * 1024 * 1024
"""Bytes a disk is left with: the database may be on it, too, and people's words come before their photos."""
SECONDS = 5.0
"""A bucket is given so long to answer: people wait for it. The largest file we keep is a few megabytes."""
MOST_TRIES = 20
NO_BUCKET = "NoSuchBucket"
"""What S3 says where it is not the object that is missing (Amazon S3 API reference, error responses)."""


class Kept(NamedTuple):
    """A file as a listing shows it."""

    name: str
    bytes: int
    changed_at: datetime


class Storage(Protocol):
    """Names are relative paths with ``/`` between their parts, made by us and never by members.

    Raises ValueError for others.
    """

    def put(self, name: str, data: bytes) -> None:
        """Keep it for good before returning; what was there under the name is replaced. Raises Unkept."""

    def read(self, name: str) -> bytes:
        """Raises Missing, Unkept."""

    def remove(self, names: Iterable[str]) -> None:
        """What is gone already is passed over. Raises Unkept."""

    def listing(self) -> Iterator[Kept]:
        """Every file there is, those of a folder one after the other. Raises Unkept."""


class Folder:
    """Files on this machine."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, name: str, data: bytes) -> None:
        place = self._place(name)
        beside = place.with_name(f"{place.name}.{secrets.token_hex(6)}{PART}")
        try:
            with _opened_anew(beside) as file:
                _leave_room(file, len(data))
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(place)
            _sync_folder(place.parent)
        except OSError as error:
            with contextlib.suppress(OSError):
                beside.unlink()
            raise Unkept(str(error), is_full=error.errno in (errno.ENOSPC, errno.EDQUOT)) from error

    def read(self, name: str) -> bytes:
        try:
            return self._place(name).read_bytes()
        except (FileNotFoundError, IsADirectoryError, NotADirectoryError) as error:
            raise Missing(name) from error
        except OSError as error:
            raise Unkept(str(error)) from error

    def remove(self, names: Iterable[str]) -> None:
        for place in [self._place(name) for name in names]:
            try:
                place.unlink(missing_ok=True)
            except OSError as error:
                raise Unkept(str(error)) from error
            self._remove_empty(place.parent)

    def listing(self) -> Iterator[Kept]:
        for folder, _folders, files in os.walk(self.root, onerror=_told):
            for file in files:
                place = Path(folder) / file
                with contextlib.suppress(FileNotFoundError):  # removed since
                    about = place.stat()
                    changed = datetime.fromtimestamp(about.st_mtime, UTC)
                    yield Kept(place.relative_to(self.root).as_posix(), about.st_size, changed)

    def _place(self, name: str) -> Path:
        return self.root.joinpath(*_parts(name))

    def _remove_empty(self, folder: Path) -> None:
        """And those above it that held nothing else."""
        with contextlib.suppress(OSError):  # something is in it
            while folder != self.root:
                folder.rmdir()
                folder = folder.parent


class Bucket:
    """Objects in an S3 bucket, through obstore: ``s3://bucket/prefix?region=…&endpoint=…``; keys from AWS_* variables.

    A bucket that is not there or does not answer is Unkept within SECONDS, never a missing file.
    """

    def __init__(self, url: str) -> None:
        """Raises ValueError for a setting that is none."""
        # Loaded where a bucket is used: a site that keeps its files on disk carries none of it.
        from obstore.exceptions import BaseError  # noqa: PLC0415
        from obstore.store import S3Store  # noqa: PLC0415

        parts = urlsplit(url)
        given: dict[str, Any] = dict(parse_qsl(parts.query))
        limit = timedelta(seconds=SECONDS)
        try:
            self._store: Any = S3Store(
                parts.netloc,
                prefix=parts.path.strip("/") or None,
                retry_config={"max_retries": 2, "retry_timeout": limit},
                client_options={
                    "allow_http": given.get("endpoint", "").startswith("http://"),
                    "connect_timeout": limit / 2,
                    "timeout": limit,
                },
                **given,
            )
        except BaseError as error:
            raise ValueError(str(error).partition("\n")[0]) from error
        self._errors = (BaseError, OSError)

    def put(self, name: str, data: bytes) -> None:
        # In one piece: parts of a file that was cut into several would stay when we are killed, unseen and paid for.
        self._do(lambda: self._store.put(_checked(name), data, use_multipart=False))

    def read(self, name: str) -> bytes:
        return bytes(self._do(lambda: self._store.get(_checked(name)).bytes()))

    def remove(self, names: Iterable[str]) -> None:
        waiting = [_checked(name) for name in names]
        if waiting:
            with contextlib.suppress(Missing):
                self._do(lambda: self._store.delete(waiting))

    def listing(self) -> Iterator[Kept]:
        pages = self._do(lambda: iter(self._store.list()))
        while page := self._do(lambda: next(pages, None)):
            for found in page:
                yield Kept(found["path"], found["size"], found["last_modified"])

    def _do(self, act: Callable[[], Any]) -> Any:
        try:
            return act()
        except self._errors as error:
            if isinstance(error, FileNotFoundError) and NO_BUCKET not in str(error):
                raise Missing(str(error).partition("\n")[0]) from error
            raise Unkept(str(error).partition("\n")[0]) from error


_in_use: list[Storage] = []


def set_up(url: str) -> None:
    """Use ``file:///…`` or ``s3://…`` from now on. Raises ValueError for what is neither, or means nothing."""
    parts = urlsplit(url)
    if parts.scheme == "file":
        _in_use[:] = [Folder(Path(url2pathname(parts.path)))]
    elif parts.scheme == "s3":
        _in_use[:] = [Bucket(url)]
    else:
        raise ValueError(f"files are kept under file:// or s3://, not under {parts.scheme}://")


def put(name: str, data: bytes) -> None:
    _in_use[0].put(name, data)


def read(name: str) -> bytes:
    return _in_use[0].read(name)


def remove(names: Iterable[str]) -> None:
    _in_use[0].remove(names)


def listing() -> Iterator[Kept]:
    return _in_use[0].listing()


def _checked(name: str) -> str:
    return "/".join(_parts(name))


def _parts(name: str) -> tuple[str, ...]:
    parts = PurePosixPath(name).parts
    if not parts or name.startswith("/") or ".." in parts or "\0" in name:
        raise ValueError(f"not a name of ours: {name!r}")
    return parts


def _opened_anew(place: Path) -> BinaryIO:
    """A new file in a folder that is there: another may remove it, when its last file goes, before ours is in it."""
    for _ in range(MOST_TRIES):
        with contextlib.suppress(FileNotFoundError):
            made = _make_folder(place.parent)
            file = place.open("xb")
            return _synced(file, made)
    raise OSError(errno.EBUSY, "its folder was removed again and again", str(place))


def _leave_room(file: BinaryIO, length: int) -> None:
    disk = os.fstatvfs(file.fileno())
    if disk.f_bavail * disk.f_frsize < RESERVE + length:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _make_folder(folder: Path) -> list[Path]:
    """With those above it. Gives what is to be synced, or the new ones would go with all that is in them."""
    if folder.is_dir():
        return []
    above = _make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    return [*above, folder.parent]


def _synced(file: BinaryIO, folders: Iterable[Path]) -> BinaryIO:
    """Once a file is open in a folder nobody removes it, so the slow part comes then."""
    try:
        for folder in folders:
            _sync_folder(folder)
    except OSError:
        file.close()
        raise
    return file


def _sync_folder(folder: Path) -> None:
    """A name is only on disk once its folder is."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _told(error: OSError) -> None:
    """A folder that cannot be looked into is not an empty one."""
    if not isinstance(error, FileNotFoundError):
        raise Unkept(str(error)) from error
