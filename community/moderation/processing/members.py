"""A member's sanctions and standing in the reader's words."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from community.kit import clock
from community.moderation.models import Clause, Gravity, Intent, Measure, Sanction
from community.moderation.processing.guidelines import Worded, worded

MEASURES: dict[Measure, LazyString] = {
    Measure.WARNING: _l("A warning, to be read and acknowledged"),
    Measure.SUSPENSION: _l("No posting for a time"),
    Measure.CLOSURE: _l("The account is closed"),
}
GRAVITIES: dict[Gravity, LazyString] = {
    Gravity.MINOR: _l("minor"),
    Gravity.SERIOUS: _l("serious"),
    Gravity.GRAVE: _l("grave"),
}
INTENTS: dict[Intent, LazyString] = {
    Intent.UNKNOWN: _l("not known"),
    Intent.CARELESS: _l("careless"),
    Intent.DELIBERATE: _l("deliberate"),
}


@dataclass(frozen=True)
class Imposed:
    """A sanction with its clause in the version it rests on, in words of the page's language."""

    sanction: Sanction
    clause: Worded

    @property
    def is_unread(self) -> bool:
        one = self.sanction
        return one.measure is Measure.WARNING and one.acknowledged_at is None and one.lifted_at is None

    @property
    def is_over(self) -> bool:
        """Lifted, or at its end by itself."""
        end = self.sanction.ends_at
        return self.sanction.lifted_at is not None or (end is not None and end <= clock.now())

    @property
    def measure(self) -> LazyString:
        return MEASURES[self.sanction.measure]

    @property
    def gravity(self) -> LazyString:
        return GRAVITIES[self.sanction.gravity]

    @property
    def intent(self) -> LazyString:
        return INTENTS[self.sanction.intent]


def imposed(sanctions: Iterable[Sanction], clauses: dict[int, Clause], language: str = "") -> list[Imposed]:
    """In the order given; ``clauses`` holds every version they rest on."""
    return [Imposed(one, worded(clauses[one.clause_id], language)) for one in sanctions]
