"""The forms curators write spotlights and calls with."""

from community.gatherings.forms.calls import CallForm, CallTextForm, EarlyEndForm
from community.gatherings.forms.parts import VersionForm
from community.gatherings.forms.spotlights import SpotlightForm, SpotlightTextForm

__all__ = ["CallForm", "CallTextForm", "EarlyEndForm", "SpotlightForm", "SpotlightTextForm", "VersionForm"]
