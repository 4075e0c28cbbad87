"""What may be shown: no number that fewer than five people stand behind, nor one that a subtraction leads to.

Within a table, groups of fewer people stand together as the others. Where even together they may be too few, the
smallest group beside them stands with them: the sum of the table gives nobody away. What is chosen has to be a group
that is shown, in the table it was chosen from and in that of everything. Months of fewer people are left out of a
chosen period, so that two periods, one a month longer, differ by nothing smaller than a month that is shown.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from community.contributions.models import Kind
from community.insights import queries
from community.insights.models import FEWEST
from community.insights.queries import Group
from community.insights.queries.counting import Value

DIMENSIONS: dict[Kind, tuple[str, ...]] = {
    Kind.STORY: ("country", "model_id", "powertrain", "topic_id", "language"),
    Kind.IDEA: ("country", "model_id", "area", "language"),
}
"""Beside the month."""


@dataclass(frozen=True)
class Shown:
    """How many texts by group, and in the ``others`` together: 0 where there are none, None where nobody may know."""

    groups: Mapping[Value, int] = field(default_factory=dict)
    others: int | None = 0

    @property
    def total(self) -> int | None:
        return None if self.others is None else sum(self.groups.values()) + self.others


NOTHING = Shown(others=None)


@dataclass(frozen=True)
class Counted:
    """Of one kind of text: a table for each dimension, and how many there are of what is chosen.

    ``is_open`` where, of all months, anything may be said of that.
    """

    tables: Mapping[str, Shown]
    total: int | None
    is_open: bool = True


def counted(kind: Kind, chosen: Mapping[str, Value], period: tuple[int, int] | None = None) -> Counted:
    """What may be shown of the chosen texts. ``period`` is the first and the last month, both included.

    The table of a dimension of which something is chosen is that of all its groups, unless a period is chosen too.
    """
    whole = {name: _shown(kind, name, chosen) for name in DIMENSIONS[kind] if name in chosen}
    if not _is_open(kind, chosen, whole):
        return Counted(whole if len(chosen) == 1 and period is None else {}, None, is_open=False)
    months = _shown(kind, "month", chosen)
    if period is not None:
        return _within(kind, chosen, months, period)
    rest = {name: _shown(kind, name, chosen) for name in DIMENSIONS[kind] if name not in whole}
    total = next((whole[name].groups[value] for name, value in chosen.items()), months.total)
    return Counted({"month": months, **whole, **rest}, total)


def shown(groups: Sequence[Group]) -> Shown:
    """Which of these groups may be seen each by itself."""
    large = sorted(
        (group for group in groups if group.people >= FEWEST), key=lambda one: (-one.texts, str(one.key))
    )
    small = [group for group in groups if group.people < FEWEST]
    if small and large and not _are_enough(small):
        small.append(large.pop())
    together = sum(group.texts for group in small)
    return Shown(
        {group.key: group.texts for group in large}, together if not small or _are_enough(small) else None
    )


def _shown(kind: Kind, name: str, chosen: Mapping[str, Value | frozenset[int]]) -> Shown:
    beside = {other: value for other, value in chosen.items() if other != name}
    return shown(queries.groups(kind, name, beside))


def _within(kind: Kind, chosen: Mapping[str, Value], months: Shown, period: tuple[int, int]) -> Counted:
    first, last = period
    kept = {month: texts for month, texts in months.groups.items() if first <= int(month or 0) <= last}
    total = sum(kept.values())
    if not kept:
        return Counted({}, None)
    within = {**chosen, "month": frozenset(int(month or 0) for month in kept)}
    tables = {
        name: Shown({chosen[name]: total}) if name in chosen else _shown(kind, name, within)
        for name in DIMENSIONS[kind]
    }
    return Counted({"month": Shown(kept), **tables}, total)


def _is_open(kind: Kind, chosen: Mapping[str, Value], whole: Mapping[str, Shown]) -> bool:
    """Whether each choice is a group that is seen, among what else is chosen and among all."""
    if not all(name in whole and value in whole[name].groups for name, value in chosen.items()):
        return False
    return len(chosen) < 2 or all(value in _shown(kind, name, {}).groups for name, value in chosen.items())


def _are_enough(groups: Collection[Group]) -> bool:
    """Whether five people stand behind them together, as far as two of each are known by their numbers."""
    known = {number for group in groups for number in (group.first, group.last)}
    return len(known) >= FEWEST or any(group.people >= FEWEST for group in groups)
