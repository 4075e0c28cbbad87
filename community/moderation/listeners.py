"""What the desk does when a contribution moves, and when a moderator leaves."""

from community.accounts.facts import SignedOut
from community.contributions.facts import Moved
from community.moderation.actions import reports, reviews
from community.moderation.models import Result


def moved(fact: Moved) -> None:
    reviews.follow(fact)
    if fact.cause in ("withdraw", "erase"):
        reports.answer(fact.contribution_id, Result.GONE)


def signed_out(fact: SignedOut) -> None:
    """What somebody was reading is anybody's again; most people were reading nothing."""
    reviews.release(by_id=fact.account_id)
