"""The board in words: what stages mean, and how long the maker has not been heard."""

from datetime import datetime, timedelta
from functools import lru_cache

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from community.ideas.models import Meaning
from community.ideas.queries.board import Card
from community.kit import clock, i18n

DUE = timedelta(days=60)
"""Whoever proposes something waits no longer than this for an answer; past it the board sounds an alarm."""

MEANINGS = {
    Meaning.OPEN: _l("Open: new ideas begin here"),
    Meaning.CONSIDERED: _l("It is being considered"),
    Meaning.PLANNED: _l("It is planned"),
    Meaning.MADE: _l("It is being made"),
    Meaning.SHIPPED: _l("It is there: an answer says in which models, countries and version"),
    Meaning.DECLINED: _l("It will not be made: an answer gives the reason"),
}


def due_before() -> datetime:
    """Whatever was last answered before then is due."""
    return clock.now() - DUE


def heard(card: Card) -> str:
    """How long ago the maker was last heard, or that nobody has answered yet."""
    days = max(0, (clock.now() - card.answered_at).days)
    return _heard(days, i18n.language(), is_answered=card.answered_at != card.listed_at)


@lru_cache(maxsize=4096)
def _heard(days: int, _language: str, *, is_answered: bool) -> str:
    """Kept for each language: a board says forty."""
    if is_answered:
        return (
            ngettext("Answered %(num)s day ago", "Answered %(num)s days ago", days)
            if days
            else _("Answered today")
        )
    return (
        ngettext("No answer for %(num)s day", "No answer for %(num)s days", days) if days else _("New today")
    )
