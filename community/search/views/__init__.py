"""Pages and files through which stories are found."""

from community.search.views import feeds, finding
from community.search.views.blueprint import blueprint

__all__ = ["blueprint", "feeds", "finding"]
