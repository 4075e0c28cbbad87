"""What other rooms may hear about moderation."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Decided:
    """A moderator decided; the author is to be told."""

    decision_id: int
