"""How a view gets a translation, or the story it is of: found, and allowed, in one step."""

from dataclasses import dataclass

from community.accounts import access as accounts
from community.contributions import access
from community.contributions import queries as contributions
from community.contributions.models import Contribution, Kind, Revision
from community.kit.errors import NotFound
from community.policy.permissions import Permission
from community.translations import queries
from community.translations.models import Translation


@dataclass(frozen=True)
class Work:
    """A translation in its translator's hands: ``newest`` is its own latest text, ``original`` what it says again."""

    translation: Translation
    story: Contribution
    original: Revision
    newest: Revision


def load(translation_id: int, act: Permission) -> Translation:
    """With its translator and live revision. Raises NotFound, SignInNeeded, Forbidden."""
    return access.check(queries.translation(translation_id), act)


def load_story(story_id: int, act: Permission) -> Contribution:
    """What is translated: stories only. Raises NotFound, SignInNeeded, Forbidden."""
    story = access.load(story_id, act)
    if story.kind is not Kind.STORY:
        raise NotFound
    return story


def load_pair(translation_id: int, act: Permission) -> tuple[Translation, Contribution]:
    """A translation and its original, as long as readers see that one. Raises NotFound, SignInNeeded, Forbidden."""
    translation = load(translation_id, act)
    return translation, load_story(translation.of_id, Permission.READ)


def load_work(translation_id: int) -> Work:
    """One's own, whether readers see its original or not. Raises NotFound, SignInNeeded."""
    translation = load(translation_id, Permission.EDIT)
    story, newest = (
        contributions.contribution(translation.of_id),
        contributions.newest_revision(translation_id),
    )
    if story is None or story.live_revision is None or newest is None:
        raise NotFound
    return Work(translation, story, story.live_revision, newest)


def languages_read() -> tuple[str, ...]:
    """Those of the signed-in member, best first."""
    return tuple(accounts.me().languages)
