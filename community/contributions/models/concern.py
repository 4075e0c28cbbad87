"""What a text says it is about beside its words: part of its revision, so that it waits and goes live with them."""

from typing import NamedTuple

from community.contributions.models.tuples import Tuples

AREA, COUNTRY, MODEL = "area", "country", "model"


class Concern(NamedTuple):
    """``kind`` is AREA, COUNTRY or MODEL; ``value`` the area's name, a country's code, or a model's number."""

    kind: str
    value: str


Concerns = tuple[Concern, ...]


class ConcernsColumn(Tuples):
    cache_ok = True
    of = Concern
