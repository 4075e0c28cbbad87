"""What the desk does when a contribution moves."""

from community.contributions.facts import Moved
from community.moderation.actions import reports, reviews
from community.moderation.models import Result


def moved(fact: Moved) -> None:
    reviews.follow(fact)
    if fact.cause in ("withdraw", "erase"):
        reports.answer(fact.contribution_id, Result.GONE)
