"""What insights ask the database."""

from community.insights.queries.counting import Chosen, Group, groups
from community.insights.queries.texts import live_after, told
from community.insights.queries.words import (
    Said,
    Text,
    month_compared,
    numbers_of,
    risen,
    said,
    term_numbers,
    that_count,
    unread,
    words_of,
)

__all__ = [
    "Chosen",
    "Group",
    "Said",
    "Text",
    "groups",
    "live_after",
    "month_compared",
    "numbers_of",
    "risen",
    "said",
    "term_numbers",
    "that_count",
    "told",
    "unread",
    "words_of",
]
