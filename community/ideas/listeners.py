"""What ideas do when a contribution moves, and when they can be read in another language."""

from datetime import timedelta

from community.contributions.facts import EditionChanged, Moved
from community.ideas import actions
from community.kit import jobs

REFRESH = "ideas.refresh"

jobs.repeats(REFRESH, actions.refresh, timedelta(days=1))


def moved(fact: Moved) -> None:
    actions.keep_listed(fact)


def edition_changed(fact: EditionChanged) -> None:
    actions.keep_alike(fact)
