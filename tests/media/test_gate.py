"""The gate before public photos: gone for everybody with the transaction that hides them, and in nobody's way."""

import threading
from collections.abc import Callable
from typing import Any
from wsgiref.types import StartResponse

import pytest

from community.kit import page_cache, pulse, storage
from community.kit.errors import Unkept
from community.media import queries
from community.media.processing import gate
from tests.cast import Cast
from tests.conftest import As, MakeSite
from tests.factories.photos import Photos
from tests.helpers.browser import Browser
from tests.helpers.site import Site
from tests.media.texts import Texts


@pytest.fixture
def live(cast: Cast, photos: Photos, texts: Texts) -> tuple[str, int]:
    """The address of a public photo, and the story it is in."""
    key = photos.ready(cast.lan)
    return f"/photos/{key}/96.webp", texts.live(key)


def test_a_public_photo_goes_out_with_what_a_browser_needs(
    site: Site, cast: Cast, as_: As, live: tuple[str, int]
) -> None:
    for browser in (as_(None), as_(cast.member), as_(cast.lan)):
        page = browser.get(live[0])
        headers = page.response.headers
        assert page.status == 200
        assert page.response.get_data()[8:12] == b"WEBP"
        assert headers["Content-Type"] == "image/webp"
        assert headers["Content-Length"] == str(len(page.response.get_data()))
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert headers["Cache-Control"] == gate.FRESH == "public, no-cache"
        assert "Set-Cookie" not in headers
        assert len(headers.getlist("ETag")) == 1
    avif = as_(None).get(live[0].replace("webp", "avif"))
    assert (avif.response.headers["Content-Type"], avif.response.get_data()[4:12]) == (
        "image/avif",
        b"ftypavif",
    )


def test_over_https_it_says_so(make_site: MakeSite, cast: Cast, live: tuple[str, int]) -> None:
    other = make_site(base_url="https://localhost")
    page = Browser(other, base="https://localhost").get(live[0])
    assert page.status == 200
    assert "max-age" in page.response.headers["Strict-Transport-Security"]


def test_head_and_conditions(as_: As, site: Site, live: tuple[str, int]) -> None:
    browser = as_(None)
    whole = browser.get(live[0])
    head = browser.client.head(live[0], base_url=browser.base)
    assert (head.status_code, head.get_data()) == (200, b"")
    assert head.headers["Content-Length"] == whole.response.headers["Content-Length"]
    etag = whole.response.headers["ETag"]
    for condition in (etag, f'"another", {etag}', f"W/{etag}"):
        again = browser.get(live[0], If_None_Match=condition)
        assert (again.status, again.response.get_data()) == (304, b"")
        assert again.response.headers["ETag"] == etag
        assert again.response.headers["Cache-Control"] == gate.FRESH
    assert browser.get(live[0], If_None_Match='"another"').status == 200
    avif = browser.get(live[0].replace("webp", "avif"), If_None_Match=etag)
    assert avif.status == 200, "each file has its own tag"


def test_hidden_it_is_gone_for_every_worker_at_once_and_restored_it_is_back(
    site: Site, make_site: MakeSite, texts: Texts, live: tuple[str, int]
) -> None:
    path, number = live
    workers = [Browser(site), Browser(make_site())]
    for browser in workers * 2:
        assert browser.get(path).status == 200
    etag = workers[0].get(path).response.headers["ETag"]
    for away, back in ((texts.hide, texts.restore), (texts.withdraw, None)):
        away(number)
        for browser in workers:
            assert browser.get(path).status == 404
            assert browser.get(path, If_None_Match=etag).status == 404
            assert browser.get(path, If_None_Match="*").status == 404
            assert browser.client.head(path, base_url=browser.base).status_code == 404
            assert "public" not in browser.get(path).response.headers["Cache-Control"]
        if back:
            back(number)
            assert [browser.get(path).status for browser in workers] == [200, 200]


def test_a_photo_taken_out_is_gone_with_the_text_it_was_in(
    site: Site, cast: Cast, texts: Texts, live: tuple[str, int], as_: As
) -> None:
    path, number = live
    texts.again(number)
    assert as_(None).get(path).status == 200, "the new text waits"
    texts.decided(number)
    assert as_(None).get(path).status == 404
    assert as_(cast.lan).get(path).status == 200


def test_while_it_is_prepared_anew_nobody_else_has_it(
    site: Site, cast: Cast, as_: As, live: tuple[str, int]
) -> None:
    """It cannot come to this; if it did, what is to be covered would not be shown a moment longer."""
    site.execute("UPDATE photo SET state = 'waiting'")
    site.execute("UPDATE pulse SET number = number + 1")
    assert as_(None).get(live[0]).status == 404
    assert as_(cast.member).get(live[0]).status == 404


def test_addresses_that_are_none(as_: As, live: tuple[str, int]) -> None:
    browser = as_(None)
    key = live[0].split("/")[2]
    for path in (
        f"/photos/{key}/master.jpg",
        f"/photos/{key}/0096.webp",
        f"/photos/{key}/96.webp.avif",
        f"/photos/{key}/96.WEBP",
        f"/photos/{key}/96.webp%00",
        f"/photos/{key}/96.webp%0a",
        f"/photos/{key.upper()}/96.webp" if key.upper() != key else "/photos/x/96.webp",
        f"/photos/{key}/٩٦.webp",
        f"/photos/{key}/..%2f96.webp",
        f"/photos/{key}%2f0/96.webp",
        f"/photos/{key}/0/96.webp",
        f"/photos/../photos/{key}/96.webp",
        f"/photos/{key[:2]}/{key}/0/96.webp",
        f"/photos/{'0' * 16}/96.webp",
        "/photos/%2e%2e%2f%2e%2e%2fsecret_key/96.webp",
        "/photos/",
        f"/photos/{key}",
        f"/media/photos/{key[:2]}/{key}/0/96.webp",
    ):
        assert browser.get(path).status == 404, path
    assert browser.get(f"{live[0]}?width=9999").status == 200
    assert browser.send(live[0], []).status in (400, 405)


def test_a_known_photo_costs_no_question_but_the_pulse(site: Site, as_: As, live: tuple[str, int]) -> None:
    browser = as_(None)
    with site.count_queries() as first:
        assert browser.get(live[0]).status == 200
    with site.count_queries() as again:
        assert browser.get(live[0]).status == 200
    assert (len(first.statements), first.pulse_reads) == (1, 1)
    assert (len(again.statements), again.pulse_reads) == (0, 1)


def test_what_is_kept_in_memory_has_its_bounds(
    site: Site, cast: Cast, photos: Photos, texts: Texts, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = [photos.ready(cast.lan, look=look) for look in range(6)]
    texts.live(*keys)
    with site.reading():
        lengths = {kept.name: kept.bytes for kept in storage.listing() if kept.name.endswith(".webp")}
    monkeypatch.setattr(gate, "KEPT_BYTES", max(lengths.values()) * 3)
    monkeypatch.setattr(gate, "MOST_KNOWN", 4)
    stand = gate.Gate(_nobody, site.app, site.app.extensions["pulse"])
    for _ in range(2):
        for key in keys:
            assert b"".join(stand(_asked(f"/photos/{key}/96.webp"), Answered()))
    assert stand._bytes == sum(len(body) for body in stand._files.values()) <= gate.KEPT_BYTES
    assert len(stand._public) == 4
    monkeypatch.setattr(gate, "LARGEST_KEPT", 1)
    assert list(
        gate.Gate(_nobody, site.app, site.app.extensions["pulse"])(
            _asked(f"/photos/{keys[0]}/96.webp"), Answered()
        )
    )


def test_many_at_once_get_the_same_bytes(site: Site, live: tuple[str, int]) -> None:
    bodies: list[bytes] = []

    def ask() -> None:
        bodies.extend(Browser(site).get(live[0]).response.get_data() for _ in range(5))

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(bodies) == 30
    assert len(set(bodies)) == 1


class TestWhatIsBroken:
    def test_storage_that_does_not_answer_is_a_page_that_says_so(
        self, site: Site, as_: As, live: tuple[str, int], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def silent(_name: str) -> bytes:
            raise Unkept("nothing came")

        monkeypatch.setattr(storage, "read", silent)
        assert as_(None).get(live[0]).status == 503
        monkeypatch.undo()
        assert as_(None).get(live[0]).status == 200

    def test_a_database_of_another_revision_is_the_maintenance_page(
        self, site: Site, as_: As, live: tuple[str, int]
    ) -> None:
        """Workers of the older code meet a database that has moved on, and the other way round."""
        version = site.value("SELECT version_num FROM alembic_version")
        site.execute("UPDATE alembic_version SET version_num = 'another'")
        site.execute("ALTER TABLE photo_file RENAME TO photo_gone")
        try:
            page = as_(None).get(live[0])
        finally:
            site.execute("ALTER TABLE photo_gone RENAME TO photo_file")
            site.execute("UPDATE alembic_version SET version_num = :version", version=version)
        assert page.status == 503
        assert as_(None).get(live[0]).status == 200

    def test_a_database_that_is_gone_is_no_crash(
        self, site: Site, live: tuple[str, int], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def gone() -> pulse.Reading:
            raise pulse.Unreachable("gone")

        answered = Answered()
        stand = gate.Gate(_nobody, site.app, site.app.extensions["pulse"])
        monkeypatch.setattr(site.app.extensions["pulse"], "read", gone)
        assert list(stand(_asked(live[0]), answered)) == [b"nobody"]
        assert answered.status == "404 NOT FOUND"


def test_the_page_cache_keeps_none_of_them(site: Site, cast: Cast, as_: As, live: tuple[str, int]) -> None:
    key = live[0].split("/")[2]
    assert as_(None).get(f"/photos/{key}/96.webp").status == 200
    assert as_(None).get(f"/photos/{key}/master.jpg").status == 404
    layer: Any = site.app.wsgi_app
    while not isinstance(layer, page_cache.PageCache):
        layer = getattr(layer, "_app", None) or layer.application
    assert not [key for key in layer._kept if any("/photos/" in part for part in key)]


def test_where_a_public_file_is_kept(site: Site, live: tuple[str, int]) -> None:
    key, name = live[0].split("/")[2:]
    with site.reading():
        assert queries.public_place(key, name) == f"photos/{key[:2]}/{key}/0/{name}"
        assert queries.public_place(key, "master.jpg") is None


def _nobody(_environ: Any, start_response: StartResponse) -> list[bytes]:
    start_response("404 NOT FOUND", [])
    return [b"nobody"]


def _asked(path: str) -> dict[str, Any]:
    return {"PATH_INFO": path, "REQUEST_METHOD": "GET"}


class Answered:
    """A server's end of an answer: what it was told."""

    def __init__(self) -> None:
        self.status = ""

    def __call__(
        self, status: str, _headers: list[tuple[str, str]], _error: Any = None, /
    ) -> Callable[[bytes], object]:
        self.status = status
        return lambda _written: None
