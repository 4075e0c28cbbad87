"""Steps the tests of the desk have in common."""

from community.contributions.models import RevisionState
from community.moderation.actions import reviews
from community.moderation.models import Rank
from tests.factories.contributions import contribution, revision
from tests.helpers.site import Site


def waiting_revision(site: Site, number: int, state: RevisionState = RevisionState.WAITING) -> int:
    """The id the desk knows a contribution's text by."""
    with site.reading():
        return revision(number, state).id


def review_path(site: Site, number: int, state: RevisionState = RevisionState.WAITING) -> str:
    return f"/moderation/reviews/{waiting_revision(site, number, state)}"


def look_at(site: Site, number: int, rank: Rank = Rank.REPORTED) -> int:
    """Have a live text looked at; its revision."""
    with site.writing():
        text = revision(number, RevisionState.LIVE)
        reviews.open_for(text, contribution(number), rank=rank, at=text.created_at)
        return text.id


def box(site: Site, number: int, state: RevisionState = RevisionState.WAITING) -> str:
    """What the queue's box of a contribution sends."""
    with site.reading():
        text = revision(number, state)
        return f"{text.id}:{text.number}:{contribution(number).version}"
