"""How a desk view gets what it reviews: the revision and its contribution, found and allowed in one step."""

from community.accounts import access as accounts
from community.contributions import access as contributions
from community.contributions.models import Contribution, Revision, RevisionState
from community.kit.errors import NotFound
from community.moderation import queries
from community.moderation.models import Decision, Review
from community.policy.permissions import Permission


def load_review(revision_id: int, act: Permission) -> tuple[Contribution, Revision]:
    """A submitted revision and its contribution. Raises SignInNeeded, NotFound."""
    accounts.me()
    revision = queries.revision(revision_id)
    if revision is None or revision.state is RevisionState.DRAFT:
        raise NotFound
    return contributions.load(revision.contribution_id, act), revision


def load_item(revision_id: int, act: Permission) -> Review:
    """The desk's own row about a revision, for ``act``. Raises SignInNeeded, NotFound."""
    load_review(revision_id, act)
    review = queries.review(revision_id)
    if review is None:
        raise NotFound
    return review


def load_decision(decision_id: int) -> tuple[Decision, Contribution, Revision]:
    """One's own decision, with what it was about. Raises SignInNeeded, NotFound."""
    by = accounts.me()
    decision = queries.decision(decision_id)
    if decision is None or decision.by_id != by.id:
        raise NotFound
    return decision, *load_review(decision.revision_id, Permission.REVIEW)
