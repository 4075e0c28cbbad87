"""The headers of every kind of answer."""

from collections.abc import Callable

import pytest
from flask import Flask, request

from tests.cast import Cast
from tests.conftest import As, MakeSite
from tests.helpers.browser import Browser, Page
from tests.helpers.site import Site


def broken(app: Flask) -> None:
    def fail() -> str:
        raise RuntimeError("a secret of the inside")

    app.add_url_rule("/broken", "broken", fail)


KINDS: dict[str, tuple[int, Callable[[Browser], Page]]] = {
    "page": (200, lambda b: b.get("/about")),
    "private page": (200, lambda b: b.get("/account/login")),
    "redirect": (302, lambda b: b.get("/stories/new")),
    "not found": (404, lambda b: b.get("/nowhere")),
    "not allowed": (405, lambda b: b.post("/about")),
    "no token": (400, lambda b: b.send("/account/login", [])),
    "refused form": (422, lambda b: b.post("/account/login", {"email": "x"})),
    "too large": (413, lambda b: b.post("/account/login", {"email": "x" * 2_000_000})),
    "failure": (500, lambda b: b.get("/broken")),
    "machine": (200, lambda b: b.get("/healthz")),
    "text": (200, lambda b: b.get("/robots.txt")),
    "json refusal": (401, lambda b: b.post_json("/stories/drafts", {})),
    "static": (200, lambda b: b.get(style_sheet(b))),
    "static, not found": (404, lambda b: b.get("/static/none.css")),
    "another host": (400, lambda b: b.get("/about", Host="evil.example")),
    "not modified": (304, lambda b: b.get("/about", If_None_Match=b.get("/about").response.headers["ETag"])),
}


def style_sheet(browser: Browser) -> str:
    link = browser.get("/about").soup.select_one("link[rel=stylesheet]")
    assert link is not None
    return str(link["href"])


@pytest.mark.parametrize("kind", KINDS)
def test_every_answer_carries_them(app: Flask, as_: As, kind: str) -> None:
    broken(app)
    status, ask = KINDS[kind]
    answer = ask(as_(None)).response
    assert answer.status_code == status
    policy = dict(part.partition(" ")[::2] for part in answer.headers["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["frame-ancestors"] == "'none'"
    assert not any("unsafe" in sources or "*" in sources for sources in policy.values())
    # Photos: what stands in their place until they are here, and what its owner sees before it is sent.
    assert {name for name, sources in policy.items() if "data:" in sources or "blob:" in sources} == {
        "img-src"
    }
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in answer.headers["Permissions-Policy"]
    assert "Strict-Transport-Security" not in answer.headers
    assert "secret of the inside" not in answer.get_data(as_text=True)


def test_over_https_it_stays_https(make_site: MakeSite) -> None:
    site = make_site(base_url="https://localhost")
    browser = Browser(site, base="https://localhost")
    for path in ("/about", "/nowhere", style_sheet(browser), "/account/login"):
        assert "max-age=63072000" in browser.get(path).response.headers["Strict-Transport-Security"]


def test_the_session_cookie_is_locked_to_the_host(make_site: MakeSite) -> None:
    browser = Browser(make_site(base_url="https://localhost"), base="https://localhost")
    cookie = browser.get("/account/login").response.headers["Set-Cookie"]
    assert cookie.startswith("__Host-session=")
    parts = {part.strip() for part in cookie.split(";")[1:]}
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= parts
    assert not any(part.startswith("Domain") for part in parts)


def test_on_plain_http_the_cookie_is_still_hidden_from_scripts(as_: As) -> None:
    cookie = as_(None).get("/account/login").response.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_a_static_file_is_for_ever(as_: As) -> None:
    browser = as_(None)
    answer = browser.get(style_sheet(browser)).response
    assert "immutable" in answer.headers["Cache-Control"]
    assert "max-age=31536000" in answer.headers["Cache-Control"]
    assert answer.headers["Content-Type"].startswith("text/css")


def test_what_a_method_may_be_is_told(as_: As) -> None:
    assert "GET" in as_(None).post("/about").response.headers["Allow"]


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "localhost@evil.example", "", "[::1"]
)
def test_only_known_hosts_are_answered(as_: As, host: str) -> None:
    answer = as_(None).get("/", Host=host)
    assert answer.status == 400
    assert "evil" not in answer.html


def test_private_pages_are_kept_by_nobody(cast: Cast, as_: As) -> None:
    browser = as_(cast.lan)
    for path in ("/account/settings", "/account/sessions"):
        assert browser.get(path).response.headers["Cache-Control"] == "private, no-store"
    for path in ("/", "/stories", "/me/stories"):
        assert browser.get(path).response.headers["Cache-Control"].startswith("private")


def test_behind_a_proxy_the_client_and_the_scheme_are_the_real_ones(make_site: MakeSite, site: Site) -> None:
    seen: list[tuple[str | None, str]] = []
    for proxies in (0, 1):
        app = make_site(trusted_proxies=proxies).app

        def tell() -> str:
            seen.append((request.remote_addr, request.scheme))
            return ""

        app.add_url_rule("/tell", "tell", tell)
        headers = {"X-Forwarded-For": "203.0.113.5, 198.51.100.2", "X-Forwarded-Proto": "https"}
        app.test_client().get("/tell", headers=headers, base_url="http://localhost")
    assert seen == [("127.0.0.1", "http"), ("198.51.100.2", "https")]
