"""The interface's language: chosen a request, spoken through gettext, its catalogues compiled at start-up.

The order: ``?ui=`` in the address, what the browser remembers of such a choice, the account, Accept-Language. Only
the languages of ``languages.INTERFACE`` count; anything else is passed over.
"""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask, Response, current_app, g, has_app_context, has_request_context, request
from flask_babel import Babel, force_locale, get_locale
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header
from werkzeug.wrappers import Response as AnyResponse

from community.config import ROOT
from community.kit import languages

COOKIE = "ui"
PARAMETER = "ui"
A_YEAR = 365 * 24 * 3600
DEFAULT = "en"

Preference = Callable[[], str | None]


def init_app(app: Flask, *, instance: Path, of_account: Preference) -> None:
    """``of_account`` gives the signed-in person's choice, or None."""
    app.config["BABEL_DEFAULT_LOCALE"] = DEFAULT
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(compile_catalogues(instance / "locales"))
    Babel(app, locale_selector=lambda: _select(of_account))
    # A page says some fifty things: its catalogue is looked up by one name, not resolved anew for each.
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        lambda words: _catalogue().ugettext(words),
        lambda one, many, number: _catalogue().ungettext(one, many, number),
        newstyle=True,
    )
    app.after_request(_remember)


def language() -> str:
    """The language this page, or this mail, is in."""
    if not has_app_context():
        return DEFAULT
    spoken = g.get("spoken")
    if spoken is None:
        locale = get_locale()
        spoken = g.spoken = str(locale.language) if locale else DEFAULT
    return str(spoken)


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Within, everything is said in this language; an unknown one is English."""
    before, g.spoken = g.get("spoken"), code if code in languages.INTERFACE else DEFAULT
    try:
        with force_locale(g.spoken):
            yield
    finally:
        g.spoken = before


def listed(words: list[str]) -> str:
    """One after another, with the language's own "and" before the last."""
    return format_list(words, locale=language())


def _catalogue() -> NullTranslations:
    return _read(current_app.config["BABEL_TRANSLATION_DIRECTORIES"], language())


@lru_cache(maxsize=64)
def _read(folder: str, code: str) -> NullTranslations:
    return Translations.load(folder, [code])


def known(code: str | None) -> str | None:
    """The interface language a code means, or None."""
    return code if code in languages.INTERFACE else None


@lru_cache(maxsize=512)
def accepted(header: str) -> str:
    """The interface language an Accept-Language header asks for (RFC 9110, section 12.5.4)."""
    wanted = parse_accept_header(header[:500], LanguageAccept)
    return wanted.best_match(languages.INTERFACE, default=DEFAULT) or DEFAULT


def asked_for() -> list[str]:
    """The content languages this browser asks for, best first: those its owner is likely to read."""
    codes = [tag.partition("-")[0].lower() for tag in request.accept_languages.values()]
    return [code for code in dict.fromkeys(codes) if languages.is_language(code)]


def of_visitor(parameter: str | None, remembered: str | None, header: str) -> str:
    """The language of somebody who is not signed in."""
    return known(parameter) or known(remembered) or accepted(header)


def compile_catalogues(folder: Path) -> Path:
    """Turn ``locales/*/LC_MESSAGES/messages.po`` into .mo files under ``folder``, those that changed."""
    for source in sorted((ROOT / "locales").glob("*/LC_MESSAGES/messages.po")):
        target = folder / source.relative_to(ROOT / "locales").with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        with source.open("rb") as lines:
            catalogue = read_po(lines)
        with tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as written:
            write_mo(written, catalogue)
        # Two workers starting at once each rename a whole file into place.
        Path(written.name).replace(target)
    return folder


def _select(of_account: Preference) -> str:
    if not has_request_context():
        return DEFAULT
    chosen = known(request.args.get(PARAMETER)) or known(request.cookies.get(COOKIE)) or known(of_account())
    return chosen or accepted(request.headers.get("Accept-Language", ""))


def _remember(response: Response) -> Response:
    chosen = known(request.args.get(PARAMETER))
    if chosen and chosen != request.cookies.get(COOKIE):
        response.set_cookie(
            COOKIE, chosen, max_age=A_YEAR, secure=request.is_secure, httponly=True, samesite="Lax"
        )
    return response


def forget(response: AnyResponse) -> AnyResponse:
    """Let the account's language count again."""
    response.delete_cookie(COOKIE, httponly=True, samesite="Lax")
    return response
