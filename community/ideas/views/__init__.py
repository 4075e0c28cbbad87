"""Pages about ideas."""

from community.ideas.views import (
    board,
    changed,
    curating,
    listing,
    naming,
    own,
    quoting,
    reading,
    staging,
    supporting,
    writing,
)
from community.ideas.views.blueprint import blueprint

__all__ = [
    "blueprint",
    "board",
    "changed",
    "curating",
    "listing",
    "naming",
    "own",
    "quoting",
    "reading",
    "staging",
    "supporting",
    "writing",
]
