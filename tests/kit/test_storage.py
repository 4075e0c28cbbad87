"""One set of promises for the two places where files are kept: a folder, and a bucket of moto's, an S3 mock."""

import errno
import os
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from community.kit import storage as kit
from community.kit.errors import Missing, Unkept
from community.kit.storage import Bucket, Folder, Storage
from tests.helpers import buckets
from tests.helpers.buckets import Buckets


@pytest.fixture(scope="module")
def server() -> Iterator[Buckets]:
    with buckets.served() as running:
        yield running


@pytest.fixture(params=["folder", "bucket"])
def storage(request: pytest.FixtureRequest, tmp_path: Path) -> Storage:
    if request.param == "folder":
        return Folder(tmp_path / "media")
    return Bucket(request.getfixturevalue("server").make())


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "media")


def test_what_was_put_is_read_again_and_replaced_whole(storage: Storage) -> None:
    storage.put("photos/ab/one/320.webp", b"a longer beginning")
    assert storage.read("photos/ab/one/320.webp") == b"a longer beginning"
    storage.put("photos/ab/one/320.webp", b"new")
    assert storage.read("photos/ab/one/320.webp") == b"new"
    storage.put("photos/ab/one/none", b"")
    assert storage.read("photos/ab/one/none") == b""


def test_a_large_file_is_one_file(storage: Storage) -> None:
    """Larger than what obstore would cut into parts, which a kill would leave behind in the bucket, unseen and paid."""
    body = os.urandom(1024) * 6 * 1024
    storage.put("photos/ab/large", body)
    assert storage.read("photos/ab/large") == body
    assert [(kept.name, kept.bytes) for kept in storage.listing()] == [("photos/ab/large", len(body))]


def test_what_is_not_there_is_missing(storage: Storage) -> None:
    storage.put("photos/ab/one/320.webp", b"here")
    for name in ("photos/ab/one/800.webp", "photos/ab/one", "photos/zz/one/320.webp"):
        with pytest.raises(Missing):
            storage.read(name)


def test_what_is_removed_is_gone_and_may_be_gone_already(storage: Storage) -> None:
    names = [f"uploads/ab/one/{number}" for number in range(3)]
    for name in names:
        storage.put(name, b"here")
    storage.remove([*names[:2], "uploads/ab/one/never", "never"])
    storage.remove(names[:2])
    storage.remove([])
    assert [kept.name for kept in storage.listing()] == [names[2]]
    with pytest.raises(Missing):
        storage.read(names[0])
    storage.remove(names)
    storage.put(names[0], b"again")
    assert storage.read(names[0]) == b"again"


def test_a_listing_tells_name_length_and_age_and_keeps_folders_together(storage: Storage) -> None:
    assert list(storage.listing()) == []
    names = [
        f"{top}/{shard}/{number}/a" for top in "pu" for shard in ("ab", "0c", "b7") for number in range(3)
    ]
    for number, name in enumerate(names):
        storage.put(name, b"x" * number)
    listed = list(storage.listing())
    assert {kept.name: kept.bytes for kept in listed} == {name: number for number, name in enumerate(names)}
    assert all(abs(datetime.now(UTC) - kept.changed_at) < timedelta(minutes=1) for kept in listed)
    shards = [shard for shard, _ in groupby(kept.name[:4] for kept in listed)]
    assert len(shards) == len(set(shards)) == 6


@pytest.mark.parametrize("name", ["", "/etc/passwd", "photos/../../secret_key", "..", "a\0b"])
def test_a_name_that_leads_elsewhere_is_a_mistake_of_ours(storage: Storage, name: str) -> None:
    for act in (lambda: storage.put(name, b"x"), lambda: storage.read(name), lambda: storage.remove([name])):
        with pytest.raises(ValueError, match="not a name of ours"):
            act()


def test_only_folders_and_buckets_are_known() -> None:
    with pytest.raises(ValueError, match="ftp"):
        kit.set_up("ftp://somewhere/else")


class TestFolder:
    def test_an_interrupted_put_leaves_what_was_there(
        self, folder: Folder, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        folder.put("photos/ab/one", b"before")

        def killed(*_: object) -> None:
            raise KeyboardInterrupt

        with monkeypatch.context() as patch:
            patch.setattr(os, "replace", killed)
            patch.setattr(Path, "replace", killed)
            with pytest.raises(KeyboardInterrupt):
                folder.put("photos/ab/one", b"after, and much longer")
        assert folder.read("photos/ab/one") == b"before"
        (left,) = [kept.name for kept in folder.listing() if kept.name != "photos/ab/one"]
        assert left.endswith(kit.PART)

    def test_bytes_then_name_then_every_new_folder_reach_the_disk(
        self, folder: Folder, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        synced: list[str] = []
        sync = os.fsync

        def noted(handle: int) -> None:
            path = Path(f"/proc/self/fd/{handle}").readlink()
            synced.append("bytes" if path.is_file() else path.relative_to(folder.root.parent).as_posix())
            sync(handle)

        monkeypatch.setattr(os, "fsync", noted)
        folder.put("photos/ab/one", b"x")
        assert synced[-2:] == ["bytes", "media/photos/ab"]
        assert {".", "media", "media/photos"} <= set(synced[:-2]), (
            "a folder is only there once its parent knows"
        )
        synced.clear()
        folder.put("photos/ab/two", b"x")
        assert synced == ["bytes", "media/photos/ab"]

    @pytest.mark.parametrize(
        ("number", "is_full"), [(errno.ENOSPC, True), (errno.EDQUOT, True), (errno.EIO, False)]
    )
    def test_a_disk_that_takes_nothing_says_why_and_keeps_nothing(
        self, folder: Folder, monkeypatch: pytest.MonkeyPatch, number: int, is_full: bool
    ) -> None:
        def refused(_handle: int) -> None:
            raise OSError(number, os.strerror(number))

        folder.put("photos/ab/one", b"before")
        monkeypatch.setattr(os, "fsync", refused)
        with pytest.raises(Unkept) as refusal:
            folder.put("photos/ab/one", b"after")
        assert (refusal.value.is_full, refusal.value.status) == (is_full, 507 if is_full else 503)
        assert os.strerror(number) in str(refusal.value)
        assert os.strerror(number) not in str(refusal.value.message)
        monkeypatch.undo()
        assert [kept.name for kept in folder.listing()] == ["photos/ab/one"]
        assert folder.read("photos/ab/one") == b"before"

    def test_the_last_file_takes_its_folders_with_it(self, folder: Folder) -> None:
        folder.put("photos/ab/one/0/320.webp", b"x")
        folder.remove(["photos/ab/one/0/320.webp"])
        assert not (folder.root / "photos/ab/one").exists()
        assert folder.root.is_dir()

    def test_one_puts_while_another_removes_the_last(self, folder: Folder) -> None:
        """The folder of a file can go in the moment between making it and writing into it."""
        wrong: list[BaseException] = []

        def come_and_go(name: str) -> None:
            try:
                for _ in range(120):
                    folder.put(name, b"x")
                    folder.remove([name])
            except Unkept as error:
                wrong.append(error)

        threads = [threading.Thread(target=come_and_go, args=(f"uploads/ab/one/{n}",)) for n in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert not wrong
        assert list(folder.listing()) == []

    def test_a_folder_that_cannot_be_looked_into_is_no_empty_folder(
        self, folder: Folder, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        folder.put("photos/ab/one", b"x")
        scan = os.scandir

        def closed(path: Any) -> Any:
            if str(path).endswith("ab"):
                raise PermissionError(errno.EACCES, "closed")
            return scan(path)

        monkeypatch.setattr(os, "scandir", closed)
        with pytest.raises(Unkept):
            list(folder.listing())


class TestBucket:
    def acts(self, bucket: Bucket) -> list[Any]:
        return [
            lambda: bucket.put("a", b"x"),
            lambda: bucket.read("a"),
            lambda: bucket.remove(["a"]),
            lambda: list(bucket.listing()),
        ]

    def test_many_are_removed_at_once_and_listed_page_by_page(self, server: Buckets) -> None:
        bucket = Bucket(server.make())
        names = [f"uploads/ab/{number:04}" for number in range(1_050)]
        for name in names[::150]:
            bucket.put(name, b"x")
        bucket.remove(names)
        assert list(bucket.listing()) == []

    def test_a_bucket_that_is_not_there_is_no_missing_file(self, server: Buckets) -> None:
        for act in self.acts(Bucket(server.address("nowhere"))):
            with pytest.raises(Unkept) as refusal:
                act()
            assert not isinstance(refusal.value, Missing)

    def test_nobody_there(self, server: Buckets) -> None:
        began = time.monotonic()
        for act in self.acts(Bucket("s3://media?region=eu-central-1&endpoint=http://127.0.0.1:9")):
            with pytest.raises(Unkept):
                act()
        assert time.monotonic() - began < 4

    def test_no_answer_is_an_answer_within_seconds(
        self, server: Buckets, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert kit.SECONDS <= 8
        monkeypatch.setattr(kit, "SECONDS", 0.2)
        with buckets.silent_port() as port:
            bucket = Bucket(f"s3://media?region=eu-central-1&endpoint=http://127.0.0.1:{port}")
            for act in self.acts(bucket):
                began = time.monotonic()
                with pytest.raises(Unkept):
                    act()
                assert time.monotonic() - began < 2

    def test_a_setting_that_means_nothing_is_told(self, server: Buckets) -> None:
        with pytest.raises(ValueError, match="nonsense"):
            kit.set_up("s3://media?nonsense=1")

    def test_a_put_leaves_no_part_of_itself_behind(self, server: Buckets) -> None:
        address = server.make()
        Bucket(address).put("photos/large", bytes(12 * 1024 * 1024))
        name = address.removeprefix("s3://").partition("/")[0]
        assert b"<Upload>" not in server.read("GET", f"/{name}?uploads")[1]
        assert b"ETag" in server.read("GET", f"/{name}")[1]
        assert b"-" not in server.read("GET", f"/{name}")[1].partition(b"<ETag>")[2].partition(b"</ETag>")[0]
