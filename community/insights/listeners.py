"""What insights do when texts move, ideas become one, and vehicles turn out to be others."""

from community.accounts.facts import VehiclesRelinked
from community.contributions.facts import Moved
from community.ideas.facts import IdeasMerged, IdeasParted
from community.insights import actions


def moved(fact: Moved) -> None:
    actions.keep(fact)


def vehicles_relinked(fact: VehiclesRelinked) -> None:
    actions.follow(fact)


def ideas_merged(fact: IdeasMerged) -> None:
    actions.count_anew([fact.duplicate_id])


def ideas_parted(fact: IdeasParted) -> None:
    actions.count_anew([fact.duplicate_id])
