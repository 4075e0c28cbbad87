"""Pages and acts of the desk, and what members see of it."""

from community.moderation.views import queue, review, status
from community.moderation.views.blueprint import blueprint

__all__ = ["blueprint", "queue", "review", "status"]
