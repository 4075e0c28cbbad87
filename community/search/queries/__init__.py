"""Questions about what stories and ideas are found by, and lists for machines."""

from community.search.queries.finding import MOST_COUNTED, Found, found, ideas_found, left_out
from community.search.queries.listing import PART, Address, addresses, changed_at, parts
from community.search.queries.looking import PAGE, Question, Term
from community.search.queries.texts import Text, live_after, text_in, texts

__all__ = [
    "MOST_COUNTED",
    "PAGE",
    "PART",
    "Address",
    "Found",
    "Question",
    "Term",
    "Text",
    "addresses",
    "changed_at",
    "found",
    "ideas_found",
    "left_out",
    "live_after",
    "parts",
    "text_in",
    "texts",
]
