"""Acts and pages that every kind of contribution has."""

from community.contributions.views import acts, following
from community.contributions.views.blueprint import blueprint

__all__ = ["acts", "blueprint", "following"]
