"""The forms of the desk and of what members ask of it."""

from community.moderation.forms.deciding import DecisionForm

__all__ = ["DecisionForm"]
