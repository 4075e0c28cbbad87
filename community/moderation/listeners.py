"""What the desk does when a contribution moves, and when a moderator leaves."""

from community.accounts.facts import SignedOut
from community.contributions import queries as contributions
from community.contributions.facts import Moved
from community.contributions.models import RevisionState
from community.moderation.actions import reports, reviews
from community.moderation.models import Result


def moved(fact: Moved) -> None:
    waiting = (
        contributions.revision_in(fact.contribution_id, RevisionState.WAITING)
        if fact.cause == "submit"
        else None
    )
    reviews.follow(fact)
    if waiting:
        # Public for the seconds until its approval was undone; now a newer text takes its place.
        reports.answer(fact.contribution_id, Result.GONE, revision_id=waiting.id)
    if fact.cause in ("withdraw", "erase"):
        reports.answer(fact.contribution_id, Result.GONE)


def signed_out(fact: SignedOut) -> None:
    """What somebody was reading is anybody's again; most people were reading nothing."""
    reviews.release(by_id=fact.account_id)
