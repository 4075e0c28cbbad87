"""The room's pages: uploads, and photos by themselves."""

from community.media.views import parts, photos, uploads
from community.media.views.blueprint import blueprint

__all__ = ["blueprint", "parts", "photos", "uploads"]
