"""Pages about accounts."""

from community.accounts.views import joining, preferences, recovery, sessions
from community.accounts.views.blueprint import blueprint

__all__ = ["blueprint", "joining", "preferences", "recovery", "sessions"]
