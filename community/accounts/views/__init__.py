"""Pages about accounts."""

from community.accounts.views import blocking, garage, joining, preferences, recovery, sessions
from community.accounts.views.blueprint import blueprint

__all__ = ["blocking", "blueprint", "garage", "joining", "preferences", "recovery", "sessions"]
