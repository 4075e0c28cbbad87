"""Pages about accounts."""

from community.accounts.views import garage, joining, preferences, recovery, sessions
from community.accounts.views.blueprint import blueprint

__all__ = ["blueprint", "garage", "joining", "preferences", "recovery", "sessions"]
