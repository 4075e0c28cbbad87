"""How a view of the desk gets what it shows: found, and allowed, in one step."""

from community.moderation.access.reviews import load_decision, load_item, load_review

__all__ = ["load_decision", "load_item", "load_review"]
