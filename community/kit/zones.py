"""Time zones: which ones a country has, which one is meant while nobody says, and when a morning begins there.

The list is CLDR's, which comes with Babel; the hours are those of the IANA time zone database as Babel finds it.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, tzinfo
from functools import cache, lru_cache
from typing import Any, cast

from babel import Locale
from babel.core import get_global
from babel.dates import get_timezone

from community.kit import collation, countries

OTHERWISE = "Etc/UTC"
# Where clocks differ within a country: the zone most of its people live in.
_MAIN = {
    "AQ": "Antarctica/McMurdo",
    "AR": "America/Argentina/Buenos_Aires",
    "AU": "Australia/Sydney",
    "BR": "America/Sao_Paulo",
    "CA": "America/Toronto",
    "CD": "Africa/Kinshasa",
    "CL": "America/Santiago",
    "CN": "Asia/Shanghai",
    "CY": "Asia/Nicosia",
    "DE": "Europe/Berlin",
    "EC": "America/Guayaquil",
    "ES": "Europe/Madrid",
    "FM": "Pacific/Pohnpei",
    "GL": "America/Nuuk",
    "ID": "Asia/Jakarta",
    "KI": "Pacific/Tarawa",
    "KZ": "Asia/Almaty",
    "MH": "Pacific/Majuro",
    "MN": "Asia/Ulaanbaatar",
    "MX": "America/Mexico_City",
    "MY": "Asia/Kuala_Lumpur",
    "NZ": "Pacific/Auckland",
    "PF": "Pacific/Tahiti",
    "PG": "Pacific/Port_Moresby",
    "PT": "Europe/Lisbon",
    "RU": "Europe/Moscow",
    "UA": "Europe/Kyiv",
    "UM": "Pacific/Wake",
    "US": "America/New_York",
    "UZ": "Asia/Tashkent",
}


def is_zone(name: str) -> bool:
    return name in _every()


def of_country(code: str) -> str:
    """The zone of somebody who said only which country they live in."""
    return _MAIN.get(code) or next(iter(_territories().get(code, ())), OTHERWISE)


def choices(language: str) -> list[tuple[str, str]]:
    """(zone, country and place) of all of them, as a reader of this language looks for them."""
    return list(_ordered(language))


def day(zone: str, now: datetime) -> date:
    """What day it is there."""
    return now.astimezone(_clock(zone)).date()


def moment(zone: str, on: date, hour: int) -> datetime:
    """When it is this full hour there on that day, in UTC; of an hour that comes twice the first."""
    clock: Any = _clock(zone)
    there = datetime.combine(on, time(hour))
    # pytz, where Babel finds it, has a way of its own to say which offset holds.
    placed = clock.localize(there, is_dst=True) if hasattr(clock, "localize") else there.replace(tzinfo=clock)
    return cast("datetime", placed).astimezone(UTC)


@cache
def _territories() -> Mapping[str, list[str]]:
    return cast("Mapping[str, list[str]]", get_global("territory_zones"))


@cache
def _every() -> frozenset[str]:
    return frozenset(zone for code in countries.CODES for zone in _territories().get(code, ()))


@lru_cache(maxsize=512)
def _clock(zone: str) -> tzinfo:
    return get_timezone(zone)


@lru_cache(maxsize=16)
def _ordered(language: str) -> tuple[tuple[str, str], ...]:
    """By country; a country with several names the place as well."""
    named = {}
    cities = Locale.parse(language).time_zones
    for code in countries.CODES:
        zones, country = _territories().get(code, ()), countries.name(code, language)
        for zone in zones:
            city = cities.get(zone, {}).get("city") or zone.rpartition("/")[2].replace("_", " ")
            named[zone] = country if len(zones) == 1 else f"{country}: {city}"
    return collation.ordered(named, language)
