"""Ideas that say much the same as one that nobody else has read yet."""

from typing import NamedTuple

from community.contributions.actions import Wording
from community.ideas import queries
from community.ideas.queries import Card, Named
from community.kit import i18n, markup
from community.kit.terms import terms


class Like(NamedTuple):
    card: Card
    stage: Named


def alike(wording: Wording, *, besides: int) -> list[Like]:
    """The likest first; ``besides`` is the idea itself."""
    words = f"{wording.title}\n{markup.plain(markup.render(wording.body))}"
    found = queries.similar(list(terms(words)), besides=besides)
    stages = {stage.id: stage for stage in queries.stages(i18n.language())} if found else {}
    return [Like(card, stages[card.stage_id]) for card in found]
