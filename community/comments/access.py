"""How a view gets a comment: found, and allowed, in one step."""

from community.accounts import access as accounts
from community.comments import queries
from community.comments.models import Comment
from community.contributions import access
from community.kit.numbers import BIGGEST
from community.policy.permissions import Permission


def load(comment_id: int, act: Permission) -> Comment:
    """With its author and live revision. Raises NotFound, SignInNeeded, Forbidden."""
    return access.check(queries.comment(comment_id), act)


def require_reach(parent_id: int | None) -> None:
    """That whom an answer is meant for and who writes it are not apart. Raises NotFound, Forbidden."""
    if parent_id is not None and 0 < parent_id <= BIGGEST and accounts.apart():
        load(parent_id, Permission.COMMENT)
