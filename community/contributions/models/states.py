"""The states of a contribution and the table of lawful moves: it stands here once."""

from enum import StrEnum


class State(StrEnum):
    DRAFT = "draft"
    WAITING = "waiting"
    LIVE = "live"
    REFUSED = "refused"
    HIDDEN = "hidden"
    WITHDRAWN = "withdrawn"
    ERASED = "erased"


PUBLIC = frozenset({State.LIVE})
EDITABLE = frozenset({State.DRAFT, State.WAITING, State.LIVE})
ENDED = frozenset({State.WITHDRAWN, State.ERASED})

# A move from live to live is an edit's: a new revision is submitted, taken on, returned or refused
# while the approved text stays public. Moves back to waiting undo a decision in its first seconds.
MOVES: dict[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.WAITING, State.LIVE, State.WITHDRAWN, State.ERASED}),
    State.WAITING: frozenset(
        {State.WAITING, State.LIVE, State.DRAFT, State.REFUSED, State.WITHDRAWN, State.ERASED}
    ),
    State.LIVE: frozenset({State.LIVE, State.HIDDEN, State.WAITING, State.WITHDRAWN, State.ERASED}),
    State.REFUSED: frozenset({State.LIVE, State.WAITING, State.WITHDRAWN, State.ERASED}),
    State.HIDDEN: frozenset({State.LIVE, State.WITHDRAWN, State.ERASED}),
    State.WITHDRAWN: frozenset({State.ERASED}),
    State.ERASED: frozenset(),
}


def is_lawful(old: State, new: State) -> bool:
    return new in MOVES[old]
