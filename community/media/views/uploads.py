"""Uploads that can be taken up again: the tus protocol 1.0 (core, creation, termination; tus.io/protocols).

A piece is kept before it is acknowledged; ``HEAD`` tells how far an upload has come.
"""

import base64
import binascii
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from threading import BoundedSemaphore

from flask import Response, jsonify, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.exceptions import ClientDisconnected

from community.accounts import access as accounts
from community.kit import unit_of_work
from community.kit.errors import Conflict, Invalid, TooMany
from community.media import access, actions
from community.media.actions.covering import TOO_MANY
from community.media.models import MOST_BYTES
from community.media.processing import covering
from community.media.processing.areas import Area
from community.media.views.blueprint import blueprint
from community.policy.permissions import Permission

VERSION = "1.0.0"
BYTES = "application/offset+octet-stream"
PIECE = 1024 * 1024
LONGEST_METADATA = 4_000
RECEIVED_AT_ONCE = 2
"""By a process, of whose threads (four, see ``cli/running``) the others serve pages, however slowly somebody sends."""
CROWDED = _l("Many photos are on their way just now. This one goes on in a moment.")
_receiving = BoundedSemaphore(RECEIVED_AT_ONCE)


@blueprint.route("/photos/uploads", methods=["OPTIONS"])
def describe_uploads() -> Response:
    """What this server can do, for clients that ask first."""
    answer = Response(status=204)
    answer.headers["Tus-Version"] = VERSION
    answer.headers["Tus-Extension"] = "creation,termination"
    answer.headers["Tus-Max-Size"] = str(MOST_BYTES)
    return answer


@blueprint.post("/photos/uploads")
def create_upload() -> Response:
    account = accounts.require(Permission.WRITE)
    told = _metadata(request.headers.get("Upload-Metadata", ""))
    photo = actions.begin(
        _number("Upload-Length"), name=told.get("filename", ""), areas=_areas(told), by=account
    )
    answer = jsonify(key=photo.key)
    answer.status_code = 201
    answer.headers["Location"] = url_for("media.append_upload", key=photo.key)
    answer.headers["Upload-Offset"] = "0"
    return answer


@blueprint.route("/photos/uploads/<string(length=16):key>", methods=["HEAD"], provide_automatic_options=False)
def measure_upload(key: str) -> Response:
    photo = access.load_own(key)
    answer = Response(status=200)
    answer.headers["Upload-Offset"] = str(photo.received)
    answer.headers["Upload-Length"] = str(photo.length)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@blueprint.patch("/photos/uploads/<string(length=16):key>")
def append_upload(key: str) -> Response:
    """Goes on from ``Upload-Offset``. What came before a connection was lost is kept."""
    photo = access.load_own(key)
    start = _number("Upload-Offset")
    if request.mimetype != BYTES:
        return Response(status=415)
    if start != photo.received:
        raise Conflict(actions.MOVED_ON)
    if (request.content_length or 0) > photo.length - start:
        raise Invalid({"files": [actions.TOO_LONG]})
    answer = Response(status=204)
    with _one_of_few():
        answer.headers["Upload-Offset"] = str(_receive(photo.id, key, start, photo.length - start))
    return answer


@blueprint.delete("/photos/uploads/<string(length=16):key>")
def abandon_upload(key: str) -> Response:
    actions.abandon(access.load_own(key))
    return Response(status=204)


@blueprint.before_request
def _refuse_other_versions() -> Response | None:
    """A client that names none means this one."""
    if not _is_upload() or request.headers.get("Tus-Resumable", VERSION) == VERSION:
        return None
    answer = Response(status=412)
    answer.headers["Tus-Version"] = VERSION
    return answer


@blueprint.after_request
def _name_version(answer: Response) -> Response:
    if _is_upload():
        answer.headers["Tus-Resumable"] = VERSION
    return answer


def _is_upload() -> bool:
    return request.path.startswith("/photos/uploads")


@contextmanager
def _one_of_few() -> Iterator[None]:
    """Raises TooMany while RECEIVED_AT_ONCE others send."""
    if not _receiving.acquire(blocking=False):
        raise TooMany(1, CROWDED)
    try:
        yield
    finally:
        _receiving.release()


def _receive(photo_id: int, key: str, start: int, left: int) -> int:
    """How far it has come. What was kept before something went wrong stays."""
    unit_of_work.keep_so_far()  # the bytes may take minutes to come
    for piece in _pieces(left):
        start = unit_of_work.separately(partial(actions.append, photo_id, key, start, piece))
    return start


def _pieces(left: int) -> Iterator[bytes]:
    """The body, a mebibyte at a time; it ends where the connection does, or after ``left`` bytes."""
    while left > 0:
        piece = b""
        try:
            while len(piece) < min(PIECE, left):
                more = request.stream.read(min(PIECE, left) - len(piece))
                if not more:
                    break
                piece += more
        except (ClientDisconnected, OSError):
            left = len(piece)
        if piece:
            yield piece
        if not piece or len(piece) < PIECE:
            return
        left -= len(piece)


def _metadata(header: str) -> dict[str, str]:
    """Names and base64 values with commas between them; a value that cannot be read stays as it is.

    Raises Invalid for more than LONGEST_METADATA characters: what is cut off might be areas.
    """
    if len(header) > LONGEST_METADATA:
        raise Invalid({"areas": [TOO_MANY]})
    told = {}
    for pair in header.split(","):
        name, _, value = pair.strip().partition(" ")
        try:
            told[name] = base64.b64decode(value, validate=True).decode("utf-8")
        except (binascii.Error, UnicodeDecodeError):
            told[name] = value
    return told


def _areas(told: dict[str, str]) -> list[Area]:
    try:
        return covering.read(told.get("areas", ""))
    except ValueError:
        # Never without: what somebody wanted covered must not be kept uncovered.
        raise Invalid({"areas": [TOO_MANY]}) from None


def _number(header: str) -> int:
    value = request.headers.get(header, "")
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 16 else -1
