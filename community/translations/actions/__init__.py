"""What can be done with translations."""

from community.translations.actions.drafting import PROPOSALS, Question, prefill, proposals, question
from community.translations.actions.permitting import permit
from community.translations.actions.showing import original_moved, translation_moved
from community.translations.actions.writing import CHANGED, Typed, keep, obstacle, start, submit

__all__ = [
    "CHANGED",
    "PROPOSALS",
    "Question",
    "Typed",
    "keep",
    "obstacle",
    "original_moved",
    "permit",
    "prefill",
    "proposals",
    "question",
    "start",
    "submit",
    "translation_moved",
]
