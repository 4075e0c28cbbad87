"""What can be done to a contribution of any kind."""

from community.contributions.actions.consents import agree
from community.contributions.actions.drafts import Wording, save_draft, says, start, wording_of
from community.contributions.actions.moves import (
    STALE,
    close_answers,
    hide,
    keep,
    open_answers,
    publish,
    refuse,
    restore,
    send_back,
    submit,
    take_back_publication,
    take_back_refusal,
    take_back_return,
    withdraw,
)
from community.contributions.actions.reactions import react, take_reaction_back

__all__ = [
    "STALE",
    "Wording",
    "agree",
    "close_answers",
    "hide",
    "keep",
    "open_answers",
    "publish",
    "react",
    "refuse",
    "restore",
    "save_draft",
    "says",
    "send_back",
    "start",
    "submit",
    "take_back_publication",
    "take_back_refusal",
    "take_back_return",
    "take_reaction_back",
    "withdraw",
    "wording_of",
]
