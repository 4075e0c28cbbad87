"""What stories do when a contribution moves, and when a vehicle turns out to be of another model."""

from community.accounts.facts import VehiclesRelinked
from community.contributions.facts import Moved
from community.stories import actions, index


def moved(fact: Moved) -> None:
    actions.take_on_vehicle(fact)
    actions.tally(fact)
    index.keep(fact)


def vehicles_relinked(fact: VehiclesRelinked) -> None:
    index.follow(fact)
