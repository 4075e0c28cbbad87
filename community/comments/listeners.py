"""What threads do when a contribution moves."""

from community.comments import actions
from community.contributions.facts import Moved


def moved(fact: Moved) -> None:
    actions.count(fact)
