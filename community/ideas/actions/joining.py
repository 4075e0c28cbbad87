"""Standing behind an idea with a sentence: "this would help me too because …" is an answer like any other."""

from community.accounts.models import Account
from community.comments import actions as comments
from community.contributions import actions as contributions
from community.contributions.actions import Wording
from community.ideas.actions import voting
from community.ideas.models import Idea, Vote


def join(
    idea: Idea,
    because: Wording | None,
    *,
    form_id: str,
    model_id: int | None,
    by: Account,
    instead_of: Idea | None = None,
) -> Vote:
    """Support it, and say why under it where there is something to say; sent again with the same form it is the same.

    The sentence waits for a moderator as any answer does; the vote does not. ``instead_of`` is their own draft of the
    same, which is withdrawn. Raises Invalid, Conflict.
    """
    said = comments.answer(idea, because, form_id=form_id, parent_id=None, by=by) if because else None
    vote = voting.support(idea, by=by, model_id=model_id, comment_id=said.id if said else None)
    if instead_of is not None:
        contributions.withdraw(instead_of, by=by)
    return vote
