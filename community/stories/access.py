"""How a view gets a story: found, and allowed, in one step."""

from community.contributions import access
from community.policy.permissions import Permission
from community.stories import queries
from community.stories.models import Story


def load(story_id: int, act: Permission) -> Story:
    """With its author, live revision and vehicle. Raises NotFound, SignInNeeded, Forbidden."""
    return access.check(queries.story(story_id), act)
