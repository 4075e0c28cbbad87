"""The interface's language: chosen a request, spoken through gettext, its catalogues compiled at start-up.

The order: ``?ui=`` in the address (for that page), the account, what a visitor's browser remembers of such a choice,
Accept-Language (docs/adr/021). Only the languages of ``languages.INTERFACE`` count, whatever region or script their tag
names; anything else is passed over.
"""

import re
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask, Response, current_app, g, has_app_context, has_request_context, request
from flask_babel import Babel, Domain, force_locale, get_locale
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import dump_cookie, parse_accept_header
from werkzeug.wrappers import Response as AnyResponse

from community.config import ROOT
from community.kit import languages

COOKIE = "ui"
PARAMETER = "ui"
A_YEAR = 365 * 24 * 3600
DEFAULT = "en"
PRIVATE = "private, no-cache"  # an answer that brings one browser its cookie is nobody else's

_TAG = re.compile(r"([a-z]{2,3})(?:[-_][a-z0-9]{1,8})*", re.ASCII | re.IGNORECASE)
_LONGEST_TAG = 35  # characters, as RFC 5646 (section 4.4.1) asks implementations to take
_FORMERLY = {"in": "id"}  # what Java, and so older telephones, call Indonesian
# Those whose own digits CLDR puts first (``defaultNumberingSystem``); Arabic's are 0 to 9 there.
_DIGITS = {"fa": str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")}
_SAID_IN_WORDS = frozenset({"text/html", "application/atom+xml"})

Preference = Callable[[], str | None]


def init_app(app: Flask, *, instance: Path, of_account: Preference) -> None:
    """``of_account`` gives the signed-in person's choice, or None."""
    app.config["BABEL_DEFAULT_LOCALE"] = DEFAULT
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(compile_catalogues(instance / "locales"))
    # One catalogue in memory for those who ask us and those who ask Flask-Babel.
    Babel(app, locale_selector=lambda: _select(of_account)).domain_instance = _Spoken()
    # A page says some fifty things: its catalogue is looked up by one name, not resolved anew for each.
    app.jinja_env.globals.update(_=_gettext, gettext=_gettext, ngettext=_ngettext)
    app.after_request(_say)
    app.after_request(lambda response: _remember(response, of_account))


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


def digits(words: str) -> str:
    """Digits as this language writes them."""
    table = _DIGITS.get(language())
    return words.translate(table) if table else words


class _Number(int):
    """What stands in a sentence in the language's own digits."""

    def __str__(self) -> str:
        return digits(super().__repr__())


def _worded(values: Mapping[str, Any]) -> dict[str, Any]:
    if language() not in _DIGITS:
        return dict(values)
    return {name: _Number(value) if type(value) is int else value for name, value in values.items()}


@pass_context
def _gettext(context: Context, words: str, /, **values: Any) -> str:
    return _put(context, _catalogue().ugettext(words), values)


@pass_context
def _ngettext(context: Context, one: str, many: str, number: int, /, **values: Any) -> str:
    values.setdefault("num", number)
    return _put(context, _catalogue().ungettext(one, many, number), values)


def _put(context: Context, words: str, values: Mapping[str, Any]) -> str:
    # A sentence without values is formatted, too: its percent signs are written twice in every catalogue.
    said = Markup(words) if context.eval_ctx.autoescape else words  # noqa: S704 - ours; what is put in is escaped
    return said % _worded(values)


def _catalogue() -> NullTranslations:
    return _read(current_app.config["BABEL_TRANSLATION_DIRECTORIES"], language())


class _Spoken(Domain):
    """Flask-Babel's view of the same catalogue."""

    def get_translations(self) -> NullTranslations:
        return _catalogue()

    def gettext(self, string: str, **variables: Any) -> str:
        return str(super().gettext(string, **_worded(variables)))

    def ngettext(self, singular: str, plural: str, num: int, **variables: Any) -> str:
        return str(super().ngettext(singular, plural, _Number(num), **_worded(variables)))


@lru_cache(maxsize=64)
def _read(folder: str, code: str) -> NullTranslations:
    return Translations.load(folder, [code])


def known(tag: str | None) -> str | None:
    """The interface language a code or a tag means (``pt-PT`` means ``pt``), or None."""
    found = _TAG.fullmatch(tag) if tag and len(tag) <= _LONGEST_TAG else None
    code = found[1].lower() if found else ""
    code = _FORMERLY.get(code, code)
    return code if code in languages.INTERFACE else None


@lru_cache(maxsize=512)
def accepted(header: str) -> str:
    """The interface language an Accept-Language header asks for (RFC 9110, section 12.5.4)."""
    wanted = parse_accept_header(header[:500], LanguageAccept)
    return next((code for tag, quality in wanted if quality > 0 and (code := known(tag))), DEFAULT)


def asked_for() -> list[str]:
    """The content languages this browser asks for, best first: those its owner is likely to read."""
    codes = [tag.partition("-")[0].lower() for tag in request.accept_languages.values()]
    return [code for code in dict.fromkeys(codes) if languages.is_language(code)]


def of_visitor(parameter: str | None, remembered: str | None, header: str) -> str:
    """The language of somebody who is not signed in."""
    return known(parameter) or known(remembered) or accepted(header)


def compile_catalogues(folder: Path) -> Path:
    """Turn ``locales/*/LC_MESSAGES/messages.po`` into .mo files under ``folder/<code>``, those that changed."""
    for source in sorted((ROOT / "locales").glob("*/LC_MESSAGES/messages.po")):
        code = known(source.parents[1].name) or source.parents[1].name
        target = folder / code / "LC_MESSAGES" / "messages.mo"
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


def cookie(code: str, *, is_secure: bool) -> str:
    """The ``Set-Cookie`` that makes a browser remember a language."""
    return dump_cookie(
        COOKIE, code, max_age=A_YEAR, path="/", secure=is_secure, httponly=True, samesite="Lax"
    )


def remember(response: AnyResponse, code: str) -> AnyResponse:
    """Let this browser speak a language until it is told otherwise, whoever is signed in or not."""
    response.headers.add("Set-Cookie", cookie(code, is_secure=request.is_secure))
    return response


def _select(of_account: Preference) -> str:
    if not has_request_context():
        return DEFAULT
    chosen = known(request.args.get(PARAMETER)) or known(of_account()) or known(request.cookies.get(COOKIE))
    return chosen or accepted(request.headers.get("Accept-Language", ""))


def _say(response: Response) -> Response:
    """What is in words says which language they are in, and that somebody else may be given another (RFC 9110)."""
    if response.mimetype in _SAID_IN_WORDS:
        response.headers["Content-Language"] = languages.tag(language())
        response.vary.update(("Accept-Language", "Cookie"))
    return response


def _remember(response: Response, of_account: Preference) -> Response:
    """A visitor's choice goes with the browser; a member's is the account's, and one address does not change it."""
    chosen = known(request.args.get(PARAMETER))
    if chosen and chosen != request.cookies.get(COOKIE) and not of_account():
        remember(response, chosen)
        if response.cache_control.public:
            response.headers["Cache-Control"] = PRIVATE
    return response
