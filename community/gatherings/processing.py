"""Gatherings as pages show them: the first words of each, and the lines curators type stories in."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from community.accounts import access as accounts
from community.calls import queries as calls
from community.calls.models import Call, CallText
from community.gatherings import queries
from community.gatherings.models import Spotlight, SpotlightText
from community.gatherings.queries import Line
from community.kit import i18n, markup, text

LONGEST_BEGINNING = 240
MOST_CALLS_ON_HOME = 3
_STORY = re.compile(r"(?:\S*/stories/)?(\d{1,18})(?:[/?#]\S*)?")


class Teaser(NamedTuple):
    """A spotlight or a call in few words, in the reader's language where it has it; ``countries`` by their codes."""

    address: str
    title: str
    beginning: str
    language: str
    countries: Sequence[str]


class Address(NamedTuple):
    """Where one is read, and since when."""

    path: str
    since: datetime


class Featured(NamedTuple):
    """What the home page shows between two dates."""

    spotlights: list[tuple[Spotlight, Teaser]]
    calls: list[tuple[Call, Teaser]]


def featured(country: str, languages: Sequence[str]) -> Featured:
    """Spotlights of today, the newest first; open calls, first those for this reader, then the one that ends first."""
    open_calls = calls.open_calls()
    spoken = tuple(languages)
    open_calls.sort(key=lambda call: not call.is_for(country, spoken))
    return Featured(teasers(queries.featured()), call_teasers(open_calls[:MOST_CALLS_ON_HOME]))


def teasers(spotlights: Sequence[Spotlight]) -> list[tuple[Spotlight, Teaser]]:
    """In the order given; one question for all of them."""
    numbers = [one.id for one in spotlights]
    from_where = queries.countries(numbers, apart=accounts.apart()) if numbers else {}
    return [
        (one, _teaser(spotlight_path(one), one.words(i18n.language()), from_where.get(one.id, ())))
        for one in spotlights
    ]


def call_teasers(found: Sequence[Call]) -> list[tuple[Call, Teaser]]:
    """In the order given."""
    return [(one, _teaser(call_path(one), one.words(i18n.language()), one.countries)) for one in found]


def addresses() -> list[Address]:
    """Of all that everybody can read, the newest first."""
    found = [
        Address(spotlight_path(one), one.published_at) for one in queries.all_published() if one.published_at
    ]
    found += [Address(call_path(one), one.opened_at) for one in calls.all_opened() if one.opened_at]
    return found


def spotlight_path(spotlight: Spotlight) -> str:
    return f"/spotlights/{spotlight.id}/{spotlight_slug(spotlight)}"


def call_path(call: Call) -> str:
    return f"/calls/{call.id}/{call_slug(call)}"


def spotlight_slug(spotlight: Spotlight) -> str:
    """Of its first title, whatever language it is read in."""
    return text.slug(spotlight.words(spotlight.language).title, empty="spotlight")


def call_slug(call: Call) -> str:
    return text.slug(call.words(call.language).title, empty="call")


def numbers(given: str) -> tuple[list[int], list[str]]:
    """The stories named in lines, each by its address or number, once; and the lines that name none."""
    found: dict[int, None] = {}
    wrong = []
    for line in filter(None, (line.strip() for line in given.splitlines())):
        named = _STORY.fullmatch(line)
        if named:
            found[int(named[1])] = None
        else:
            wrong.append(line)
    return list(found), wrong


def as_lines(stories: Sequence[Line]) -> str:
    """What a curator sees of the stories that are in it: each one's address, with its title to be known by."""
    return "\n".join(
        f"/stories/{line.id}/{text.slug(line.title)}" if line.title else f"/stories/{line.id}"
        for line in stories
    )


def _teaser(address: str, words: SpotlightText | CallText, countries: Sequence[str]) -> Teaser:
    beginning = text.excerpt(markup.plain(words.html), LONGEST_BEGINNING)
    return Teaser(address, words.title, beginning, words.language, countries)
