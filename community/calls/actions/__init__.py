"""What can be done about calls: curators write and open them, stories answer them."""

from community.calls.actions.answering import accept, is_late, keep_counted, problems
from community.calls.actions.writing import (
    BEFORE_FIRST,
    BOTH,
    STALE,
    Draft,
    Said,
    begin,
    end_early,
    missing,
    open_call,
    save,
    take_back,
    translate,
)

__all__ = [
    "BEFORE_FIRST",
    "BOTH",
    "STALE",
    "Draft",
    "Said",
    "accept",
    "begin",
    "end_early",
    "is_late",
    "keep_counted",
    "missing",
    "open_call",
    "problems",
    "save",
    "take_back",
    "translate",
]
