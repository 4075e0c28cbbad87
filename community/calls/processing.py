"""What a text answers, as pages show it: to readers under the story, to moderators beside it."""

from typing import NamedTuple

from community.calls import queries
from community.calls.models import Call
from community.contributions.models import Revision
from community.kit import i18n


class Said(NamedTuple):
    """A question in the reader's language where the call has it, and what the author answers in theirs."""

    question: str
    language: str
    words: str


class Answered(NamedTuple):
    call: Call
    answers: list[Said]


def answered(revision: Revision) -> Answered | None:
    """None for a text that answers no call, which costs no question."""
    call = queries.call(revision.call_id) if revision.call_id else None
    if call is None:
        return None
    questions = call.questions(i18n.language())
    return Answered(
        call,
        [
            Said(*questions[one.question - 1], one.words)
            for one in revision.answers
            if one.question <= len(questions)
        ],
    )
