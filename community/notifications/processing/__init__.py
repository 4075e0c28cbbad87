"""Putting into words: letters, and what a notice says."""

from community.notifications.processing.letters import Addressee, send

__all__ = ["Addressee", "send"]
