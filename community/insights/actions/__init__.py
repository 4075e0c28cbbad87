"""Keeping what insights are counted from."""

from community.insights.actions.comparing import compare
from community.insights.actions.keeping import AT_ONCE, count_anew, fill, fill_some, follow, keep
from community.insights.actions.reading import count_words, read_some

__all__ = [
    "AT_ONCE",
    "compare",
    "count_anew",
    "count_words",
    "fill",
    "fill_some",
    "follow",
    "keep",
    "read_some",
]
