"""What comes out of a photo: the facts about it, or why it was refused.

The words of a refusal stand in ``refusals``: this is read in the sandbox too, where nothing of the web is loaded.
"""

import dataclasses
import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Self, TypedDict

MOST_BYTES = 16 * 1024 * 1024
MOST_PIXELS = 40_000_000
LONGEST_SIDE = 20_000
SHORTEST_SIDE = 32
OUTCOME = "outcome.json"
"""The file in which the sandbox leaves it."""


class Refusal(StrEnum):
    """``bytes``, ``pixels``, ``small``: its size. ``format``: none that we take. ``broken``: it cannot be read to its
    end. ``time``, ``memory``: it asked for more than one photo gets.
    """

    FORMAT = "format"
    BYTES = "bytes"
    PIXELS = "pixels"
    SMALL = "small"
    ANIMATED = "animated"
    BROKEN = "broken"
    TIME = "time"
    MEMORY = "memory"


class Refused(Exception):
    """A photo that is not taken. What it says stays in the log: people read the words of ``refusals``."""

    def __init__(self, reason: Refusal) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class File:
    """One file that is kept, by its name in the folder; ``bytes`` is how many it has."""

    name: str
    width: int
    height: int
    bytes: int


class Receipt(TypedDict):
    """What was there and is gone, and never what it said; ``areas`` is how many were covered."""

    place: bool
    camera: bool
    time: bool
    areas: int


@dataclass(frozen=True)
class Facts:
    """``width`` and ``height`` are those of the photo that was sent, upright; ``thumbhash`` is in base64."""

    width: int
    height: int
    thumbhash: str
    files: tuple[File, ...]
    receipt: Receipt

    def as_json(self) -> str:
        return json.dumps(dataclasses.asdict(self))

    @classmethod
    def from_json(cls, written: str) -> Self:
        """Raises KeyError, TypeError or ValueError for what ``as_json`` has not written."""
        told = json.loads(written)
        return cls(**{**told, "files": tuple(File(**one) for one in told["files"])})
