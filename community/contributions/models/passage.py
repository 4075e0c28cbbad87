"""The passages of a translation: part of its revision, each bound to the words of the original it stands for."""

from typing import NamedTuple

from community.contributions.models.tuples import Tuples


class Passage(NamedTuple):
    """``key`` is made of the original's words (``translations.processing.parts``); ``text`` says them again.

    ``machine`` is the fingerprint of what a machine proposed for it, "" where none did.
    """

    key: str
    text: str = ""
    machine: str = ""


Passages = tuple[Passage, ...]


class PassagesColumn(Tuples):
    cache_ok = True
    of = Passage
