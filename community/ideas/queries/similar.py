"""Ideas that say much the same: found by the words they share, the rarer the better."""

from collections.abc import Collection
from math import log

from sqlalchemy import func, select

from community.contributions.models import Contribution
from community.ideas.models import Idea, IdeaTerm
from community.ideas.models.idea import IS_LISTED
from community.ideas.queries.lists import Card, cards_of
from community.kit import db

MOST_TERMS = 40
MOST_ALIKE = 5
COMMON = 0.2
"""Of all ideas: a word that stands in more of them tells none of them from the others."""
FEW = 20
"""With fewer ideas than these no word is common yet."""
LEAST_SHARED = 2
FAR_BEHIND = 0.5
"""Of the likest: what shares less with the words than this is no likeness beside it."""


def similar(terms: Collection[str], *, besides: int = 0, apart: Collection[int] = ()) -> list[Card]:
    """The listed ideas that share the most with these words, at most MOST_ALIKE, the likest first.

    In whichever language they can be read: the words of all are compared. Those of members ``apart`` are left out.
    """
    wanted = _telling(list(dict.fromkeys(terms))[:MOST_TERMS])
    if not wanted:
        return []
    sharing = select(IdeaTerm.idea_id, IdeaTerm.term).where(
        IdeaTerm.term.in_(wanted), IdeaTerm.idea_id != besides
    )
    if apart:
        author = Contribution.__table__.c
        sharing = sharing.join(Contribution.__table__, author.id == IdeaTerm.idea_id)
        sharing = sharing.where(author.author_id.not_in(apart))
    rows = db.session.execute(sharing)
    scores: dict[int, float] = {}
    shared: dict[int, int] = {}
    for idea_id, term in rows:
        scores[idea_id] = scores.get(idea_id, 0) + wanted[term]
        shared[idea_id] = shared.get(idea_id, 0) + 1
    least = min(LEAST_SHARED, len(wanted))
    least_score = max(scores.values(), default=0) * FAR_BEHIND
    alike = (i for i, score in scores.items() if shared[i] >= least and score >= least_score)
    best = sorted(alike, key=lambda i: (-scores[i], -i))[:MOST_ALIKE]
    found = {card.id: card for card in cards_of(best)}
    return [found[number] for number in best if number in found]


def _telling(terms: list[str]) -> dict[str, float]:
    """What each is worth: nothing where it stands in too many ideas."""
    everything = db.session.scalar(select(func.count()).select_from(Idea.__table__).where(IS_LISTED)) or 0
    counted = db.session.execute(
        select(IdeaTerm.term, func.count().label("ideas"))
        .where(IdeaTerm.term.in_(terms))
        .group_by(IdeaTerm.term)
    )
    most = max(FEW, everything * COMMON)
    return {row.term: log(1 + everything / row.ideas) for row in counted if row.ideas <= most}
