"""What an author answers to the questions of a call: part of the story's revision, and live with it."""

from typing import NamedTuple

from community.contributions.models.tuples import Tuples

LONGEST_CALL_ANSWER = 1_000


class Answer(NamedTuple):
    """``question`` is its number in the call, from 1; a call that was opened keeps its questions in their order."""

    question: int
    words: str


Answers = tuple[Answer, ...]


class AnswersColumn(Tuples):
    cache_ok = True
    of = Answer
