"""What can be done to a contribution of any kind."""

from community.contributions.actions.drafts import Wording, save_draft, says, start, wording_of
from community.contributions.actions.moves import (
    STALE,
    hide,
    publish,
    refuse,
    restore,
    send_back,
    submit,
    withdraw,
)
from community.contributions.actions.reactions import react, take_reaction_back

__all__ = [
    "STALE",
    "Wording",
    "hide",
    "publish",
    "react",
    "refuse",
    "restore",
    "save_draft",
    "says",
    "send_back",
    "start",
    "submit",
    "take_reaction_back",
    "withdraw",
    "wording_of",
]
