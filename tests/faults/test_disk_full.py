"""A disk with no room left: texts are saved, photos say that they could not be, reading goes on, and nothing is lost.

The disk is a real one, a small tmpfs that is filled to its last byte, where the tests may mount one; see helpers.disks.
"""

import io
import os
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from community.kit import storage
from community.media.processing import pictures, sandbox
from tests.cast import Cast
from tests.conftest import As, MakeSite
from tests.factories.contributions import BODY, Factory, wording
from tests.helpers.browser import Browser
from tests.helpers.disks import Disk, small_disk
from tests.helpers.site import Site
from tests.media import sending
from tests.media.texts import Texts

pytestmark = pytest.mark.fault
MEGABYTE = 1024 * 1024


@pytest.fixture
def disk(tmp_path: Path, record_property: Any) -> Iterator[Disk]:
    with small_disk(tmp_path / "disk", 8 * MEGABYTE) as made:
        record_property("disk", made.kind)
        yield made


@pytest.fixture
def site(make_site: MakeSite, disk: Disk, monkeypatch: pytest.MonkeyPatch) -> Site:
    """Its files are on the small disk; what is left free for others is asked about in a test of its own."""
    monkeypatch.setattr(storage, "RESERVE", 0)
    monkeypatch.setattr(sandbox, "work", pictures.prepare)
    return make_site(media_url=disk.path.as_uri())


@pytest.fixture
def lan(cast: Cast, as_: As) -> Browser:
    return as_(cast.lan)


def fields(body: bytes, action: str = "save") -> list[tuple[str, Any]]:
    words = {
        "form_id": f"a-form-to-{action}",
        "title": "A road",
        "body": f"{BODY} {action}",
        "language": "en",
    }
    named = {**words, "topic": "journeys", "action": action, "shows_photos": "1"}
    return [*named.items(), ("files", (io.BytesIO(body), "road.jpg"))]


def parts(site: Site) -> list[str]:
    with site.reading():
        return [file.name for file in storage.listing() if file.name.endswith(storage.PART)]


def test_the_text_is_saved_the_photo_says_why_and_reading_goes_on(
    site: Site, lan: Browser, as_: As, cast: Cast, make: Factory, disk: Disk
) -> None:
    key = sending.sent(lan)
    site.work()
    live = Texts(site, cast, make).live(key)
    disk.fill(leave=8_000)
    for action in ("save", "submit"):
        page = lan.visit(lan.post("/stories/new", fields(os.urandom(100_000), action)).location)
        assert page.status == 200
        assert (
            "road.jpg: There is no room for this photo on our side at present. Your text is safe" in page.text
        )
    assert site.rows("SELECT title, state FROM revision WHERE contribution_id <> :live", live=live) == [
        ("A road", "draft"),
        ("A road", "draft"),
    ]
    reader = as_(None)
    assert f"/photos/{key}/" in reader.visit(f"/stories/{live}").html
    assert reader.get(f"/photos/{key}/64.webp").status == 200
    assert reader.visit("/stories").status == 200
    assert parts(site) == []
    disk.empty()
    assert lan.post("/stories/new", fields(sending.jpeg(), "submit")).status == 302
    assert site.value("SELECT count(*) FROM photo") == 2


def test_an_upload_waits_for_room(site: Site, lan: Browser, disk: Disk) -> None:
    whole = sending.jpeg(400) + bytes(300_000)
    key = sending.started(lan, len(whole))
    assert sending.append(lan, key, 0, whole[:50_000]).status_code == 204
    disk.fill(leave=8_000)
    answer = sending.append(lan, key, 50_000, whole[50_000:])
    assert (answer.status_code, answer.mimetype) == (507, "application/json")
    assert answer.get_json()["message"].startswith("There is no room for this photo")
    assert sending.measure(lan, key).headers["Upload-Offset"] == "50000"
    assert parts(site) == []
    disk.empty()
    assert sending.append(lan, key, 50_000, whole[50_000:]).status_code == 204
    site.work()
    assert lan.get(f"/photos/{key}/state").json["state"] == "ready"


def test_a_photo_is_prepared_once_there_is_room(
    site: Site, lan: Browser, disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where its files are kept, or where it is worked on: neither is a fault of the photo."""
    key = sending.sent(lan, sending.jpeg(900))
    disk.fill()
    site.work()
    assert lan.get(f"/photos/{key}/state").json["state"] == "waiting"
    assert "no space" in site.value("SELECT lower(failure) FROM job")
    assert parts(site) == []
    disk.empty()
    if disk.kind == "tmpfs":
        (disk.path / "temporary").mkdir()
        monkeypatch.setattr(tempfile, "tempdir", str(disk.path / "temporary"))
        disk.fill()
        site.work(later=timedelta(hours=1))
        assert lan.get(f"/photos/{key}/state").json["state"] == "waiting"
        assert site.value("SELECT attempts FROM job") == 2
        disk.empty()
    site.work(later=timedelta(hours=2))
    assert lan.get(f"/photos/{key}/state").json["state"] == "ready"


def test_covering_waits_for_room_and_shows_nobody_what_is_to_be_covered(
    site: Site, lan: Browser, as_: As, cast: Cast, disk: Disk
) -> None:
    key = sending.sent(lan)
    site.work()
    disk.fill()
    assert lan.post_json(f"/photos/{key}/areas", {"areas": "[[0,0,5000,5000]]"}).status == 204
    site.work()
    assert lan.get(f"/photos/{key}/state").json["state"] == "waiting"
    assert as_(cast.moderator).get(f"/photos/{key}/64.webp").status == 404
    disk.empty()
    site.work(later=timedelta(hours=1))
    assert lan.get(f"/photos/{key}/state").json["state"] == "ready"
    with site.reading():
        assert {file.name.split("/")[3] for file in storage.listing()} == {"1"}


def test_words_come_first_on_a_disk_they_share_with_photos(
    site: Site, lan: Browser, disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The database may be on the same disk: photos are refused while there still is room for texts."""
    monkeypatch.undo()
    assert storage.RESERVE >= 64 * MEGABYTE
    monkeypatch.setattr(storage, "RESERVE", 4 * MEGABYTE)
    key = sending.started(lan, 2 * MEGABYTE)
    disk.fill(leave=4 * MEGABYTE + 100_000)
    assert sending.append(lan, key, 0, bytes(50_000)).status_code == 204
    assert sending.append(lan, key, 50_000, bytes(200_000)).status_code == 507
    (disk.path / "words").write_bytes(wording().body.encode() * 10_000)
    assert (disk.path / "words").stat().st_size > 500_000
