"""How a view of the desk gets what it shows: found, and allowed, in one step."""

from community.moderation.access.reviews import load_review

__all__ = ["load_review"]
