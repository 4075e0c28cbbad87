"""What an address asks for, and the same again as an address."""

from collections.abc import Mapping
from dataclasses import dataclass

from community.accounts.models import Powertrain
from community.insights.processing.naming import Names
from community.insights.queries.counting import Value
from community.kit import countries, languages, months

CHOSEN_BY = {
    "country": "country",
    "model_id": "model",
    "powertrain": "powertrain",
    "topic_id": "topic",
    "language": "language",
}
"""What can be chosen, and what an address calls it."""
PARAMETERS = ("from", "to", *CHOSEN_BY.values())


@dataclass(frozen=True)
class Asked:
    """``chosen`` by dimension; ``first`` and ``last`` are months by number, both included, None without end.

    ``query`` says the same as parameters of an address, without what does not narrow.
    """

    chosen: Mapping[str, Value]
    query: Mapping[str, str]
    first: int | None = None
    last: int | None = None

    @property
    def period(self) -> tuple[int, int] | None:
        if self.first is None and self.last is None:
            return None
        return self.first or months.FIRST, self.last or months.LAST


def asked(args: Mapping[str, str], names: Names) -> Asked:
    """What is unknown is passed over; a period that ends before it begins is turned around."""
    first, last = months.read(args.get("from", "")), months.read(args.get("to", ""))
    if first is not None and last is not None and first > last:
        first, last = last, first
    ends = (("from", first), ("to", last))
    query = {name: months.written(month) for name, month in ends if month is not None}
    chosen: dict[str, Value] = {}
    for by, name in CHOSEN_BY.items():
        value = _known(by, args.get(name, ""), names)
        if value is not None:
            chosen[by] = value
            query |= choosing(by, names.of(by, value)[0])
    return Asked(chosen, query, first, last)


def choosing(by: str, written: str) -> dict[str, str]:
    """The parameters that choose this of a dimension, or of all months this one; none where nothing can be chosen."""
    if by == "month":
        return {"from": written, "to": written}
    return {CHOSEN_BY[by]: written} if by in CHOSEN_BY else {}


def _known(by: str, words: str, names: Names) -> Value:
    if by in ("model_id", "topic_id"):
        return names.number_of(by, words)
    is_known = {
        "country": countries.is_country,
        "language": languages.may_carry,
        "powertrain": lambda power: power in set(Powertrain),
    }
    return words if is_known[by](words) else None
