"""Pages about stories."""

from community.stories.views import lists, own, reading, writing
from community.stories.views.blueprint import blueprint

__all__ = ["blueprint", "lists", "own", "reading", "writing"]
