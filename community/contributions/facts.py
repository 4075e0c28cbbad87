"""What other rooms may hear about contributions."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Shelf:
    """Where a live contribution stands in the lists."""

    language: str
    country: str
    topic_id: int | None


@dataclass(frozen=True)
class Moved:
    """A contribution changed state, or a new revision of it became the live one (``old`` and ``new`` both live).

    ``was_on`` and ``is_on`` are its shelf before and after, None while it was or is not public.
    """

    contribution_id: int
    kind: str
    author_id: int
    by_id: int | None
    revision_id: int | None
    old: str
    new: str
    cause: str
    at: datetime
    was_on: Shelf | None
    is_on: Shelf | None


@dataclass(frozen=True)
class EditionChanged:
    """A story or an idea (``kind``) can be read in this language now, or reads otherwise in it, or cannot any more.

    Which of these the edition's row says.
    """

    of_id: int
    kind: str
    language: str
