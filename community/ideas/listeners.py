"""What ideas do when a contribution moves."""

from datetime import timedelta

from community.contributions.facts import Moved
from community.ideas import actions
from community.kit import jobs

REFRESH = "ideas.refresh"

jobs.repeats(REFRESH, actions.refresh, timedelta(days=1))


def moved(fact: Moved) -> None:
    actions.keep_listed(fact)
