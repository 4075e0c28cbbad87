"""How a view gets a comment: found, and allowed, in one step."""

from community.comments import queries
from community.comments.models import Comment
from community.contributions import access
from community.policy.permissions import Permission


def load(comment_id: int, act: Permission) -> Comment:
    """With its author and live revision. Raises NotFound, SignInNeeded, Forbidden."""
    return access.check(queries.comment(comment_id), act)
