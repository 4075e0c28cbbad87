"""The languages a story or an idea can be read in, and the one it is shown in."""

from collections.abc import Sequence
from typing import NamedTuple

from flask_babel import lazy_gettext as _l

from community.contributions import queries
from community.contributions.models import Edition
from community.contributions.queries import Rendering
from community.kit import i18n, keeping, markup

KEPT = 400

BEING_UPDATED = _l("This part was changed by its author. The translation is being updated.")


class Offer(NamedTuple):
    """The languages it can be read in: its own, and those others brought it to."""

    own: str
    renderings: tuple[Rendering, ...]

    def best(self, wanted: Sequence[str]) -> str:
        """The first of the wanted ones that there is; its own where there is none of them."""
        present = {self.own, *(one.language for one in self.renderings)}
        return next((code for code in wanted if code in present), self.own)


class Telling(NamedTuple):
    """It in the language it is shown in: ``edition`` is None for its own."""

    offer: Offer
    edition: Edition | None

    @property
    def language(self) -> str:
        return self.edition.language if self.edition else self.offer.own

    @property
    def rendering(self) -> Rendering | None:
        """Who brought it to this language."""
        return next((one for one in self.offer.renderings if one.language == self.language), None)


def offer(contribution_id: int) -> Offer:
    return Offer(*queries.renderings(contribution_id))


def kept_offer(contribution_id: int) -> Offer:
    """The same, kept while the pulse stands still."""
    return keeping.kept("offers", contribution_id, lambda: offer(contribution_id), most=KEPT)


def tell(contribution_id: int, wanted: Sequence[str], offered: Offer) -> Telling:
    """In the best of the ``wanted`` languages, best first."""
    best = offered.best(wanted)
    return Telling(offered, queries.edition(contribution_id, best) if best != offered.own else None)


def noted(html: str, edition: Edition | None) -> str:
    """With a line beside every part that stands in the original for now, because its author changed it."""
    if edition is None or not edition.stale:
        return html
    return markup.put_notes(html, str(BEING_UPDATED), i18n.language())
