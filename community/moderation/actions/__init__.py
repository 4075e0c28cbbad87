"""What the desk does: deciding and undoing, reviews, reports, appeals, sanctions, guidelines, the log."""

from community.moderation.actions.deciding import decide, lawful_outcomes
from community.moderation.actions.ruling import Ruling
from community.moderation.actions.undoing import undo

__all__ = ["Ruling", "decide", "lawful_outcomes", "undo"]
