"""Photos arrive in pieces: whatever is sent, what was acknowledged is kept, and nothing else is."""

import base64
import dataclasses
import errno
import io
import json
import os
import sqlite3
import threading
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from community.kit import storage
from community.kit.errors import Unkept
from community.media.actions import uploads
from community.media.models import LONGEST_NAME, MOST_BYTES
from community.media.processing import covering
from community.media.views.uploads import RECEIVED_AT_ONCE
from tests.cast import Cast
from tests.conftest import As
from tests.factories.contributions import BODY
from tests.factories.photos import Photos
from tests.helpers.browser import Browser
from tests.helpers.clock import StillClock
from tests.helpers.site import Site
from tests.media.sending import append, ask, create, jpeg, measure, metadata, sent, started

NOBODYS = "0123456789abcdef"


@pytest.fixture
def lan(cast: Cast, as_: As) -> Browser:
    return as_(cast.lan)


def states(site: Site) -> list[Any]:
    return site.rows("SELECT state, received, length FROM photo ORDER BY id")  # type: ignore[return-value]


def kept(site: Site) -> list[str]:
    with site.reading():
        return sorted(file.name for file in storage.listing())


class TestTheWholeWay:
    def test_a_photo_in_three_pieces_is_the_photo(self, site: Site, lan: Browser) -> None:
        whole, told = jpeg(), []
        key = started(lan, len(whole), filename="a road.jpg")
        for start, end in ((0, 100), (100, 101), (101, len(whole))):
            told.append(append(lan, key, start, whole[start:end]).headers["Upload-Offset"])
            assert measure(lan, key).headers["Upload-Offset"] == told[-1]
        assert told == ["100", "101", str(len(whole))]
        assert states(site) == [("waiting", len(whole), len(whole))]
        parts = site.rows("SELECT name FROM upload_part ORDER BY start")
        with site.reading():
            assert b"".join(storage.read(name) for (name,) in parts) == whole
        assert lan.get(f"/photos/{key}/state").json["state"] == "waiting"
        site.work()
        assert lan.get(f"/photos/{key}/state").json["state"] == "ready"
        assert site.rows("SELECT width, height, name FROM photo") == [(64, 64, "a road.jpg")]
        assert site.value("SELECT count(*) FROM upload_part") == 0
        assert not [name for name in kept(site) if name.startswith("uploads/")]

    def test_what_a_client_is_told_before_it_begins(self, lan: Browser) -> None:
        answer = ask(lan, "OPTIONS", "/photos/uploads")
        assert answer.status_code == 204
        assert answer.headers["Tus-Version"] == "1.0.0"
        assert answer.headers["Tus-Extension"] == "creation,termination"
        assert answer.headers["Tus-Max-Size"] == str(MOST_BYTES)

    def test_every_answer_names_the_protocol_and_is_kept_by_nobody(self, lan: Browser) -> None:
        answer = create(lan, 10)
        key = answer.get_json()["key"]
        assert answer.headers["Location"].endswith(f"/photos/uploads/{key}")
        answers = [answer, measure(lan, key), append(lan, key, 0, b"x"), append(lan, key, 7, b"x")]
        answers += [create(lan, 0), measure(lan, NOBODYS), ask(lan, "DELETE", f"/photos/uploads/{key}")]
        assert [one.status_code for one in answers] == [201, 200, 204, 409, 422, 404, 204]
        assert {one.headers.get("Tus-Resumable") for one in answers} == {"1.0.0"}
        assert "no-store" in answers[1].headers["Cache-Control"]

    def test_taken_back_it_leaves_nothing(self, site: Site, lan: Browser) -> None:
        key = sent(lan)
        assert ask(lan, "DELETE", f"/photos/uploads/{key}").status_code == 204
        assert measure(lan, key).status_code == 404
        site.work()
        assert (states(site), kept(site)) == ([], [])


class TestWhatIsSaidWrong:
    def test_lengths(self, site: Site, lan: Browser) -> None:
        wrong = [None, "", "-1", "0", "ten", "1e3", "0x10", "٣", "1.5", str(MOST_BYTES + 1), "9" * 400]
        for length in wrong:
            answer = create(lan, length)
            assert answer.status_code == 422, length
            assert answer.get_json()["errors"]["files"][0].endswith("."), length
        assert states(site) == []
        assert create(lan, MOST_BYTES).status_code == 201
        assert states(site) == [("arriving", 0, MOST_BYTES)]

    def test_places_that_do_not_fit(self, site: Site, lan: Browser) -> None:
        key = started(lan, 10)
        for start in (None, "", "-1", "1", "9", "10", "11", "two", "٠", "0.0", "9" * 400):
            answer = append(lan, key, start, b"12345")
            assert answer.status_code == 409, start
            assert answer.get_json()["message"].endswith("."), start
        assert (states(site), kept(site)) == ([("arriving", 0, 10)], [])

    def test_bytes_of_another_kind(self, site: Site, lan: Browser) -> None:
        key = started(lan, 10)
        for kind in (None, "image/jpeg", "application/x-www-form-urlencoded", "multipart/form-data"):
            assert append(lan, key, 0, b"12345", Content_Type=kind).status_code == 415, kind
        assert (states(site), kept(site)) == ([("arriving", 0, 10)], [])

    def test_another_version_of_the_protocol(self, site: Site, lan: Browser) -> None:
        """tus 1.0.0: 412, with the versions there are, and nothing is done. Who names none means this one."""
        key = started(lan, 10)
        for version in ("0.2.2", "2.0.0", "1", ""):
            answers = [
                create(lan, 10, Tus_Resumable=version),
                append(lan, key, 0, b"12345", Tus_Resumable=version),
                ask(lan, "HEAD", f"/photos/uploads/{key}", Tus_Resumable=version),
                ask(lan, "DELETE", f"/photos/uploads/{key}", Tus_Resumable=version),
            ]
            assert {one.status_code for one in answers} == {412}
            assert {one.headers["Tus-Version"] for one in answers} == {"1.0.0"}
        assert states(site) == [("arriving", 0, 10)]
        assert create(lan, 10, Tus_Resumable=None).status_code == 201

    def test_more_bytes_than_were_announced(self, site: Site, lan: Browser) -> None:
        key = started(lan, 10)
        answer = append(lan, key, 0, b"12345678901")
        assert answer.status_code == 422
        assert answer.get_json()["errors"]["files"][0].endswith(".")
        assert append(lan, key, 0, b"123456").status_code == 204
        assert append(lan, key, 6, b"78901").status_code == 422
        assert states(site) == [("arriving", 6, 10)]
        assert append(lan, key, 6, b"7890").status_code == 204
        assert append(lan, key, 10, b"more").status_code == 422
        assert states(site) == [("waiting", 10, 10)]

    def test_a_body_larger_than_any_photo(self, site: Site, lan: Browser) -> None:
        key = started(lan, MOST_BYTES)
        assert append(lan, key, 0, bytes(MOST_BYTES + 1)).status_code == 413
        assert (states(site), kept(site)) == ([("arriving", 0, MOST_BYTES)], [])

    def test_nothing_is_not_an_error(self, site: Site, lan: Browser) -> None:
        key = started(lan, 10)
        assert append(lan, key, 0, b"").headers["Upload-Offset"] == "0"
        assert (states(site), kept(site)) == ([("arriving", 0, 10)], [])

    def test_nothing_goes_on_after_the_end(self, site: Site, lan: Browser) -> None:
        key = sent(lan)
        site.work()
        for start in (0, len(jpeg())):
            assert append(lan, key, start, b"x").status_code in (409, 422)
        assert lan.get(f"/photos/{key}/state").json["state"] == "ready"


class TestWhatIsTold:
    def test_names(self, site: Site, lan: Browser) -> None:
        names = {
            "a road.jpg": "a road.jpg",
            "x" * 300: "x" * LONGEST_NAME,
            "đèo 🚗 " * 60: ("đèo 🚗 " * 60)[:LONGEST_NAME],
            "a\0b\x01\n\u202e.jpg": "ab.jpg",
            "../../etc/passwd": "../../etc/passwd",
            "": "",
        }
        for name in names:
            started(lan, 10, filename=name)
        assert [name for (name,) in site.rows("SELECT name FROM photo ORDER BY id")] == list(names.values())

    def test_areas(self, site: Site, lan: Browser) -> None:
        started(lan, 10, filename="a.jpg", areas="[[0,0,5000,5000],[-10,9990,500,500],[7,7,1,1]]")
        found = site.value("SELECT areas FROM photo")
        assert (json.loads(found) if isinstance(found, str) else found) == [[0, 0, 5000, 5000]]

    def test_areas_that_cannot_be_read_are_never_left_out(self, site: Site, lan: Browser) -> None:
        """A photo whose plate was to be covered must not be kept with it."""
        texts = [
            "none",
            "[1]",
            "[[0,0,5000]]",
            '[["a","b","c","d"]]',
            "[[0,0,1e999,1]]",
            "[[0,0,NaN,1]]",
            "{}x",
        ]
        texts += ["[" * 1900, *(json.dumps([[0, 0, 5000, 5000]] * number) for number in (31, 200))]
        whole = base64.b64encode(b"[[0,0,5000,5000]]").decode()
        headers = [metadata(filename="a.jpg", areas=text) for text in texts]
        headers += ["areas !!!", f"areas {whole[:-1]}", "areas " + base64.b64encode(b"\xff\xfe[]").decode()]
        headers += [
            metadata(filename="x" * 3000, areas="[[0,0,5000,5000]]"),
            f"other {'A' * 4000},areas {whole}",
        ]
        for header in headers:
            answer = create(lan, 10, Upload_Metadata=header)
            assert answer.status_code == 422, header
            assert answer.get_json()["errors"]["areas"], header
        assert states(site) == []

    def test_other_nonsense_is_no_hindrance(self, site: Site, lan: Browser) -> None:
        for header in ("", ",", ",,,", "filename", "other !!!", "other", " = ", "é"):
            assert create(lan, 10, Upload_Metadata=header).status_code == 201, header
        assert site.rows("SELECT DISTINCT name FROM photo") == [("",)]

    def test_as_many_areas_as_may_be_go_into_the_header(self, site: Site, lan: Browser) -> None:
        """The longest there are, beside the longest name that a system gives."""
        areas = [[10_000 - place, 5_000 + place, 4_000 + place, 4_000 - place] for place in range(30)]
        text = json.dumps(areas)
        assert len(text) <= covering.LONGEST_TEXT
        answer = create(lan, 10, Upload_Metadata=metadata(filename="写" * 85, areas=text))
        assert answer.status_code == 201


class TestWhose:
    def test_somebody_elses_is_not_there(self, site: Site, cast: Cast, as_: As, lan: Browser) -> None:
        key = started(lan, 10)
        for person in (cast.member, cast.moderator, cast.admin):
            other = as_(person)
            assert measure(other, key).status_code == 404
            assert append(other, key, 0, b"x").status_code == 404
            assert ask(other, "DELETE", f"/photos/uploads/{key}").status_code == 404
            assert other.get(f"/photos/{key}/state").status == 404
        assert states(site) == [("arriving", 0, 10)]

    def test_who_is_signed_out_is_told_in_json(self, site: Site, as_: As, lan: Browser) -> None:
        key, nobody = started(lan, 10), as_(None)
        answers = [create(nobody, 10), append(nobody, key, 0, b"x")]
        answers.append(ask(nobody, "DELETE", f"/photos/uploads/{key}"))
        for answer in answers:
            assert (answer.status_code, answer.mimetype) == (401, "application/json")
        assert measure(nobody, key).status_code == 401
        assert states(site) == [("arriving", 0, 10)]

    def test_nothing_without_a_token(self, site: Site, lan: Browser) -> None:
        key = started(lan, 10)
        for token in (None, "", "IjEi.aaaa.bbbb"):
            answers = [create(lan, 10, X_CSRFToken=token), append(lan, key, 0, b"x", X_CSRFToken=token)]
            answers.append(ask(lan, "DELETE", f"/photos/uploads/{key}", X_CSRFToken=token))
            assert [one.status_code for one in answers] == [400, 400, 400]
        assert (states(site), kept(site)) == ([("arriving", 0, 10)], [])

    def test_keys_that_are_none(self, lan: Browser) -> None:
        for key in (
            "%00" * 16,
            "é" * 16,
            "0123456789ABCDEF",
            "..%2f..%2f..%2fetc",
            "%ed%a0%80" * 5,
            "%ff" * 16,
        ):
            assert measure(lan, key).status_code == 404
            assert append(lan, key, 0, b"x").status_code == 404
            assert lan.get(f"/photos/{key}/state").status == 404
            assert lan.get(f"/photos/{key}/320.webp").status == 404

    def test_the_unconfirmed_may_prepare_a_draft(self, cast: Cast, as_: As) -> None:
        assert create(as_(cast.unconfirmed), 10).status_code == 201


class TestHowMany:
    def test_the_forty_ninth_in_no_text_is_refused(
        self, site: Site, cast: Cast, lan: Browser, photos: Photos
    ) -> None:
        for look in range(uploads.MOST_LOOSE):
            photos.ready(cast.lan, look=look)
        answer = create(lan, 10)
        assert answer.status_code == 403
        assert answer.get_json()["message"].endswith(".")
        site.execute("DELETE FROM photo WHERE id = (SELECT min(id) FROM photo)")
        assert create(lan, 10).status_code == 201

    def test_so_many_an_hour(self, clock: StillClock, lan: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
        assert (uploads.UPLOADS.times, uploads.UPLOADS.seconds) == (120, 3600)
        monkeypatch.setattr(uploads, "UPLOADS", dataclasses.replace(uploads.UPLOADS, times=3))
        for _ in range(3):
            started(lan, 10)
        clock.advance(minutes=20)
        answer = create(lan, 10)
        assert answer.status_code == 429
        assert answer.headers["Retry-After"] == "2400"
        assert answer.mimetype == "application/json"
        assert answer.get_json().keys() == {"message"}
        clock.advance(minutes=41)
        assert create(lan, 10).status_code == 201


class Broken(io.RawIOBase):
    """A body that ends before what was promised: the connection was lost."""

    def __init__(self, body: bytes, error: BaseException | None = None) -> None:
        self._body, self._error = io.BytesIO(body), error

    def readinto(self, buffer: Any) -> int:
        number = self._body.readinto(buffer)
        if not number and self._error:
            raise self._error
        return number


class TestALostConnection:
    @pytest.mark.parametrize("error", [None, ConnectionResetError(errno.ECONNRESET, "gone")])
    def test_what_came_is_kept(
        self, site: Site, lan: Browser, monkeypatch: pytest.MonkeyPatch, error: BaseException | None
    ) -> None:
        whole = os.urandom(uploads.PIECE + 5_000)
        key = started(lan, len(whole))
        came = uploads.PIECE + 1_234
        answer = append(lan, key, 0, Broken(whole[:came], error), Content_Length=str(len(whole)))
        assert (answer.status_code, answer.headers["Upload-Offset"]) == (204, str(came))
        assert measure(lan, key).headers["Upload-Offset"] == str(came)
        assert append(lan, key, came, whole[came:]).status_code == 204
        parts = site.rows("SELECT name, bytes FROM upload_part ORDER BY start")
        assert [length for _, length in parts] == [uploads.PIECE, 1_234, 5_000 - 1_234]
        with site.reading():
            assert b"".join(storage.read(name) for name, _ in parts) == whole

    def test_a_full_disk_in_the_middle_keeps_what_was_acknowledged(
        self, site: Site, lan: Browser, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        whole, sync, synced = os.urandom(2 * uploads.PIECE), os.fsync, []
        key = started(lan, len(whole))

        def full(handle: int) -> None:
            if "/uploads/" in str(Path(f"/proc/self/fd/{handle}").readlink()):
                synced.append(handle)
                if len(synced) > 3:
                    raise OSError(errno.ENOSPC, "No space left on device")
            sync(handle)

        with monkeypatch.context() as patch:
            patch.setattr(os, "fsync", full)
            answer = append(lan, key, 0, whole)
        assert answer.status_code == 507
        assert "no room" in answer.get_json()["message"]
        assert measure(lan, key).headers["Upload-Offset"] == str(uploads.PIECE)
        assert len(kept(site)) == 1
        assert append(lan, key, uploads.PIECE, whole[uploads.PIECE :]).status_code == 204

    def test_others_write_while_the_bytes_come(
        self, clock: StillClock, site: Site, cast: Cast, lan: Browser
    ) -> None:
        """The write lock of SQLite is not held for a slow sender, not even in the minute his session is marked in."""
        key = started(lan, 10)
        clock.advance(minutes=5)
        seen: list[str] = []

        class Slow(io.RawIOBase):
            def readinto(self, buffer: Any) -> int:
                if seen:
                    return 0
                if site.is_sqlite:
                    other = sqlite3.connect(
                        site.settings.database_url.removeprefix("sqlite:///"), timeout=0.2
                    )
                    other.execute("BEGIN IMMEDIATE")
                    other.rollback()
                    other.close()
                seen.append("asked")
                buffer[:5] = b"12345"
                return 5

        assert append(lan, key, 0, Slow(), Content_Length="10").status_code == 204
        assert states(site) == [("arriving", 5, 10)]


class Waiting(io.RawIOBase):
    """A body whose sender takes their time."""

    def __init__(self) -> None:
        self.is_asked, self.goes_on = threading.Event(), threading.Event()

    def readinto(self, buffer: Any) -> int:
        self.is_asked.set()
        assert self.goes_on.wait(20)
        return 0


def test_slow_senders_leave_room_for_readers(site: Site, cast: Cast, as_: As, lan: Browser) -> None:
    """Each holds a thread of the process: two at once may, and a third waits its turn outside."""
    bodies = [Waiting() for _ in range(RECEIVED_AT_ONCE)]
    keys = [started(lan, 10) for _ in range(RECEIVED_AT_ONCE + 1)]
    browsers = [as_(cast.lan) for _ in bodies]
    threads = [
        threading.Thread(target=append, args=(browser, key, 0, body), kwargs={"Content_Length": "10"})
        for browser, key, body in zip(browsers, keys, bodies, strict=False)
    ]
    for thread in threads:
        thread.start()
    try:
        assert all(body.is_asked.wait(20) for body in bodies)
        answer = append(lan, keys[-1], 0, b"12345")
        assert (answer.status_code, answer.headers["Retry-After"]) == (429, "1")
        assert answer.get_json()["message"].endswith(".")
        assert lan.visit("/stories").status == 200
    finally:
        for body in bodies:
            body.goes_on.set()
        for thread in threads:
            thread.join()
    for _ in range(RECEIVED_AT_ONCE + 1):
        assert append(lan, keys[-1], 0, b"").status_code == 204


class TestFromAForm:
    """Without JavaScript the files come with the text."""

    def fields(self, *files: tuple[bytes, str], **changes: str) -> list[tuple[str, Any]]:
        named = {"form_id": "a-form-with-photos", "title": "A road", "body": BODY, "language": "en"}
        named |= {"topic": "journeys", "action": "save", "shows_photos": "1", **changes}
        return [*named.items(), *(("files", (io.BytesIO(body), name)) for body, name in files)]

    def test_they_are_photos_of_the_draft(self, site: Site, lan: Browser) -> None:
        page = lan.post("/stories/new", self.fields((jpeg(), "one.jpg"), (jpeg(48), "two.jpg")))
        assert page.status == 302
        site.work()
        assert site.rows("SELECT name, state, contribution_id IS NULL FROM photo ORDER BY id") == [
            ("one.jpg", "ready", False),
            ("two.jpg", "ready", False),
        ]
        assert len(lan.visit(page.location).soup.select(".photo-entry img[src^='/photos/']")) == 2

    def test_a_text_that_is_refused_still_has_its_photo_the_next_time(self, site: Site, lan: Browser) -> None:
        page = lan.post("/stories/new", self.fields((jpeg(), "one.jpg"), title="x" * 141))
        assert page.status == 422
        assert page.form("main form").values()["pictures-0-key"]
        again = page.submit("button[value=save]", title="A road")
        assert again.status == 200
        assert site.rows("SELECT name, contribution_id IS NULL FROM photo") == [("one.jpg", False)]
        site.work()
        assert site.value("SELECT state FROM photo") == "ready"

    def test_what_cannot_be_kept_is_told_and_the_text_stays(
        self, site: Site, lan: Browser, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(uploads, "MOST_BYTES", 2_000)
        files = ((b"", "empty.jpg"), (bytes(2_001), "huge.jpg"), (jpeg(), "good\0.jpg"))
        page = lan.post("/stories/new", self.fields(*files))
        told = lan.visit(page.location).text
        assert "empty.jpg: This file is empty." in told
        assert "huge.jpg: A photo can have at most 16 MB." in told
        assert site.rows("SELECT name FROM photo") == [("good.jpg",)]
        assert site.value("SELECT title FROM revision") == "A road"
        site.work()
        assert not [name for name in kept(site) if name.startswith("uploads/")]

    def test_a_story_is_not_sent_without_the_photo_that_came_with_it(
        self, site: Site, lan: Browser, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(storage, "put", _no_room)
        page = lan.post("/stories/new", self.fields((jpeg(), "one.jpg"), action="submit"))
        assert site.rows("SELECT title, state FROM revision") == [("A road", "draft")]
        assert "one.jpg: There is no room for this photo" in lan.visit(page.location).text

    def test_others_write_while_files_are_kept(
        self, clock: StillClock, site: Site, cast: Cast, lan: Browser, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        put, free = storage.put, []

        def watched(name: str, data: bytes) -> None:
            if site.is_sqlite:
                other = sqlite3.connect(site.settings.database_url.removeprefix("sqlite:///"), timeout=0.2)
                other.execute("BEGIN IMMEDIATE")
                other.close()
            free.append(name)
            put(name, data)

        clock.advance(minutes=5)
        monkeypatch.setattr(storage, "put", watched)
        assert lan.post("/stories/new", self.fields((jpeg(), "1.jpg"), (jpeg(), "2.jpg"))).status == 302
        assert len(free) == 2

    def test_the_thirteenth_is_left_out(self, site: Site, lan: Browser) -> None:
        files = [(jpeg(), f"{number}.jpg") for number in range(13)]
        page = lan.post("/stories/new", self.fields(*files))
        assert "at most 12 photos" in lan.visit(page.location).text
        assert site.value("SELECT count(*) FROM photo") == 12


def _no_room(_name: str, _data: bytes) -> None:
    raise Unkept("full", is_full=True)


ROUNDS = 12


class TestTwoAtOnce:
    @pytest.mark.race
    def test_of_two_that_go_on_from_one_place_one_is_kept(self, site: Site, lan: Browser) -> None:
        token = lan.token()
        cookie = lan.cookies()["session"]
        for _ in range(ROUNDS):
            key, statuses = started(lan, 9), Counter[int]()
            gate = threading.Barrier(2)

            def send(
                body: bytes, key: str = key, gate: threading.Barrier = gate, found: Any = statuses
            ) -> None:
                other = Browser(site)
                other.client.set_cookie("session", cookie, domain="localhost")
                gate.wait()
                found[append(other, key, 0, body, X_CSRFToken=token).status_code] += 1

            threads = [threading.Thread(target=send, args=(body,)) for body in (b"aaa", b"bbb")]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            assert statuses == {204: 1, 409: 1}
            ((name, length),) = site.rows(
                "SELECT u.name, u.bytes FROM upload_part u JOIN photo p ON p.id = u.photo_id WHERE p.key = :key",
                key=key,
            )
            with site.reading():
                assert storage.read(name) in (b"aaa", b"bbb")
            assert length == 3
        assert len(kept(site)) == ROUNDS, "the loser's bytes are gone"
        assert {row[:2] for row in states(site)} == {("arriving", 3)}

    @pytest.mark.race
    def test_the_last_piece_twice_makes_one_job(self, site: Site, lan: Browser) -> None:
        key, token, statuses, gate = started(lan, 3), lan.token(), Counter[int](), threading.Barrier(4)
        cookie = lan.cookies()["session"]

        def send() -> None:
            other = Browser(site)
            other.client.set_cookie("session", cookie, domain="localhost")
            gate.wait()
            statuses[append(other, key, 0, b"abc", X_CSRFToken=token).status_code] += 1

        threads = [threading.Thread(target=send) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert (statuses[204], statuses[409] + statuses[429]) == (1, 3)
        assert site.value("SELECT count(*) FROM job") == 1


def test_an_upload_may_take_an_hour(site: Site, lan: Browser, clock: StillClock) -> None:
    """A piece is news: what somebody still works on is not abandoned."""
    key = started(lan, 10)
    began = site.value("SELECT changed_at FROM photo")
    clock.advance(hours=1)
    assert append(lan, key, 0, b"12345").status_code == 204
    assert site.value("SELECT changed_at FROM photo") != began
