"""Pages for people who are not signed in, kept whole in each worker's memory while the pulse stands still.

Every request asks the pulse first (one row, one question), so a page that was kept before a story was hidden is never
shown after. The pulse is read before a page is drawn: a page can be newer than its stamp, never older. So is the day
(of UTC): what a page features until yesterday is not on it today, though nothing was written at midnight.
"""

import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from http.cookies import CookieError, SimpleCookie
from threading import Lock
from typing import Any
from urllib.parse import parse_qs
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from werkzeug.http import http_date, is_resource_modified

from community.kit import clock, i18n, pulse

SMALLEST_COMPRESSED = 600
LONGEST_ADDRESS = 1_000
READING = "community.pulse"


@dataclass(frozen=True)
class Choice:
    """The language a visitor is answered in; ``is_new`` when the address names one their browser has to remember."""

    language: str
    is_new: bool


@dataclass(frozen=True)
class Kept:
    """A page as it went out, and what it was drawn under: the pulse's number, the schema, the day."""

    stamp: tuple[int, str | None, date]
    headers: tuple[tuple[str, str], ...]
    body: bytes
    compressed: bytes
    etag: str
    modified: str

    @property
    def size(self) -> int:
        return len(self.body) + len(self.compressed) + 1_000


class PageCache:
    """WSGI middleware. Keeps what the application marked ``Cache-Control: public`` and sent without a cookie."""

    def __init__(
        self, app: WSGIApplication, monitor: pulse.Monitor, *, session_cookie: str, most_bytes: int
    ) -> None:
        self._app, self._monitor = app, monitor
        self._session_cookie, self._most_bytes = session_cookie, most_bytes
        self._kept: OrderedDict[tuple[str, ...], Kept] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        try:
            reading = environ[READING] = self._monitor.read()
        except pulse.Unreachable:
            return self._app(environ, start_response)
        choice = _choice(environ)
        key = self._key(environ, choice)
        if key is None:
            return self._app(environ, start_response)
        answer = _choosing(choice, environ, start_response)
        stamp = (reading.number, reading.schema, clock.now().date())
        kept = self._find(key, stamp)
        if kept is None:
            status, headers, parts = _draw(self._app, _chosen(environ, choice))
            if not _may_be_kept(status, headers):
                answer(status, headers)
                return _nothing(parts) if environ["REQUEST_METHOD"] == "HEAD" else parts
            kept = _keep(stamp, reading, headers, _whole(parts))
            self._store(key, kept)
        return _answer(kept, environ, answer)

    def _key(self, environ: WSGIEnvironment, choice: Choice) -> tuple[str, ...] | None:
        """What a page depends on, or None for a request that must reach the application."""
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return None
        if self._session_cookie + "=" in environ.get("HTTP_COOKIE", ""):
            return None
        path, query = environ.get("PATH_INFO", ""), environ.get("QUERY_STRING", "")
        if len(path) + len(query) > LONGEST_ADDRESS:
            return None
        return (
            environ.get("wsgi.url_scheme", ""),
            environ.get("HTTP_HOST", ""),
            path,
            query,
            choice.language,
        )

    def _find(self, key: tuple[str, ...], now: tuple[int, str | None, date]) -> Kept | None:
        with self._lock:
            kept = self._kept.get(key)
            if kept is None or kept.stamp != now:
                return None
            self._kept.move_to_end(key)
            return kept

    def _store(self, key: tuple[str, ...], kept: Kept) -> None:
        with self._lock:
            earlier = self._kept.pop(key, None)
            self._bytes += kept.size - (earlier.size if earlier else 0)
            self._kept[key] = kept
            while self._bytes > self._most_bytes and self._kept:
                _, oldest = self._kept.popitem(last=False)
                self._bytes -= oldest.size


def _choice(environ: WSGIEnvironment) -> Choice:
    query, cookies = environ.get("QUERY_STRING", ""), environ.get("HTTP_COOKIE", "")
    given = parse_qs(query, keep_blank_values=True).get(i18n.PARAMETER) if i18n.PARAMETER in query else None
    chosen = i18n.known(given[0]) if given else None
    remembered = _cookie(cookies, i18n.COOKIE) if cookies else None
    language = i18n.of_visitor(chosen, remembered, environ.get("HTTP_ACCEPT_LANGUAGE", ""))
    return Choice(language, is_new=chosen is not None and chosen != remembered)


def _chosen(environ: WSGIEnvironment, choice: Choice) -> WSGIEnvironment:
    """The request of a browser that remembers the choice already, so that the page drawn for it is everybody's."""
    if not choice.is_new:
        return environ
    cookies = (f"{i18n.COOKIE}={choice.language}", environ.get("HTTP_COOKIE", ""))
    return {**environ, "HTTP_COOKIE": "; ".join(filter(None, cookies))}  # of two, the first counts


def _choosing(choice: Choice, environ: WSGIEnvironment, start_response: StartResponse) -> StartResponse:
    """What adds to an answer the cookie of a choice that is new, and keeps that answer from everybody else."""
    if not choice.is_new:
        return start_response
    cookie = i18n.cookie(choice.language, is_secure=environ.get("wsgi.url_scheme") == "https")

    def start(status: str, headers: list[tuple[str, str]], error: Any = None) -> Callable[[bytes], object]:
        own = [(n, i18n.PRIVATE if n.lower() == "cache-control" and "public" in v else v) for n, v in headers]
        return start_response(status, [*own, ("Set-Cookie", cookie)], error)

    return start


def _draw(
    app: WSGIApplication, environ: WSGIEnvironment
) -> tuple[str, list[tuple[str, str]], Iterable[bytes]]:
    """Status, headers, and the parts of the body as they come: what is not kept is not collected either."""
    answer: dict[str, Any] = {}

    def start_response(
        status: str, headers: list[tuple[str, str]], _error: Any = None
    ) -> Callable[[bytes], object]:
        answer.update(status=status, headers=headers)
        return lambda _written: None

    # Conditions are answered here, and HEAD from the same page: the application always draws the whole of it.
    plain = {**environ, "REQUEST_METHOD": "GET"}
    for condition in ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE"):
        plain.pop(condition, None)
    parts = app(plain, start_response)
    return answer["status"], answer["headers"], parts


def _whole(parts: Iterable[bytes]) -> bytes:
    try:
        return b"".join(parts)
    finally:
        _nothing(parts)


def _nothing(parts: Iterable[bytes]) -> list[bytes]:
    """What was drawn is let go of unread."""
    close = getattr(parts, "close", None)
    if close:
        close()
    return [b""]


def _may_be_kept(status: str, headers: list[tuple[str, str]]) -> bool:
    named = {name.lower(): value for name, value in headers}
    return (
        status.startswith("200") and "set-cookie" not in named and "public" in named.get("cache-control", "")
    )


def _keep(
    stamp: tuple[int, str | None, date],
    reading: pulse.Reading,
    headers: list[tuple[str, str]],
    body: bytes,
) -> Kept:
    etag = f'"{hashlib.sha256(body).hexdigest()[:24]}"'
    modified = http_date(max(reading.changed_at, datetime.combine(stamp[2], time(), UTC)))
    dropped = ("content-length", "etag", "last-modified", "vary")
    kept = [(name, value) for name, value in headers if name.lower() not in dropped]
    kept += [
        ("ETag", etag),
        ("Last-Modified", modified),
        ("Vary", "Accept-Encoding, Accept-Language, Cookie"),
    ]
    compressed = gzip.compress(body, 5, mtime=0) if len(body) >= SMALLEST_COMPRESSED else b""
    return Kept(stamp, tuple(kept), body, compressed, etag, modified)


def _answer(kept: Kept, environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
    headers = list(kept.headers)
    if ("HTTP_IF_NONE_MATCH" in environ or "HTTP_IF_MODIFIED_SINCE" in environ) and not is_resource_modified(
        environ, etag=kept.etag.strip('"'), last_modified=kept.modified
    ):
        start_response("304 NOT MODIFIED", [(n, v) for n, v in headers if n.lower() != "content-type"])
        return [b""]
    body = kept.body
    if kept.compressed and "gzip" in environ.get("HTTP_ACCEPT_ENCODING", ""):
        body = kept.compressed
        headers.append(("Content-Encoding", "gzip"))
    headers.append(("Content-Length", str(len(body))))
    start_response("200 OK", headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


def _cookie(header: str, name: str) -> str | None:
    try:
        morsel = SimpleCookie(header).get(name)
    except CookieError:
        return None
    return morsel.value if morsel else None
