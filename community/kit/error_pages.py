"""The one place where errors become pages: a lost session gives the text back, a failure only its number."""

import json
import logging
from collections.abc import Callable
from functools import partial

from flask import (
    Flask,
    Response,
    current_app,
    g,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, SecurityError
from werkzeug.wrappers import Response as AnyResponse

from community.kit import db, errors, pulse, watch
from community.kit.page_cache import READING

log = logging.getLogger("community.errors")
FOR_MACHINES = frozenset({"pages.healthz", "pages.readyz", "pages.metrics"})
ANSWER_SCRIPTS = frozenset(
    {
        "stories.autosave",
        "stories.guess",
        "stories.preview",
        "ideas.autosave",
        "ideas.preview",
        "media.create_upload",
        "media.measure_upload",
        "media.append_upload",
        "media.abandon_upload",
        "media.tell_state",
    }
)
PAGES = frozenset({400, 403, 404, 405, 409, 410, 413, 429, 500})
LONGEST_RESUMED = 100_000
SECRET = ("password", "csrf_token")

Fields = list[tuple[str, str]]


def init_app(
    app: Flask,
    *,
    expected_schema: Callable[[], str | None],
    keeps_text: frozenset[str],
    is_signed_in: Callable[[], bool],
    open_to_all: frozenset[str] = frozenset(),
) -> None:
    """``keeps_text`` names the endpoints whose typed text is given back when a session has ended.

    Those of ``open_to_all`` can be sent again by somebody who is not signed in.
    """
    app.extensions["keeps_text"], app.extensions["open_to_all"] = keeps_text, open_to_all
    app.before_request(partial(_schema_fits, expected_schema))
    app.register_error_handler(errors.DomainError, _domain_error)
    app.register_error_handler(errors.SignInNeeded, _sign_in)
    app.register_error_handler(CSRFError, partial(_too_old, is_signed_in))
    app.register_error_handler(SecurityError, _wrong_host)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _failure)


def _schema_fits(expected_schema: Callable[[], str | None]) -> AnyResponse | None:
    """While the database is at another revision than this code expects, there is one short page for everything."""
    reading: pulse.Reading | None = request.environ.get(READING)
    if request.endpoint in FOR_MACHINES or (reading and reading.schema == expected_schema()):
        return None
    g.without_database = True
    response = make_response(render_template("errors/maintenance.html"), 503)
    response.headers["Retry-After"] = "60"
    return response


def _too_old(is_signed_in: Callable[[], bool], error: CSRFError) -> AnyResponse:
    """The form's token does not belong to this session: most often the page is older than the sign-in."""
    if request.is_json:
        return _plain(400, str(error.description))
    is_open = request.endpoint in current_app.extensions["open_to_all"]
    return _resend(400, needs_sign_in=not (is_open or is_signed_in())) if _keeps_text() else _page(400)


def _sign_in(_error: errors.SignInNeeded) -> AnyResponse:
    if request.is_json or request.endpoint in ANSWER_SCRIPTS:
        return _plain(401, "")
    if _keeps_text():
        return _resend(401, needs_sign_in=True)
    return redirect(
        url_for("accounts.login", next=request.full_path.rstrip("?") if request.method == "GET" else None)
    )


def _domain_error(error: errors.DomainError) -> AnyResponse:
    if isinstance(error, errors.Unkept):
        log.error("request %s: %s", watch.request_id(), error)
    if request.is_json or request.endpoint in ANSWER_SCRIPTS:
        if isinstance(error, errors.Invalid):
            return jsonify(
                errors={name: [str(w) for w in words] for name, words in error.errors.items()}
            ), 422  # type: ignore[return-value]
        return _waiting(_plain(error.status, str(error.message)), error)
    if isinstance(error, errors.TooMany):
        words = str(error.message)
        return _waiting(_page(429, retry_after=error.retry_after, message=words), error)
    return _page(error.status, message=str(error.message))


def _waiting(response: Response, error: errors.DomainError) -> Response:
    if isinstance(error, errors.TooMany):
        response.headers["Retry-After"] = str(error.retry_after)
    return response


def _http_error(error: HTTPException) -> AnyResponse:
    if error.code is None or error.code < 400:
        return error.get_response()
    if error.code >= 500:
        return _failure(getattr(error, "original_exception", None) or error)
    response = _page(error.code)
    allowed = getattr(error, "valid_methods", None)
    if allowed:
        response.headers["Allow"] = ", ".join(sorted(allowed))
    return response


def _failure(error: Exception) -> AnyResponse:
    """The number on the page is the one in the log; nothing else of the failure is shown."""
    number = watch.request_id()
    log.error("request %s failed", number, exc_info=error)
    g.without_database = True
    db.session.rollback()
    return make_response(render_template("errors/500.html", request_id=number), 500)


def _page(status: int, **words: object) -> Response:
    """With what was typed, where that is more than a press of a button."""
    name = status if status in PAGES else 400
    # What was too large to be read cannot be read now either.
    fields = _typed() if _keeps_text() and status != 413 else []
    return make_response(render_template(f"errors/{name}.html", fields=fields, **words), status)


def _plain(status: int, message: str) -> Response:
    return make_response(jsonify(message=message), status)


def _wrong_host(_error: SecurityError) -> AnyResponse:
    """No page of ours: its links would be made from the very name that is not trusted."""
    return Response("This is not a name of this site.\n", 400, mimetype="text/plain")


def _keeps_text() -> bool:
    return request.method == "POST" and request.endpoint in current_app.extensions["keeps_text"]


def _typed() -> Fields:
    return [(name, value) for name, value in request.form.items(multi=True) if name not in SECRET]


def _resend(status: int, *, needs_sign_in: bool) -> Response:
    fields = _typed()
    return make_response(
        render_template(
            "errors/resend.html",
            fields=fields,
            path=request.path,
            needs_sign_in=needs_sign_in,
            resume=pack(fields),
        ),
        status,
    )


def pack(fields: Fields) -> str:
    return json.dumps(fields, ensure_ascii=True)


def unpack(packed: str) -> Fields | None:
    """The fields again, or None for anything ``pack`` did not make."""
    if len(packed) > LONGEST_RESUMED * 6:
        return None
    try:
        fields = json.loads(packed)
    except (ValueError, RecursionError):
        return None
    if not isinstance(fields, list) or not all(
        isinstance(pair, list) and len(pair) == 2 and all(isinstance(part, str) for part in pair)
        for pair in fields
    ):
        return None
    return [(name, value) for name, value in fields if name not in SECRET]
