"""What can be done to photos."""

from community.media.actions.attaching import attach
from community.media.actions.covering import cover
from community.media.actions.preparing import PREPARE, prepare
from community.media.actions.uploads import MOVED_ON, TOO_LONG, abandon, append, begin, receive

__all__ = [
    "MOVED_ON",
    "PREPARE",
    "TOO_LONG",
    "abandon",
    "append",
    "attach",
    "begin",
    "cover",
    "prepare",
    "receive",
]
