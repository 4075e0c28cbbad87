"""What happens to ideas."""

from community.ideas.actions.joining import join
from community.ideas.actions.listing import keep_alike, keep_listed
from community.ideas.actions.merging import merge, part
from community.ideas.actions.moving import Said, move
from community.ideas.actions.noting import assign, write_note
from community.ideas.actions.quoting import agree_to, agree_to_own, begin_with, refuse, take_out
from community.ideas.actions.staging import add_stage, as_kept, save_stages
from community.ideas.actions.voting import refresh, support, take_back
from community.ideas.actions.writing import check, keep, keep_new, submit

__all__ = [
    "Said",
    "add_stage",
    "agree_to",
    "agree_to_own",
    "as_kept",
    "assign",
    "begin_with",
    "check",
    "join",
    "keep",
    "keep_alike",
    "keep_listed",
    "keep_new",
    "merge",
    "move",
    "part",
    "refresh",
    "refuse",
    "save_stages",
    "submit",
    "support",
    "take_back",
    "take_out",
    "write_note",
]
