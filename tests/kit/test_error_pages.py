import logging
import re

import pytest
from flask import Flask

from community.kit import error_pages, pulse
from tests.cast import Cast
from tests.conftest import As, MakeSite
from tests.helpers.browser import Browser
from tests.helpers.clock import StillClock


def break_down(app: Flask) -> None:
    def fail() -> str:
        raise RuntimeError("/etc/secret of the inside")

    app.add_url_rule("/broken", "broken", fail, methods=["GET", "POST"])


def test_a_failure_shows_a_number_that_is_in_the_log_and_nothing_more(
    app: Flask, as_: As, caplog: pytest.LogCaptureFixture
) -> None:
    break_down(app)
    with caplog.at_level(logging.ERROR):
        page = as_(None).get("/broken")
    assert page.status == 500
    assert "secret" not in page.html
    assert "RuntimeError" not in page.html
    (record,) = [r for r in caplog.records if r.levelno == logging.ERROR]
    number = re.search(r"request (\w+) failed", record.getMessage())
    assert number
    assert number[1] in page.main
    assert record.exc_info


def test_a_failure_is_a_page_while_the_database_is_away(make_site: MakeSite) -> None:
    site = make_site()
    browser = Browser(site)
    site.app.extensions["pulse"]._ask = lambda: (_ for _ in ()).throw(pulse.Unreachable("gone"))
    page = browser.get("/stories")
    assert page.status == 503
    assert page.response.headers["Retry-After"]
    assert browser.get("/healthz").status == 200
    assert browser.get("/readyz").json["reason"] == "unreachable"


def test_a_wrong_address_is_a_friendly_page(as_: As) -> None:
    page = as_(None).get("/no/such/place")
    assert page.status == 404
    assert page.has("h1")
    assert page.has('a[href="/"]')


def test_too_often_is_told_with_the_time_to_wait(cast: Cast, as_: As, clock: StillClock) -> None:
    browser = as_(None)
    for _ in range(10):
        assert (
            browser.post("/account/login", {"email": cast.lan.email, "password": "not the right one"}).status
            == 422
        )
    page = browser.post("/account/login", {"email": cast.lan.email, "password": cast.lan.password})
    assert page.status == 429
    assert 0 < int(page.response.headers["Retry-After"]) <= 300
    clock.advance(seconds=int(page.response.headers["Retry-After"]))
    assert (
        browser.post("/account/login", {"email": cast.lan.email, "password": cast.lan.password}).status == 302
    )


@pytest.mark.parametrize(
    "packed",
    ["", "null", "{}", "[1]", '[["a"]]', '[["a", 1]]', '[["a", "b", "c"]]', "[" * 100_000, "x" * 700_000],
)
def test_only_what_was_packed_here_is_unpacked(packed: str) -> None:
    assert error_pages.unpack(packed) is None


def test_secrets_are_not_kept_in_a_page() -> None:
    fields = [("body", "text"), ("password", "secret"), ("csrf_token", "x")]
    assert error_pages.unpack(error_pages.pack(fields)) == [("body", "text")]
