"""The security headers every response carries, errors and static files included."""

from collections.abc import Iterable

from flask import Flask, Response

POLICY = (
    "default-src 'none'; base-uri 'none'; connect-src 'self'; font-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; img-src 'self' blob: data:; manifest-src 'self'; script-src 'self'; style-src 'self'"
)
ALWAYS = (
    ("Content-Security-Policy", POLICY),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    (
        "Permissions-Policy",
        "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    ),
    ("Referrer-Policy", "same-origin"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
)
OVER_HTTPS = (("Strict-Transport-Security", "max-age=63072000; includeSubDomains"),)


def chosen(*, is_https: bool) -> Iterable[tuple[str, str]]:
    return ALWAYS + OVER_HTTPS if is_https else ALWAYS


def init_app(app: Flask, *, is_https: bool) -> None:
    headers = tuple(chosen(is_https=is_https))

    @app.after_request
    def _add(response: Response) -> Response:
        for name, value in headers:
            response.headers[name] = value
        return response
