"""``community media check`` and ``community media sweep``: nothing missing in silence, nothing kept for nobody."""

import os
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from click.testing import Result

from community.cli.media import media
from community.kit import clock as community_clock
from community.kit import storage
from community.kit.errors import Unkept
from community.media import queries
from community.media.actions import checking, preparing, sweeping
from community.media.actions.checking import Fault
from tests.cast import Cast
from tests.conftest import As, MakeSite
from tests.factories.photos import Photos
from tests.helpers import buckets
from tests.helpers.browser import Browser
from tests.helpers.site import Counted, Site
from tests.media.conftest import Names
from tests.media.sending import append, jpeg, sent, started
from tests.media.texts import Texts

Call = Callable[..., tuple[int, list[str]]]
Later = Callable[[timedelta], None]
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A temporary folder of our own: a sweep in the future would take what other tests work with."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@pytest.fixture
def call(site: Site) -> Call:
    """``call("check")``: the exit status, and the lines."""

    def run(name: str) -> tuple[int, list[str]]:
        done: Result = site.app.test_cli_runner().invoke(media, [name])
        return done.exit_code, done.output.splitlines()

    return run


@pytest.fixture
def folder(site: Site) -> Path:
    return Path(urlsplit((site.instance / "media").as_uri()).path)


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Iterator[Later]:
    """Move the site's clock ahead of the files' times."""
    yield lambda by: community_clock.replace(lambda: datetime.now(UTC) + by)
    community_clock.replace(None)


@pytest.fixture
def lan(cast: Cast, as_: As) -> Browser:
    return as_(cast.lan)


def age(folder: Path, name: str, by: timedelta) -> None:
    moment = (datetime.now(UTC) - by).timestamp()
    os.utime(folder / name, times=(moment, moment))


class TestCheck:
    def test_where_nothing_is_nothing_is_missing(self, call: Call) -> None:
        assert call("check") == (0, ["0 files, 0 missing, 0 changed, 0 orphan"])

    def test_all_is_there(self, call: Call, lan: Browser, cast: Cast, photos: Photos, texts: Texts) -> None:
        texts.live(photos.ready(cast.lan), photos.ready(cast.lan, look=1))
        sent(lan)
        append(lan, started(lan, 100), 0, b"some")
        assert call("check") == (0, ["8 files, 0 missing, 0 changed, 0 orphan"])

    def test_a_file_that_is_gone_and_one_that_was_cut_are_found(
        self, call: Call, lan: Browser, cast: Cast, photos: Photos, texts: Texts, kept: Names, folder: Path
    ) -> None:
        texts.live(photos.ready(cast.lan))
        sent(lan)
        avif, webp, _master, part = (folder / name for name in kept())
        assert (avif.suffix, webp.suffix, part.relative_to(folder).parts[0]) == (".avif", ".webp", "uploads")
        avif.unlink()
        part.unlink()
        webp.write_bytes(b"RIFF")
        found = call("check")
        assert found[0] == 1
        assert sorted(found[1]) == sorted(
            [
                f"missing: {avif.relative_to(folder)}",
                f"changed: {webp.relative_to(folder)}",
                f"missing: {part.relative_to(folder)}",
                "1 files, 2 missing, 1 changed, 0 orphan",
            ]
        )

    def test_a_disk_that_is_not_there_is_told(
        self, call: Call, cast: Cast, photos: Photos, folder: Path
    ) -> None:
        photos.ready(cast.lan)
        folder.rename(folder.with_name("elsewhere"))
        status, lines = call("check")
        assert (status, len(lines)) == (1, 4)
        assert lines[-1] == "0 files, 3 missing, 0 changed, 0 orphan"

    def test_files_without_rows_are_told_and_no_fault(self, call: Call, site: Site, folder: Path) -> None:
        with site.reading():
            storage.put("photos/ab/ab00000000000000/0/320.webp", b"x")
            storage.put("uploads/zz/stray", b"x")
        (folder / "uploads/ab").mkdir()
        (folder / "uploads/ab/one.0123.part").write_bytes(b"half a")
        status, lines = call("check")
        assert status == 0
        assert sorted(lines) == [
            "0 files, 0 missing, 0 changed, 3 orphan",
            "orphan: photos/ab/ab00000000000000/0/320.webp",
            "orphan: uploads/ab/one.0123.part",
            "orphan: uploads/zz/stray",
        ]

    def test_what_else_is_kept_in_the_same_place_is_not_ours(
        self, call: Call, site: Site, folder: Path
    ) -> None:
        with site.reading():
            storage.put("backups/ab/of-somebody", b"x")
            storage.put("photosynthesis", b"x")
        age(folder, "backups/ab/of-somebody", 9 * DAY)
        assert call("check") == (0, ["0 files, 0 missing, 0 changed, 0 orphan"])
        assert call("sweep")[0] == 0
        assert (folder / "backups/ab/of-somebody").exists()

    def test_one_that_comes_while_it_looks_is_not_missing(
        self, call: Call, site: Site, cast: Cast, photos: Photos, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Files are listed first: a row may be younger than the list."""
        photos.ready(cast.lan)
        with site.reading():
            (name, *_rest) = [file.name for file in storage.listing()]
        listed = [file for file in storage._in_use[0].listing() if file.name != name]
        monkeypatch.setattr(storage, "listing", lambda: iter(listed))
        assert call("check") == (0, ["3 files, 0 missing, 0 changed, 0 orphan"])

    def test_storage_that_does_not_answer_is_told(self, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
        def silent() -> Iterator[storage.Kept]:
            raise Unkept("the bucket said nothing")

        monkeypatch.setattr(storage, "listing", silent)
        for name in ("check", "sweep"):
            assert call(name) == (1, ["Error: the bucket said nothing"])

    def test_it_changes_nothing_and_asks_as_often_for_many_as_for_few(
        self, call: Call, site: Site, cast: Cast, photos: Photos
    ) -> None:
        counts: list[Counted] = []
        for _ in range(2):
            for look in range(3):
                photos.ready(cast.lan, look=look)
            site.execute("UPDATE photo SET key = 'ab' || substr(key, 3)")
            for file in [file.name for file in _files(site)]:
                body = storage.read(file)
                storage.remove([file])
                storage.put(f"photos/ab/ab{file.split('/')[2][2:]}/0/{file.rpartition('/')[2]}", body)
            with site.count_queries() as counted:
                assert call("check")[0] == 0
            counts.append(counted)
        assert counts[0].total == counts[1].total
        assert not [line for line in counts[0].statements if not line.startswith("SELECT")]


def _files(site: Site) -> list[storage.Kept]:
    with site.reading():
        return list(storage.listing())


class TestSweep:
    def test_a_day_is_a_day(
        self, call: Call, lan: Browser, photos: Photos, texts: Texts, kept: Names, site: Site, later: Later
    ) -> None:
        """Photos in no text, unfinished uploads, files without rows, halves of files: and all that is still used."""
        used = [photos.ready(texts.author), photos.ready(texts.author, look=1)]
        texts.live(used[0])
        texts.draft(used[1])
        loose = photos.ready(texts.author, look=2)
        append(lan, started(lan, 100), 0, b"some")
        for name in ("photos/ab/ab00000000000000/0/320.webp", "uploads/ab/ab00000000000000/0.0123.part"):
            with site.reading():
                storage.put(name, b"x")
        before = kept()
        later(DAY - timedelta(minutes=5))
        assert call("sweep") == (0, ["0 photos in no text, 0 files without rows, 0 abandoned workplaces"])
        assert kept() == before
        later(DAY + timedelta(minutes=5))
        status, lines = call("sweep")
        assert (status, lines) == (0, ["2 photos in no text, 6 files without rows, 0 abandoned workplaces"])
        assert {name.split("/")[2] for name in kept()} == set(used)
        assert loose not in {key for (key,) in site.rows("SELECT key FROM photo")}
        site.work(later=3 * DAY)
        assert call("sweep") == (0, ["0 photos in no text, 0 files without rows, 0 abandoned workplaces"])
        assert call("check") == (0, ["6 files, 0 missing, 0 changed, 0 orphan"])

    def test_of_a_photo_on_its_way_nothing_is_taken(
        self, call: Call, lan: Browser, texts: Texts, kept: Names, folder: Path, site: Site
    ) -> None:
        """A job that was killed left files; it is done again at this moment, and gives them their rows."""
        key = sent(lan)
        texts.draft(key)
        name = f"photos/{key[:2]}/{key}/0/64.webp"
        with site.reading():
            storage.put(name, b"written yesterday")
        age(folder, name, 2 * DAY)
        assert call("sweep")[1] == ["0 photos in no text, 0 files without rows, 0 abandoned workplaces"]
        assert name in kept()
        site.execute("UPDATE photo SET state = 'failed', reason = 'broken'")
        assert call("sweep")[1] == ["0 photos in no text, 1 files without rows, 0 abandoned workplaces"]
        assert name not in kept()

    def test_what_came_between_looking_and_taking_is_kept(
        self,
        call: Call,
        cast: Cast,
        photos: Photos,
        site: Site,
        kept: Names,
        later: Later,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        """Rows are read after the files were listed: one that was committed in between is known."""
        listing = storage.listing
        made: list[str] = []

        def interrupted() -> Iterator[storage.Kept]:
            files = list(listing())
            if not made:
                made.append(photos.ready(cast.lan))
                files = list(listing())
            return iter(files)

        later(2 * DAY)
        monkeypatch.setattr(storage, "listing", interrupted)
        assert call("sweep")[1] == ["0 photos in no text, 0 files without rows, 0 abandoned workplaces"]
        assert len(kept()) == 3

    def test_many_go_a_batch_at_a_time(
        self,
        call: Call,
        site: Site,
        kept: Names,
        later: Later,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        removed: list[int] = []
        remove = storage.remove
        monkeypatch.setattr(sweeping, "AT_A_TIME", 3)
        with site.reading():
            for number in range(8):
                storage.put(f"uploads/0{number}/stray", b"x")
        later(2 * DAY)

        def counting(names: list[str]) -> None:
            removed.append(len(names))
            remove(names)

        monkeypatch.setattr(storage, "remove", counting)
        assert call("sweep")[1] == ["0 photos in no text, 8 files without rows, 0 abandoned workplaces"]
        assert removed == [3, 3, 2]
        assert kept() == []

    def test_workplaces_of_killed_workers_go_too(self, call: Call, temporary: Path) -> None:
        (temporary / f"{preparing.WORKPLACE}one").mkdir()
        age(temporary, f"{preparing.WORKPLACE}one", 2 * DAY)
        assert call("sweep") == (0, ["0 photos in no text, 0 files without rows, 1 abandoned workplaces"])
        assert list(temporary.iterdir()) == []


class TestInABucket:
    @pytest.fixture
    def s3(self) -> Iterator[buckets.Buckets]:
        with buckets.served() as running:
            yield running

    def test_the_same_in_a_bucket(self, s3: buckets.Buckets, make_site: MakeSite, later: Later) -> None:
        """From the upload to the sweep, with every file in S3 (moto's, a mock)."""
        site = make_site(media_url=s3.make())
        cast = Cast(site)
        lan = Browser(site).enter_as(cast.lan)
        key = sent(lan, jpeg())
        abandoned = started(lan, 100)
        append(lan, abandoned, 0, b"some")
        site.work()
        assert lan.get(f"/photos/{key}/64.webp").status == 200
        run = site.app.test_cli_runner().invoke
        assert run(media, ["check"]).output == "4 files, 0 missing, 0 changed, 0 orphan\n"
        with site.reading():
            storage.remove([f"photos/{key[:2]}/{key}/0/64.webp"])
            storage.put("uploads/ab/stray", b"x")
        assert run(media, ["check"]).output.splitlines()[-1] == "3 files, 1 missing, 0 changed, 1 orphan"
        later(2 * DAY)
        done = run(media, ["sweep"]).output
        assert done == "2 photos in no text, 4 files without rows, 0 abandoned workplaces\n"
        assert _files(site) == []
        assert run(media, ["check"]).exit_code == 0


def test_what_is_compared_is_told_apart(site: Site, cast: Cast, photos: Photos) -> None:
    key = photos.ready(cast.lan)
    with site.reading():
        storage.put("uploads/ab/stray", b"x")
        found = list(checking.compare())
        assert [one.fault for one in found].count(None) == 3
        assert [one.name for one in found if one.fault is Fault.ORPHAN] == ["uploads/ab/stray"]
        assert set(queries.beginnings()) == {key[:2]}
