"""Correcting the language of somebody's text: no restriction, and no decision; its author is told in a line."""

from community.accounts.models import Account
from community.contributions import actions as contributions
from community.contributions.models import Contribution, Revision
from community.kit import facts
from community.kit.errors import Conflict, Forbidden
from community.moderation import queries
from community.moderation.actions import reviews
from community.moderation.actions.deciding import OWN
from community.moderation.facts import LanguageCorrected

LONGEST_WORD = 200
"""Of what a moderator may say to the author about it."""


def correct_language(
    contribution: Contribution,
    revision: Revision,
    language: str,
    *,
    by: Account,
    version: int,
    words: str = "",
) -> Revision:
    """Have it stand in another language's lists and queue. Raises Forbidden, NotFound, and Conflict when too late."""
    if by.id == contribution.author_id:
        raise Forbidden(OWN)
    review = queries.review(revision.id)
    if review and reviews.is_held(review) and review.claimed_by_id != by.id:
        raise Conflict(reviews.CLAIMED)
    if language == revision.language:
        return revision
    contributions.correct_language(contribution, revision, language, by=by, version=version)
    facts.announce(LanguageCorrected(revision.id, words))
    return revision
