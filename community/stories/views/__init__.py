"""Pages about stories."""

from community.stories.views import lists, own, reading, vehicles, writing
from community.stories.views.blueprint import blueprint

__all__ = ["blueprint", "lists", "own", "reading", "vehicles", "writing"]
