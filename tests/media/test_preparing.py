"""The job that makes of an upload what is kept of it: once, whatever happens meanwhile, and in nobody's way."""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from community.kit import db, storage
from community.kit.errors import Missing, NotFound, Unkept
from community.media import actions
from community.media.actions import discarding, preparing
from community.media.models import Photo
from community.media.processing import pictures, sandbox
from community.media.processing.areas import Area
from community.media.processing.outcomes import Facts, Refusal, Refused
from community.media.processing.sandbox import Failed
from tests.cast import Cast
from tests.conftest import As
from tests.factories.photos import Photos
from tests.helpers.browser import Browser
from tests.helpers.site import Site
from tests.media.conftest import Names
from tests.media.sending import ask, jpeg, sent
from tests.media.texts import Texts

pytestmark = pytest.mark.usefixtures("in_this_process")
DAY = timedelta(days=1)


@pytest.fixture
def lan(cast: Cast, as_: As) -> Browser:
    return as_(cast.lan)


def states(site: Site) -> list[tuple[Any, ...]]:
    return list(site.rows("SELECT state, reason FROM photo ORDER BY id"))


def jobs(site: Site) -> list[tuple[Any, ...]]:
    return list(site.rows("SELECT kind, attempts FROM job ORDER BY id"))


def test_files_are_kept_before_their_rows_and_removed_after_them(
    site: Site, lan: Browser, kept: Names, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, put, remove = sent(lan), storage.put, storage.remove
    seen: list[tuple[str, int, int]] = []

    def note(act: str) -> None:
        rows = site.value("SELECT count(*) FROM photo_file"), site.value("SELECT count(*) FROM upload_part")
        seen.append((act, *rows))

    def putting(name: str, data: bytes) -> None:
        note("put")
        put(name, data)

    def removing(names: Sequence[str]) -> None:
        note("remove")
        remove(names)

    monkeypatch.setattr(storage, "put", putting)
    monkeypatch.setattr(storage, "remove", removing)
    site.work()
    assert seen == [("put", 0, 1)] * 3 + [("remove", 3, 0)]
    assert kept() == [f"photos/{key[:2]}/{key}/0/{name}" for name in ("64.avif", "64.webp", "master.jpg")]


def test_others_write_while_it_works(site: Site, lan: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    worked: list[bool] = []

    def watched(source: Path, areas: Sequence[Area], into: Path) -> Facts:
        assert not db.session().in_transaction()
        if site.is_sqlite:
            other = sqlite3.connect(site.settings.database_url.removeprefix("sqlite:///"), timeout=0.2)
            other.execute("BEGIN IMMEDIATE")
            other.close()
        worked.append(True)
        return pictures.prepare(source, areas, into)

    monkeypatch.setattr(sandbox, "work", watched)
    sent(lan)
    site.work()
    assert (worked, states(site)) == ([True], [("ready", None)])


def test_a_refused_photo_says_why_and_leaves_nothing(
    site: Site, lan: Browser, kept: Names, monkeypatch: pytest.MonkeyPatch
) -> None:
    for reason in Refusal:

        def refused(*_: object, reason: Refusal = reason) -> Facts:
            raise Refused(reason)

        monkeypatch.setattr(sandbox, "work", refused)
        key = sent(lan, b"GIF89a, or whatever it is")
        site.work()
        told = lan.get(f"/photos/{key}/state").json
        assert told["state"] == "failed"
        assert told["words"].endswith("."), reason
        assert lan.get(f"/photos/{key}/320.webp").status == 404
    assert {state for state, _ in states(site)} == {"failed"}
    assert (kept(), jobs(site)) == ([], [])


class TestMeanwhile:
    def test_taken_away_before_it_is_prepared(self, site: Site, lan: Browser, kept: Names) -> None:
        key = sent(lan)
        assert ask(lan, "DELETE", f"/photos/uploads/{key}").status_code == 204
        site.work()
        assert (states(site), kept(), jobs(site)) == ([], [], [])

    def test_taken_away_while_it_is_prepared(
        self, site: Site, lan: Browser, kept: Names, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        key = sent(lan)

        def interrupted(source: Path, areas: Sequence[Area], into: Path) -> Facts:
            assert ask(lan, "DELETE", f"/photos/uploads/{key}").status_code == 204
            return pictures.prepare(source, areas, into)

        monkeypatch.setattr(sandbox, "work", interrupted)
        site.work()
        assert (states(site), kept(), jobs(site)) == ([], [], [])

    def test_put_into_a_text_and_taken_out_while_it_is_prepared(
        self, site: Site, lan: Browser, texts: Texts, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        key = sent(lan)
        number = texts.draft(key)

        def interrupted(source: Path, areas: Sequence[Area], into: Path) -> Facts:
            texts.keep(number)
            return pictures.prepare(source, areas, into)

        monkeypatch.setattr(sandbox, "work", interrupted)
        site.work()
        assert site.rows("SELECT state, contribution_id FROM photo") == [("ready", None)]

    def test_the_same_job_again_does_nothing(self, site: Site, lan: Browser, kept: Names) -> None:
        sent(lan)
        number = site.value("SELECT id FROM photo")
        site.work()
        before = kept()
        with site.writing():
            preparing.prepare(0, {"photo_id": number})
            preparing.prepare(0, {"photo_id": number + 1})
        site.work()
        assert (kept(), states(site)) == (before, [("ready", None)])

    def test_readers_of_a_live_story_get_it_as_soon_as_it_is_ready(
        self, site: Site, cast: Cast, photos: Photos, texts: Texts, as_: As
    ) -> None:
        """A story is not sent before its photos are ready; should one be live all the same, its page is drawn anew."""
        key = photos.ready(cast.lan)
        number = texts.live(key)
        site.execute("UPDATE photo SET state = 'waiting'")
        site.execute("UPDATE pulse SET number = number + 1")
        reader = as_(None)
        assert f"/photos/{key}/" not in reader.visit(f"/stories/{number}").html
        photo_id = site.value("SELECT id FROM photo")
        with site.writing():
            preparing.prepare(0, {"photo_id": photo_id})
        assert f"/photos/{key}/" in reader.visit(f"/stories/{number}").html


class TestWhatBreaks:
    def test_storage_that_does_not_answer_is_asked_again(
        self, site: Site, lan: Browser, kept: Names, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        key = sent(lan)
        for hours, name in enumerate(("read", "put"), 1):
            with monkeypatch.context() as patch:
                patch.setattr(storage, name, _silent)
                site.work(later=timedelta(hours=hours))
            assert states(site) == [("waiting", None)]
        assert jobs(site) == [("media.prepare", 2)]
        site.work(later=timedelta(hours=3))
        assert (states(site), jobs(site)) == ([("ready", None)], [])
        assert len(kept()) == 3
        assert lan.get(f"/photos/{key}/64.webp").status == 200

    def test_a_machine_that_cannot_is_tried_again(
        self, site: Site, lan: Browser, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def cannot(*_: object) -> Facts:
            raise Failed("No space left on device")

        sent(lan)
        with monkeypatch.context() as patch:
            patch.setattr(sandbox, "work", cannot)
            site.work()
        assert (states(site), jobs(site)) == ([("waiting", None)], [("media.prepare", 1)])
        site.work(later=timedelta(hours=1))
        assert states(site) == [("ready", None)]

    def test_a_piece_that_is_missing_is_a_fault_of_ours_and_no_broken_photo(
        self, site: Site, lan: Browser, kept: Names
    ) -> None:
        """It may be a disk that is not there yet: the photo is not given up for it, and the operator sees the job."""
        sent(lan)
        with site.reading():
            storage.remove([name for name in _names() if name.startswith("uploads/")])
        site.work()
        assert states(site) == [("waiting", None)]
        assert "Missing" in site.value("SELECT failure FROM job")
        with site.reading(), pytest.raises(Missing):
            storage.read("uploads/no/such")

    def test_nothing_of_a_photo_stays_in_the_temporary_folder(
        self, site: Site, lan: Browser, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
        sent(lan)
        site.work()
        assert list(tmp_path.iterdir()) == []

    def test_what_a_killed_worker_left_there_is_removed_after_a_day(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
        now = datetime.now(UTC)
        for name, age in (
            ("community-photo-old", 2 * DAY),
            ("community-photo-new", DAY / 2),
            ("another", 9 * DAY),
        ):
            (tmp_path / name / "made").mkdir(parents=True)
            (tmp_path / name / "source").write_bytes(jpeg())
            os.utime(tmp_path / name, times=((now - age).timestamp(),) * 2)
        outside = tmp_path / "another"
        (tmp_path / "community-photo-link").symlink_to(outside)
        os.utime(tmp_path / "community-photo-link", times=(0, 0), follow_symlinks=False)
        preparing.clear_workplaces(now - DAY)
        assert sorted(path.name for path in tmp_path.iterdir() if not path.is_symlink()) == [
            "another",
            "community-photo-new",
        ]
        assert (outside / "source").exists()
        shutil.rmtree(tmp_path / "community-photo-new")


def test_discarding_is_cut_into_jobs_and_may_be_done_twice(
    site: Site, kept: Names, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(discarding, "AT_A_TIME", 2)
    names = [f"uploads/ab/{number}" for number in range(5)]
    with site.writing():
        for name in [*names, "uploads/cd/stays"]:
            storage.put(name, b"x")
        discarding.discard_later(iter(names))
        discarding.discard_later([])
    assert [kind for kind, _ in jobs(site)] == ["media.discard"] * 3
    with site.writing():
        discarding.discard(0, {"names": names})
    assert site.work() == 3
    assert kept() == ["uploads/cd/stays"]


def test_what_is_abandoned_can_be_nobody_elses(site: Site, cast: Cast, photos: Photos, texts: Texts) -> None:
    key = photos.ready(cast.lan)
    texts.draft(key)
    with site.writing():
        photo = db.session.query(Photo).one()
        with pytest.raises(NotFound):
            actions.abandon(photo)
    assert states(site) == [("ready", None)]


def _silent(*_: object) -> bytes:
    raise Unkept("nothing came")


def _names() -> list[str]:
    return [file.name for file in storage.listing()]
