"""The forms of the desk and of what members ask of it."""

from community.moderation.forms.correcting import LanguageForm
from community.moderation.forms.deciding import (
    BulkForm,
    DecisionForm,
    EscalationForm,
    PressForm,
    ReleaseForm,
)

__all__ = ["BulkForm", "DecisionForm", "EscalationForm", "LanguageForm", "PressForm", "ReleaseForm"]
