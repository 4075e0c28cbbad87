"""What every template may use: the site's name, the reader's language, dates, ovals and drawn covers."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

from babel.dates import format_date
from babel.numbers import format_decimal
from babel.units import format_unit
from flask import Flask, current_app, request, url_for
from flask_babel import format_datetime, format_timedelta, gettext, ngettext
from flask_babel import lazy_gettext as _l
from markupsafe import Markup, escape

from community.kit import clock, countries, drawing, i18n, languages, markup, text

DISTANCES = {"km": "length-kilometer", "mi": "length-mile"}  # as CLDR calls them
MOST_UNREAD = 99
TAGLINE = _l("Owners define what is made. Tell your road.")


@dataclass(frozen=True)
class Site:
    """What an operator calls the place; an empty tagline is the product's own, translated."""

    name: str
    given_tagline: str
    maker: str

    @property
    def tagline(self) -> str:
        return self.given_tagline or str(TAGLINE)


class Interface:
    """The interface language of this page, and where the page is in the others."""

    def __init__(self, for_everybody: Collection[str]) -> None:
        """``for_everybody`` names the blueprints whose pages anybody may find."""
        self._for_everybody = for_everybody

    @property
    def is_public(self) -> bool:
        """Whether others may be told of this page."""
        return request.blueprint in self._for_everybody

    @property
    def language(self) -> str:
        return i18n.language()

    @property
    def direction(self) -> str:
        return languages.direction(self.language)

    @property
    def tag(self) -> str:
        return languages.tag(self.language)

    @property
    def languages(self) -> list[tuple[str, str, str]]:
        """Code, tag and name of all of them."""
        return [(code, languages.tag(code), languages.interface_name(code)) for code in languages.INTERFACE]

    @property
    def here(self) -> str:
        """This page, in whatever language comes; one that answered a form is its own address."""
        return _with_query(request.path, self._query())

    def switch_url(self, code: str) -> str:
        """This page in another language."""
        return _with_query(request.path, [*self._query(), (i18n.PARAMETER, code)])

    def absolute(self, path: str) -> str:
        """The address others know a path of this site by."""
        return str(current_app.extensions["settings"].base_url).rstrip("/") + path

    def _query(self) -> list[tuple[str, str]]:
        query = parse_qsl(request.query_string.decode("utf-8", "replace"))
        return [(name, value) for name, value in query if name != i18n.PARAMETER]


def init_app(app: Flask, site: Site, *, for_everybody: Collection[str]) -> None:
    app.jinja_env.globals.update(
        site=site,
        ui=Interface(for_everybody),
        oval=oval,
        bell=bell,
        cover=drawing.cover,
        country_name=country_name,
        country_names=country_names,
        language_name=language_name,
        language_names=language_names,
        direction_of=languages.direction,
        url_for=address,
    )
    filters: dict[str, Callable[..., object]] = {
        "ago": ago,
        "date": lambda moment: i18n.digits(_date(_day(moment), "long", i18n.language())),
        "day": day,
        "datetime": lambda moment: i18n.digits(format_datetime(moment, "medium")),
        "number": number,
        "listed": listed,
        "duration": duration,
        "distance": distance,
        "isolated": isolated,
        "slug": text.slug,
        "without_photos": lambda markdown: markup.put_words(markdown, lambda _key: ""),
        "words": lambda html: text.word_count(markup.plain(html)),
        "minutes": lambda html: text.reading_minutes(markup.plain(html)),
    }
    app.jinja_env.filters.update(filters)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True


def _with_query(path: str, query: list[tuple[str, str]]) -> str:
    # What the server took out of a path's percent signs would mean something else in it.
    plain = quote(path, safe="/:@!$&'()*+,;=~")
    return f"{plain}?{urlencode(query)}" if query else plain


def address(endpoint: str, **values: Any) -> str:
    """``url_for``, which for a page without parts in its address is asked once for each mount point."""
    return (
        url_for(endpoint, **values)
        if values or endpoint.startswith(".")
        else _fixed(endpoint, request.script_root)
    )


@lru_cache(maxsize=256)
def _fixed(endpoint: str, _script_root: str) -> str:
    return url_for(endpoint)


def oval(code: str, spoken: str = "") -> Markup:
    """A country's plate, with its name in the reader's language for those who do not see it.

    Here as in the two below, a page that asks hundreds of times gives the language it asked for once.
    """
    return _oval(code, spoken or i18n.language())


def bell(unread: int) -> Markup:
    """The bell of a signed-in reader: with a number when there is something they have not read, and in words."""
    return _bell(unread, i18n.language())


def country_name(code: str) -> str:
    return countries.name(code, i18n.language())


def country_names(codes: Iterable[str]) -> str:
    """Their names, one after another as this language lists things."""
    return i18n.listed([country_name(code) for code in codes])


def language_name(code: str, spoken: str = "") -> str:
    return languages.name(code, spoken or i18n.language())


def language_names(codes: Iterable[str]) -> str:
    return i18n.listed([language_name(code) for code in codes])


def listed(parts: Iterable[str]) -> Markup:
    """Links, or words, one after another as this language lists things."""
    return Markup(i18n.listed([str(escape(part)) for part in parts]))  # noqa: S704 - escaped, joined by CLDR


def day(moment: datetime, spoken: str = "") -> str:
    """A date in few letters."""
    return i18n.digits(_date(moment.date(), "medium", spoken or i18n.language()))


def _day(moment: datetime | date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


@lru_cache(maxsize=2048)
def _oval(code: str, spoken: str) -> Markup:
    return drawing.oval(countries.sign(code), countries.name(code, spoken))


@lru_cache(maxsize=2048)
def _bell(unread: int, _spoken: str) -> Markup:
    if not unread:
        return drawing.bell("", gettext("Notices"))
    shown = number(min(unread, MOST_UNREAD))
    words = ngettext("%(num)s notice you have not read", "%(num)s notices you have not read", unread)
    return drawing.bell(f"{shown}+" if unread > MOST_UNREAD else shown, words)


@lru_cache(maxsize=4096)
def _date(day: date, form: str, language: str) -> str:
    """Long or medium; kept, because a thread of 200 answers says 200 dates and CLDR takes its time over each."""
    return format_date(day, form, locale=language)


def number(value: float, form: str | None = None) -> str:
    """In the language's own digits, with its marks between them."""
    spoken = i18n.language()
    return i18n.digits(str(format_decimal(value, form, locale=spoken, numbering_system="default")))


def ago(moment: datetime) -> str:
    """How long ago; only for pages that are drawn for one reader, since it goes stale on kept ones."""
    return i18n.digits(str(format_timedelta(moment - clock.now(), add_direction=True)))


def distance(number: int, unit: str) -> str:
    """So many kilometres (``km``) or miles (``mi``), in the reader's words and digits."""
    return i18n.digits(format_unit(number, DISTANCES[unit], "short", locale=i18n.language()))


def isolated(words: str) -> str:
    """A name for the plain text of a letter, where it must not turn around what stands beside it."""
    return text.isolated(words, languages.direction(i18n.language()))


def duration(seconds: int) -> str:
    """A length of time in the reader's words, to the largest unit."""
    return i18n.digits(str(format_timedelta(timedelta(seconds=max(60, seconds)))))
