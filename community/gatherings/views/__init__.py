"""Pages of spotlights and calls, one file a resource."""

from community.gatherings.views import call_texts, calling, calls, curating, spotlight_texts, spotlights
from community.gatherings.views.blueprint import blueprint

__all__ = ["blueprint", "call_texts", "calling", "calls", "curating", "spotlight_texts", "spotlights"]
