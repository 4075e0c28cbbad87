"""What insights ask the database."""

from community.insights.queries.counting import Chosen, Group, groups
from community.insights.queries.texts import Text, live_after, texts_of_month, told
from community.insights.queries.words import Used, languages_read, risen, unread_months, used

__all__ = [
    "Chosen",
    "Group",
    "Text",
    "Used",
    "groups",
    "languages_read",
    "live_after",
    "risen",
    "texts_of_month",
    "told",
    "unread_months",
    "used",
]
