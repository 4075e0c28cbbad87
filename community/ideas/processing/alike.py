"""Ideas that say much the same as one that nobody else has read yet."""

from typing import NamedTuple

from community.accounts import access as accounts
from community.contributions import access
from community.contributions.actions import Wording
from community.ideas import queries
from community.ideas.processing import speaking
from community.ideas.queries import Card, Named
from community.kit import i18n, markup
from community.kit.terms import terms


class Like(NamedTuple):
    card: Card
    stage: Named


def alike(wording: Wording, *, besides: int) -> list[Like]:
    """The likest first, each in the best of the reader's languages; ``besides`` is the idea itself."""
    words = f"{wording.title}\n{markup.plain(markup.render(wording.body))}"
    found = queries.similar(list(terms(words)), besides=besides, apart=accounts.apart())
    stages = {stage.id: stage for stage in queries.stages(i18n.language())} if found else {}
    (cards,) = speaking.said(access.spoken(), found)
    return [Like(card, stages[card.stage_id]) for card in cards]
