"""The gate before the photos everybody may see: WSGI, outside everything else, because pages hold many of them.

Every request asks: the pulse first, and, when it has moved since, the database. A photo whose story was hidden is gone
with the transaction that hid it, at every size, for every worker, and for every cache that asks again, as it is told
to each time (docs/adr/019). What is not for everybody goes on to the application, which knows who asks.
"""

import re
from collections import OrderedDict
from collections.abc import Iterable
from threading import Lock
from typing import NamedTuple
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from community.kit import db, errors, headers, pulse, storage
from community.media import queries

ADDRESS = re.compile(r"/photos/([0-9a-f]{16})/([0-9]{1,4}\.(avif|webp))")
FRESH = "public, no-cache"
KEPT_BYTES = 8 * 1024 * 1024
LARGEST_KEPT = 256 * 1024
MOST_KNOWN = 20_000


class _Public(NamedTuple):
    """Where a file is kept that anybody may have, as the database said under this pulse."""

    number: int
    schema: str | None
    place: str


class Gate:
    """Answers for public photos; everything else is the application's."""

    def __init__(self, app: WSGIApplication, flask: Flask, monitor: pulse.Monitor) -> None:
        self._app, self._flask, self._monitor = app, flask, monitor
        always = headers.chosen(is_https=flask.extensions["settings"].is_https)
        self._headers = [
            ("Cache-Control", FRESH),
            *(pair for pair in always if pair[0] != "Permissions-Policy"),
        ]
        self._public: OrderedDict[str, _Public] = OrderedDict()
        self._files: OrderedDict[str, bytes] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path, method = environ.get("PATH_INFO", ""), environ["REQUEST_METHOD"]
        asked = ADDRESS.fullmatch(path) if method in ("GET", "HEAD") else None
        place = self._place(path, asked[1], asked[2]) if asked else None
        if asked is None or place is None:
            return self._app(environ, start_response)
        etag = f'"{place}"'
        if etag in environ.get("HTTP_IF_NONE_MATCH", ""):
            start_response("304 NOT MODIFIED", [("ETag", etag), *self._headers])
            return []
        try:
            body = self._file(place)
        except errors.Unkept:
            return self._app(environ, start_response)  # which says what is wrong
        about = [("Content-Type", f"image/{asked[3]}"), ("Content-Length", str(len(body))), ("ETag", etag)]
        start_response("200 OK", [*about, *self._headers])
        return [] if method == "HEAD" else [body]

    def _place(self, path: str, key: str, name: str) -> str | None:
        """None for what is not for everybody, and while the database does not say."""
        try:
            now = self._monitor.read()
            known = self._public.get(path)
            if known and known[:2] == (now.number, now.schema):
                return known.place
            with self._flask.app_context():
                db.begin_requests_as(writers=False)
                place = queries.public_place(key, name)
        except (pulse.Unreachable, SQLAlchemyError):
            return None
        with self._lock:
            if place:
                self._public[path] = _Public(now.number, now.schema, place)
                self._public.move_to_end(path)
                if len(self._public) > MOST_KNOWN:
                    self._public.popitem(last=False)
            else:
                self._public.pop(path, None)
        return place

    def _file(self, place: str) -> bytes:
        """What is kept in one place never changes, so files that are small and often asked for stay in memory."""
        with self._lock:
            kept = self._files.get(place)
            if kept is not None:
                self._files.move_to_end(place)
                return kept
        body = storage.read(place)
        if len(body) <= LARGEST_KEPT:
            with self._lock:
                self._bytes += len(body) - len(self._files.pop(place, b""))
                self._files[place] = body
                while self._bytes > KEPT_BYTES:
                    _, oldest = self._files.popitem(last=False)
                    self._bytes -= len(oldest)
        return body
