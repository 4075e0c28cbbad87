"""Questions about stories."""

from community.stories.queries.lists import (
    CARD,
    COLUMN,
    PAGE,
    Card,
    Filter,
    Sort,
    cards,
    cards_among,
    cards_by_author,
    cards_found,
    not_by_those_apart,
)
from community.stories.queries.records import Mine, by_form, mine, story

__all__ = [
    "CARD",
    "COLUMN",
    "PAGE",
    "Card",
    "Filter",
    "Mine",
    "Sort",
    "by_form",
    "cards",
    "cards_among",
    "cards_by_author",
    "cards_found",
    "mine",
    "not_by_those_apart",
    "story",
]
