"""The pictures of a revision: part of its text, in order, and like it never changed after it was submitted."""

from typing import NamedTuple

from community.contributions.models.tuples import Tuples

MOST_PICTURES = 12
LONGEST_ALT = 500
LONGEST_CAPTION = 300


class Picture(NamedTuple):
    """A photo by its ``key``; ``alt`` is for those who do not see it, ``caption`` for all."""

    key: str
    alt: str = ""
    caption: str = ""


Pictures = tuple[Picture, ...]


class PicturesColumn(Tuples):
    cache_ok = True
    of = Picture
