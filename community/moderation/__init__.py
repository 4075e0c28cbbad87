"""Moderation: the queue of what waits, reviews, decisions and their public log."""
