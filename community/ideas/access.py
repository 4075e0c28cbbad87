"""How a view gets an idea, or a quote in one: found, and allowed, in one step."""

from collections.abc import Sequence
from typing import NamedTuple

from flask_babel import lazy_gettext as _l

from community.accounts import access as accounts
from community.accounts.models import Account
from community.contributions import access
from community.contributions import queries as contributions
from community.contributions.models import Contribution, Kind, Purpose, Revision
from community.ideas import queries
from community.ideas.actions import voting
from community.ideas.models import Idea, Merge, Quote
from community.ideas.processing.paragraphs import Paragraph, paragraphs
from community.kit.errors import Conflict, Invalid, NotFound
from community.policy import rules
from community.policy.permissions import Permission

NO_ORIGINAL = _l("There is no such idea that readers can see.")

LONGEST_ID = 18  # digits


class Beginning(NamedTuple):
    """A story that an idea begins with: what can be quoted of it, and what was chosen."""

    story: Contribution
    text: Revision
    offered: list[Paragraph]
    chosen: Paragraph | None
    is_agreed: bool
    """Whether its author says that it may be quoted."""

    @property
    def is_own(self) -> bool:
        return self.story.author_id == accounts.person().id


def load_beginning(story_id: str, key: str) -> Beginning:
    """As its address names it; nothing is chosen where the live text has no such paragraph.

    Raises SignInNeeded, NotFound.
    """
    if not is_number(story_id):
        raise NotFound
    story = access.load(int(story_id), Permission.QUOTE)
    if story.kind is not Kind.STORY or story.live_revision is None:
        raise NotFound
    offered = paragraphs(story.live_revision)
    chosen = next((one for one in offered if one.key == key), None)
    is_agreed = Purpose.QUOTE in contributions.agreed(story.id)
    return Beginning(story, story.live_revision, offered, chosen, is_agreed)


def is_number(typed: str) -> bool:
    """Whether it can be the number of anything."""
    return typed.isascii() and typed.isdecimal() and len(typed) <= LONGEST_ID


def load(idea_id: int, act: Permission) -> Idea:
    """With its author, live revision and stage. Raises NotFound, SignInNeeded, Forbidden."""
    return access.check(queries.idea(idea_id), act)


def load_to_support(idea_id: int) -> Idea:
    """Raises also Conflict for one that was put together with another since its page was drawn."""
    accounts.me()
    idea = load(idea_id, Permission.READ)
    if idea.is_public and not idea.takes_support:
        raise Conflict(voting.GONE)
    return access.check(idea, Permission.SUPPORT)


def load_to_curate(idea_id: int) -> Idea:
    """For curators: one that readers see, merged into another or not. Raises SignInNeeded, NotFound."""
    accounts.require(Permission.CURATE)
    idea = load(idea_id, Permission.READ)
    if not idea.is_public:
        raise NotFound
    return idea


def load_original(number: int) -> Idea:
    """The idea another one is put together with, by the number a curator typed. Raises Invalid."""
    idea = queries.idea(number)
    if idea is None or not idea.is_public:
        raise Invalid({"original": [NO_ORIGINAL]})
    return idea


def curators() -> Sequence[Account]:
    """Everybody who may see to an idea now."""
    return [one for one in queries.curators() if rules.can(one, Permission.CURATE)]


def load_merge(merge_id: int) -> Merge:
    """For curators. Raises SignInNeeded, NotFound."""
    accounts.require(Permission.CURATE)
    merge = queries.merge(merge_id)
    if merge is None:
        raise NotFound
    return merge


def load_quote(quote_id: int) -> tuple[Quote, Contribution]:
    """With the story it is from: for the story's author. Raises SignInNeeded, NotFound."""
    accounts.me()
    quote = queries.quote(quote_id)
    if quote is None:
        raise NotFound
    return quote, access.load(quote.story_id, Permission.CONSENT)
