"""What a check found, in words: for the writer, who hears of it once, and for the moderators beside the text.

The checks themselves stand in ``checks``, which offers these functions to other rooms.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from community.contributions.models import LONGEST_BODY, Revision
from community.kit.errors import Words


class Status(StrEnum):
    """``stop``: it cannot be sent. ``tell``: its author hears of it once, and may send it as it is. ``hold``: it waits
    for a moderator. ``publish``: it goes live at once and is looked at afterwards.
    """

    STOP = "stop"
    TELL = "tell"
    HOLD = "hold"
    PUBLISH = "publish"


@dataclass(frozen=True)
class Finding:
    """``check`` is the name of the check; ``words`` is what it found, at most LONGEST_FINDING characters."""

    check: str
    status: Status
    words: str = ""


NAMES: dict[str, Words] = {
    "length": _l("Length"),
    "closed": _l("Closed conversation"),
    "repeated": _l("Repeated text"),
    "words": _l("Listed words"),
    "links": _l("Links"),
    "shouting": _l("Shouting"),
    "new_member": _l("New member"),
    "photos": _l("Pictures"),
    "trust": _l("Trusted member"),
    "everybody": _l("Every text"),
}


def name(check: str) -> str:
    """What a check is called; one that was taken out since keeps its bare name."""
    return str(NAMES.get(check, check))


def said(check: str, words: str) -> str:
    """One sentence for a moderator; empty for a check nobody knows any more."""
    sentence = _SAID.get(check)
    return sentence(words) if sentence else ""


def told(check: str, words: str) -> str:
    """One sentence for the writer; empty for what writers are not told of."""
    sentence = _TOLD.get(check)
    return sentence(words) if sentence else ""


def told_of(draft: Revision | None) -> str:
    """What the author of a draft was told when they sent it; empty where nothing was found."""
    return told(draft.finding or "", draft.finding_words) if draft and draft.told_at else ""


def _number(words: str) -> int:
    return int(words) if words.isdecimal() else 0


def _length(words: str) -> str:
    if _number(words):
        return _("Use at most %(max)d characters.", max=LONGEST_BODY)
    return _("Write something first.")


def _links(words: str) -> str:
    return ngettext("We found %(num)s link.", "We found %(num)s links.", _number(words))


def _photos(words: str) -> str:
    """Without a number it is a picture of another site."""
    if _number(words):
        return ngettext("%(num)s photo belongs to it.", "%(num)s photos belong to it.", _number(words))
    return _("There is a picture in it.")


_TOLD: dict[str, Callable[[str], str]] = {
    "length": _length,
    "closed": lambda _words: _(
        "The moderators closed this conversation. What was said stays; nobody can add to it."
    ),
    "repeated": lambda _words: _("The same words were sent here before, by you or by somebody else."),
    "words": lambda words: _("We found words that are on the moderators' list: %(words)s.", words=words),
    "links": _links,
    "shouting": lambda words: _("This reads as if you were shouting: %(words)s", words=words),
}
_SAID: dict[str, Callable[[str], str]] = {
    **_TOLD,
    "repeated": lambda words: _("The same words were sent before, as contribution %(number)s.", number=words),
    "words": lambda words: _("On the list: %(words)s.", words=words),
    "links": lambda words: ngettext("%(num)s link in it.", "%(num)s links in it.", _number(words)),
    "shouting": lambda words: _("It shouts: %(words)s", words=words),
    "new_member": lambda _words: _("Nothing of this member was published before."),
    "photos": _photos,
    "trust": lambda _words: _("A trusted member's answer: live at once, looked at afterwards."),
    "everybody": lambda _words: _("The checks found nothing. Every text like this one is read first."),
}
