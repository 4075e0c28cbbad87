"""What the desk's records look like in the reader's language."""

from community.moderation.processing.guidelines import Chapter, Worded, by_id, chapters, choices, worded

__all__ = ["Chapter", "Worded", "by_id", "chapters", "choices", "worded"]
