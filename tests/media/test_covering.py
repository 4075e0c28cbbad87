"""Covering what should not be seen: no copy without it stays, whoever is late; what was submitted stays as it is."""

import io
import json
import threading
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest
from PIL import Image

from community.kit import db, storage
from community.kit.errors import Conflict
from community.media import actions
from community.media.actions import preparing
from community.media.models import Photo
from community.media.processing import pictures, sandbox
from community.media.processing.areas import Area
from community.media.processing.outcomes import Facts
from tests.cast import Cast
from tests.conftest import As
from tests.factories.photos import Photos
from tests.helpers.browser import Browser, Page
from tests.helpers.site import Site
from tests.media.conftest import Names
from tests.media.sending import sent
from tests.media.texts import Texts

pytestmark = pytest.mark.usefixtures("in_this_process")
GREY, PLATE, FACE = (120, 120, 120), (255, 0, 255), (0, 255, 0)
ON_PLATE, ON_FACE = Area(0, 0, 5000, 5000), Area(5000, 5000, 5000, 5000)


def photo_of_a_plate_and_a_face() -> bytes:
    """Magenta above left, green below right; from somewhere, by some camera."""
    image = Image.new("RGB", (64, 64), GREY)
    image.paste(PLATE, (8, 8, 24, 24))
    image.paste(FACE, (40, 40, 56, 56))
    file = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F], exif[0x0110] = "A maker", "A camera"
    exif.get_ifd(0x8825).update({1: "N", 2: (16.0, 11.0, 0.0), 3: "E", 4: (108.0, 7.0, 0.0)})
    image.save(file, "JPEG", quality=95, subsampling=0, exif=exif)
    return file.getvalue()


def found_in(body: bytes, colour: tuple[int, int, int]) -> bool:
    """Whether a pixel of a file is about so coloured."""
    pixels = Image.open(io.BytesIO(body)).convert("RGB").tobytes()
    near = [[abs(value - wanted) < 90 for value in pixels[band::3]] for band, wanted in enumerate(colour)]
    return any(all(bands) for bands in zip(*near, strict=True))


def shown_anywhere(site: Site, colour: tuple[int, int, int]) -> bool:
    with site.reading():
        return any(found_in(storage.read(file.name), colour) for file in storage.listing())


def cover(browser: Browser, key: str, *areas: Area) -> Page:
    return browser.post_json(f"/photos/{key}/areas", {"areas": json.dumps(areas)})


def row(site: Site, key: str) -> Photo:
    with site.reading():
        photo = db.session.query(Photo).filter_by(key=key).one()
        db.detach(photo)
        return photo


@pytest.fixture
def lan(cast: Cast, as_: As) -> Browser:
    return as_(cast.lan)


@pytest.fixture
def key(site: Site, lan: Browser) -> str:
    """Of one that was sent, and is prepared."""
    key = sent(lan, photo_of_a_plate_and_a_face())
    site.work()
    assert shown_anywhere(site, PLATE)
    return key


def test_covered_later_no_earlier_pixel_is_left(site: Site, lan: Browser, key: str, kept: Names) -> None:
    before = kept()
    assert len(before) == 3
    assert cover(lan, key, ON_PLATE).status == 204
    assert lan.get(f"/photos/{key}/state").json["state"] == "waiting"
    site.work()
    assert lan.get(f"/photos/{key}/state").json["state"] == "ready"
    after = kept()
    assert {Path(name).name for name in after} == {Path(name).name for name in before}
    assert not set(after) & set(before)
    assert not shown_anywhere(site, PLATE)
    assert shown_anywhere(site, FACE)


def test_covered_before_it_was_sent_there_never_was_such_a_pixel(
    site: Site, lan: Browser, kept: Names, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[bytes] = []
    put = storage.put

    def watched(name: str, data: bytes) -> None:
        written.append(data)
        put(name, data)

    sent(lan, photo_of_a_plate_and_a_face(), areas=json.dumps([ON_PLATE, ON_FACE]))
    monkeypatch.setattr(storage, "put", watched)
    site.work()
    assert len(written) == 3
    assert not [body for body in written if found_in(body, PLATE) or found_in(body, FACE)]
    assert not [name for name in kept() if name.startswith("uploads/")], (
        "nor are the pieces left, which had them"
    )


def test_areas_accumulate_and_the_receipt_adds_up(site: Site, lan: Browser, key: str) -> None:
    assert row(site, key).receipt == {"place": True, "camera": True, "time": False, "areas": 0}
    for number, area in enumerate((ON_PLATE, ON_FACE), 1):
        assert cover(lan, key, area).status == 204
        site.work()
        photo = row(site, key)
        assert photo.receipt == {"place": True, "camera": True, "time": False, "areas": number}
        assert (photo.covered, len(photo.areas)) == (number, number)
    assert row(site, key).areas == [list(ON_PLATE), list(ON_FACE)]
    assert not shown_anywhere(site, PLATE)
    assert not shown_anywhere(site, FACE)


def test_its_owner_is_not_shown_the_old_one_from_a_cache(site: Site, lan: Browser, key: str) -> None:
    address = f"/photos/{key}/64.webp"
    etags = {lan.get(address).response.headers["ETag"]}
    cover(lan, key, ON_PLATE)
    while_waiting = lan.get(address).response.headers["ETag"]
    assert while_waiting in etags
    site.work()
    fresh = lan.get(address, If_None_Match=while_waiting)
    assert fresh.status == 200
    assert fresh.response.headers["ETag"] not in etags
    assert not found_in(fresh.response.get_data(), PLATE)


def test_what_was_submitted_stays_as_it_is(
    site: Site, cast: Cast, lan: Browser, photos: Photos, texts: Texts, kept: Names
) -> None:
    states = {"waiting": 409, "live": 409, "returned": 409, "hidden": 404, "refused": 404, "withdrawn": 404}
    for look, (state, status) in enumerate(states.items()):
        key = photos.ready(cast.lan, look=look)
        texts.tell(state, key)
        before, jobs = kept(), site.value("SELECT count(*) FROM job")
        answer = cover(lan, key, ON_PLATE)
        assert answer.status == status, state
        if status == 409:
            assert answer.json["message"].startswith("This photo was submitted as it is.")
        assert (row(site, key).areas, kept()) == ([], before)
        assert site.value("SELECT count(*) FROM job") == jobs


def test_in_the_draft_of_a_live_story_a_new_photo_can_be_covered(
    site: Site, cast: Cast, lan: Browser, photos: Photos, texts: Texts
) -> None:
    old, new = photos.ready(cast.lan), photos.ready(cast.lan, look=1)
    texts.keep(texts.live(old), old, new)
    assert [cover(lan, key, ON_PLATE).status for key in (old, new)] == [409, 204]


def test_while_it_is_being_prepared_it_has_to_wait(site: Site, lan: Browser, key: str) -> None:
    assert cover(lan, key, ON_PLATE).status == 204
    answer = cover(lan, key, ON_FACE)
    assert (answer.status, answer.json["message"]) == (
        409,
        "This photo is just being prepared. Try again in a moment.",
    )
    site.work()
    assert row(site, key).areas == [list(ON_PLATE)]
    assert shown_anywhere(site, FACE)


def test_thirty_areas_and_no_more(site: Site, lan: Browser, key: str) -> None:
    small = [Area(300 * number, 0, 200, 200) for number in range(31)]
    assert cover(lan, key, *small).status == 422
    assert cover(lan, key, *small[:20]).status == 204
    site.work()
    answer = cover(lan, key, *small[20:])
    assert (answer.status, [str(words) for words in answer.json["errors"]["areas"]]) == (
        422,
        ["At most 30 areas can be covered."],
    )
    assert cover(lan, key, *small[20:30]).status == 204
    site.work()
    assert len(row(site, key).areas) == 30


def test_what_is_no_area_is_refused(site: Site, lan: Browser, key: str) -> None:
    for text in (
        "",
        "[]",
        "nonsense",
        "[[0,0,1,1]]",
        "[[20000,20000,500,500]]",
        "x" * 5_000,
        "[[1e999,0,1,1]]",
    ):
        assert lan.post_json(f"/photos/{key}/areas", {"areas": text}).status == 422, text
    assert row(site, key).areas == []


class TestWhoIsLate:
    """Two at one photo: nobody brings back what was covered since."""

    def test_a_worker_that_was_thought_dead_puts_nothing_back(
        self, site: Site, lan: Browser, key: str, kept: Names, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        cover(lan, key, ON_PLATE)
        overtaken: list[str] = []

        def slow(source: Path, areas: Sequence[Area], into: Path) -> Facts:
            made = pictures.prepare(source, areas, into)
            if not overtaken:
                overtaken.append(key)
                _finish_meanwhile(site, lan, key)
            return made

        monkeypatch.setattr(sandbox, "work", slow)
        with site.app.app_context():
            number = row(site, key).id
        with site.writing():
            preparing.prepare(0, {"photo_id": number})
        site.work()
        assert overtaken
        photo = row(site, key)
        assert (photo.state, photo.covered, len(photo.areas)) == ("ready", 2, 2)
        assert not shown_anywhere(site, PLATE)
        assert not shown_anywhere(site, FACE)
        assert len(kept()) == 3

    def test_of_two_runs_for_the_same_areas_the_second_changes_nothing(
        self, site: Site, lan: Browser, key: str, kept: Names, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        cover(lan, key, ON_PLATE)
        number = row(site, key).id

        def overtaken(source: Path, areas: Sequence[Area], into: Path) -> Facts:
            made = pictures.prepare(source, areas, into)
            monkeypatch.setattr(sandbox, "work", pictures.prepare)
            with site.app.app_context():
                site.work()
            return made

        monkeypatch.setattr(sandbox, "work", overtaken)
        with site.writing():
            preparing.prepare(0, {"photo_id": number})
        site.work()
        photo = row(site, key)
        assert (photo.state, photo.covered) == ("ready", 1)
        assert len(kept()) == 3
        assert lan.get(f"/photos/{key}/64.webp").status == 200

    def test_a_page_that_was_loaded_before_does_not_forget_areas(
        self, site: Site, lan: Browser, key: str
    ) -> None:
        stale = row(site, key)
        cover(lan, key, ON_PLATE)
        site.work()
        with pytest.raises(Conflict), site.writing():
            actions.cover(stale, [ON_FACE])
        assert row(site, key).areas == [list(ON_PLATE)]

    @pytest.mark.race
    def test_of_two_at_once_one_is_covered(self, site: Site, lan: Browser, key: str) -> None:
        token = lan.token()
        cookie = lan.cookies()["session"]
        for number in range(1, 6):
            answers: Counter[int] = Counter()
            gate = threading.Barrier(2)

            def send(gate: threading.Barrier = gate, answers: Counter[int] = answers) -> None:
                other = Browser(site)
                other.client.set_cookie("session", cookie, domain="localhost")
                gate.wait()
                given = {"areas": json.dumps([ON_PLATE])}
                answer = other.client.post(f"/photos/{key}/areas", json=given, headers={"X-CSRFToken": token})
                answers[answer.status_code] += 1

            threads = [threading.Thread(target=send) for _ in range(2)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            assert answers == {204: 1, 409: 1}
            site.work()
            assert len(row(site, key).areas) == number


def _finish_meanwhile(site: Site, lan: Browser, key: str) -> None:
    """The lease ran out; another worker was done with it, and its owner covered more."""
    with site.app.app_context():
        site.work()
    assert cover(lan, key, ON_FACE).status == 204


def test_the_marks_of_its_origin_are_in_nothing_that_is_kept(site: Site, lan: Browser, key: str) -> None:
    cover(lan, key, ON_PLATE)
    site.work()
    with site.reading():
        bodies = [storage.read(file.name) for file in storage.listing()]
    assert not [body for body in bodies if b"A camera" in body or b"Exif" in body]
