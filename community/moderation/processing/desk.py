"""The desk in words: ages in few letters, what somebody else decided, what sounds an alarm."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from babel.units import format_unit
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from community.contributions.processing import checks
from community.kit import clock, i18n
from community.moderation import queries
from community.moderation.models import Outcome
from community.moderation.queries import Change, InLanguage, Scope

UNTOLD = frozenset({None, "", "everybody"})
"""Where no check had anything to say."""
LONGEST_KEY = 19
MINUTE, HOUR, DAY = 60, 3600, 86_400
# Up to 72 hours are said in hours: whether something waits for one day or nearly two matters here.
STEPS = ((3 * DAY, DAY, "day"), (HOUR, HOUR, "hour"), (0, MINUTE, "minute"))

DONE = {
    Outcome.APPROVE: _l("Approved."),
    Outcome.RETURN: _l("Returned with your notes."),
    Outcome.REFUSE: _l("Refused."),
    Outcome.HIDE: _l("Hidden."),
    Outcome.RESTORE: _l("Restored."),
    Outcome.KEEP: _l("Left as it is."),
    Outcome.LOCK: _l("The conversation is closed."),
    Outcome.UNLOCK: _l("The conversation is open again."),
}
DONE_BY = {
    Outcome.APPROVE: _l("Approved by %(name)s"),
    Outcome.RETURN: _l("Returned by %(name)s"),
    Outcome.REFUSE: _l("Refused by %(name)s"),
    Outcome.HIDE: _l("Hidden by %(name)s"),
    Outcome.RESTORE: _l("Restored by %(name)s"),
    Outcome.KEEP: _l("Left as it is by %(name)s"),
    Outcome.LOCK: _l("Conversation closed by %(name)s"),
    Outcome.UNLOCK: _l("Conversation opened by %(name)s"),
}


@dataclass(frozen=True)
class Alarm:
    """A language in which something waits too long, or that nobody at the desk reads."""

    language: str
    age: str
    has_reader: bool


@dataclass(frozen=True)
class Overview:
    """What waits by language, ``inside`` a choice and ``outside`` it, and where it comes from."""

    inside: dict[str, int]
    outside: dict[str, int]
    countries: list[str]

    @property
    def languages(self) -> dict[str, int]:
        """What waits in every language, the most first."""
        sums = {
            code: self.inside.get(code, 0) + self.outside.get(code, 0) for code in self.inside | self.outside
        }
        return dict(sorted(sums.items(), key=lambda pair: -pair[1]))

    @property
    def number_inside(self) -> int:
        return sum(self.inside.values())

    @property
    def number_outside(self) -> int:
        return sum(self.outside.values())


def overview(rows: Sequence[InLanguage], scope: Scope) -> Overview:
    inside, outside = queries.split(rows, scope)
    return Overview(
        inside, outside, sorted({code for row in rows for code in row.countries.split(",") if code})
    )


def age(moment: datetime) -> str:
    """How long ago in few letters, to the largest unit: "12 min", "41 hr", "5 days"."""
    return length(max(0, int((clock.now() - moment).total_seconds())))


def length(seconds: int) -> str:
    """A length of time as ``age`` says it."""
    number, unit = _rounded(seconds)
    return _length(number, unit, i18n.language())


def remaining(until: datetime) -> str:
    """How long something still holds, to the minute."""
    return _length(minutes_left(until), "minute", i18n.language())


def minutes_left(until: datetime) -> int:
    """Whole minutes, at least one."""
    return max(1, -int(-(until - clock.now()).total_seconds() // MINUTE))


def seconds_left(since: datetime, window: timedelta) -> int:
    """Whole seconds of a window that began ``since``; 0 when it is over."""
    return max(0, -int(-(since + window - clock.now()).total_seconds() // 1))


def found(text: Any) -> str:
    """What the checks found in a text that has ``finding`` and ``finding_words``; empty where they found nothing."""
    return "" if text.finding in UNTOLD else _said(text.finding, text.finding_words, i18n.language())


def language_of(languages: Iterable[str]) -> str:
    """The one language all of them speak, else English."""
    spoken = set(languages)
    return spoken.pop() if len(spoken) == 1 else "en"


def numbers(given: str, most: int) -> list[int]:
    """``7,9,12`` as numbers that a database can hold; what is none is passed over."""
    return [int(one) for one in given.split(",")[:most] if one.isdecimal() and len(one) < LONGEST_KEY]


def alarms(rows: Iterable[InLanguage], read: Collection[str], longest: timedelta) -> list[Alarm]:
    """Those nobody reads (``read`` are those somebody does), then those whose oldest waits longer than ``longest``."""
    now = clock.now()
    told = [
        Alarm(row.language, age(row.oldest_at), row.language in read)
        for row in rows
        if row.oldest_at and (row.language not in read or now - row.oldest_at > longest)
    ]
    return sorted(told, key=lambda alarm: alarm.has_reader)


def became(change: Change, viewer_id: int) -> dict[str, str | bool]:
    """A line of the queue as it stands now: its ``state``, and the words for it."""
    if change.closed_at is not None:
        return {"state": "closed", "words": _closed(change)}
    is_held = change.claimed_until is not None and change.claimed_until > clock.now()
    if is_held and change.claimed_by_id != viewer_id:
        return {"state": "claimed", "words": held(change.claimed_by or "", change.claimed_until)}
    return {"state": "open", "words": ""}


def held(name: str, until: datetime | None) -> str:
    """Who reads something, and for how long it is theirs."""
    minutes = minutes_left(until) if until else 0
    return _("%(name)s reads it, for %(minutes)s min", name=name, minutes=minutes)


def _closed(change: Change) -> str:
    if change.outcome is None or change.outcome not in DONE_BY:
        return _("Taken back or replaced by its author")
    return str(DONE_BY[change.outcome]) % {"name": change.decided_by}


def _rounded(seconds: int) -> tuple[int, str]:
    _least, size, unit = next(step for step in STEPS if seconds >= step[0])
    return seconds // size, unit


@lru_cache(maxsize=1024)
def _said(check: str, words: str, _language: str) -> str:
    """Kept for each language, because a page of the queue says mostly the same of its texts."""
    return checks.said(check, words)


@lru_cache(maxsize=1024)
def _length(number: int, unit: str, language: str) -> str:
    """Kept, because CLDR takes its time over each, and a page says thirty."""
    return i18n.digits(format_unit(number, unit, length="short", locale=language))
