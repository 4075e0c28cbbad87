"""What calls do when a contribution moves."""

from community.calls import actions
from community.contributions.facts import Moved


def moved(fact: Moved) -> None:
    actions.keep_counted(fact)
