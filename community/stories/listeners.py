"""What stories do when a contribution moves."""

from community.contributions.facts import Moved
from community.stories import actions


def moved(fact: Moved) -> None:
    actions.take_on_vehicle(fact)
    actions.tally(fact)
