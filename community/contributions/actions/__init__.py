"""What can be done to a contribution of any kind."""

from community.contributions.actions.consents import agree, give
from community.contributions.actions.drafts import Wording, save_draft, says, start, wording_of
from community.contributions.actions.editions import put_edition, remove_edition
from community.contributions.actions.following import follow, mute, unfollow
from community.contributions.actions.languages import CORRECTED, correct_language
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
    "CORRECTED",
    "STALE",
    "Wording",
    "agree",
    "close_answers",
    "correct_language",
    "follow",
    "give",
    "hide",
    "keep",
    "mute",
    "open_answers",
    "publish",
    "put_edition",
    "react",
    "refuse",
    "remove_edition",
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
    "unfollow",
    "withdraw",
    "wording_of",
]
