"""The checks before the queue: one ordered list, and the first that gives a status wins and is recorded."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from community.contributions import queries
from community.contributions.models import Contribution, Kind, Revision


class Status(StrEnum):
    """``stop``: it cannot be sent. ``tell``: its author hears of it once, and may send it as it is. ``hold``: it waits
    for a moderator. ``publish``: it goes live at once and is looked at afterwards.
    """

    STOP = "stop"
    TELL = "tell"
    HOLD = "hold"
    PUBLISH = "publish"


@dataclass(frozen=True)
class Submission:
    """A draft on its way to the queue; ``is_trusted`` is its author's standing as ``queries.is_trusted`` has it."""

    contribution: Contribution
    draft: Revision
    is_trusted: bool


@dataclass(frozen=True)
class Finding:
    """``check`` is the name of the check; ``words`` is what it found in the text, at most LONGEST_FINDING characters."""

    check: str
    status: Status
    words: str = ""


Check = Callable[[Submission], Finding | None]


def trust(submission: Submission) -> Finding | None:
    """Answers of trusted members go live at once; stories are always read first."""
    is_at_once = submission.is_trusted and submission.contribution.kind is Kind.COMMENT
    return Finding("trust", Status.PUBLISH) if is_at_once else None


CHECKS: tuple[Check, ...] = (trust,)
DETECTING: frozenset[str] = frozenset({"repeated", "words", "links", "shouting"})
"""The checks that look into the text: what they found counts as found by a machine (Article 17(3)(c) of the DSA)."""
EVERYTHING_ELSE = Finding("everybody", Status.HOLD)


def examine(contribution: Contribution, draft: Revision) -> Finding:
    """The first finding that gives a status; what no check speaks of waits like everything else."""
    submission = Submission(contribution, draft, queries.is_trusted(contribution.author_id))
    for check in CHECKS:
        finding = check(submission)
        if finding is not None:
            return finding
    return EVERYTHING_ELSE
