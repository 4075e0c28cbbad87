"""Keeping what insights are counted from."""

from community.insights.actions.keeping import AT_ONCE, count_anew, fill, fill_some, follow, keep
from community.insights.actions.reading import compare, count_words, read_month, unread_months

__all__ = [
    "AT_ONCE",
    "compare",
    "count_anew",
    "count_words",
    "fill",
    "fill_some",
    "follow",
    "keep",
    "read_month",
    "unread_months",
]
