"""How a desk view gets what it reviews: the revision and its contribution, found and allowed in one step."""

from community.accounts import access as accounts
from community.contributions import access as contributions
from community.contributions.models import Contribution, Revision, RevisionState
from community.kit.errors import NotFound
from community.moderation import queries
from community.policy.permissions import Permission


def load_review(revision_id: int, act: Permission) -> tuple[Contribution, Revision]:
    """A submitted revision and its contribution. Raises SignInNeeded, NotFound."""
    accounts.me()
    revision = queries.revision(revision_id)
    if revision is None or revision.state is RevisionState.DRAFT:
        raise NotFound
    return contributions.load(revision.contribution_id, act), revision
