"""Pages about translations."""

from community.translations.views import choosing, own, writing
from community.translations.views.blueprint import blueprint

__all__ = ["blueprint", "choosing", "own", "writing"]
