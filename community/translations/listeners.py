"""What translations do when a contribution moves."""

from community.contributions.facts import Moved
from community.translations import actions


def moved(fact: Moved) -> None:
    actions.original_moved(fact)
    actions.translation_moved(fact)
