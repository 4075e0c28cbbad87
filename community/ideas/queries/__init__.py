"""Questions about ideas."""

from community.ideas.queries.board import (
    Named,
    due_before,
    notes,
    stage_names,
    stages,
    stages_by_number,
    steps,
    table,
)
from community.ideas.queries.changed import Feeding, changed, feeding, last_said, of_member
from community.ideas.queries.choices import Offered, offered
from community.ideas.queries.curating import Merged, curators, last_function, merges_about
from community.ideas.queries.languages import Languages, languages
from community.ideas.queries.lists import (
    Card,
    Filter,
    Sort,
    cards,
    cards_of,
    fed_by,
    supported_by,
)
from community.ideas.queries.own import Asked, Mine, asked, mine
from community.ideas.queries.page import Listed, Place, Sums, Way, place, put_together, sums, way
from community.ideas.queries.records import (
    by_form,
    duplicates_of,
    has_quote,
    idea,
    merge,
    quote,
    quotes,
    stage,
    standing_merge,
    told,
    vote,
)
from community.ideas.queries.similar import similar
from community.ideas.queries.telling import Why, audience
from community.ideas.queries.totals import totals

__all__ = [
    "Asked",
    "Card",
    "Feeding",
    "Filter",
    "Languages",
    "Listed",
    "Merged",
    "Mine",
    "Named",
    "Offered",
    "Place",
    "Sort",
    "Sums",
    "Way",
    "Why",
    "asked",
    "audience",
    "by_form",
    "cards",
    "cards_of",
    "changed",
    "curators",
    "due_before",
    "duplicates_of",
    "fed_by",
    "feeding",
    "has_quote",
    "idea",
    "languages",
    "last_function",
    "last_said",
    "merge",
    "merges_about",
    "mine",
    "notes",
    "of_member",
    "offered",
    "place",
    "put_together",
    "quote",
    "quotes",
    "similar",
    "stage",
    "stage_names",
    "stages",
    "stages_by_number",
    "standing_merge",
    "steps",
    "sums",
    "supported_by",
    "table",
    "told",
    "totals",
    "vote",
    "way",
]
