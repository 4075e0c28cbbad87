"""How a view gets an idea, or a quote in one: found, and allowed, in one step."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace
from typing import NamedTuple

from flask_babel import lazy_gettext as _l

from community.accounts import access as accounts
from community.accounts.models import Account
from community.comments import queries as comments
from community.contributions import access
from community.contributions import queries as contributions
from community.contributions.models import Contribution, Kind, Purpose, Revision, State
from community.contributions.processing import telling as tellings
from community.contributions.processing.telling import Offer
from community.ideas import queries
from community.ideas.actions import voting
from community.ideas.models import Idea, Merge, Quote
from community.ideas.processing import showing
from community.ideas.processing.paragraphs import Paragraph, paragraphs
from community.ideas.processing.showing import Reading
from community.kit import db, i18n, keeping
from community.kit.errors import Conflict, Invalid, NotFound
from community.kit.numbers import is_id
from community.kit.stencil import Stencil
from community.policy import rules
from community.policy.people import Person
from community.policy.permissions import Permission, Role

NO_ORIGINAL = _l("There is no such idea that readers can see.")

KEPT = 200
KEPT_PAGES = 40


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
    if not is_id(story_id):
        raise NotFound
    story = access.load(int(story_id), Permission.QUOTE)
    if story.kind is not Kind.STORY or story.live_revision is None:
        raise NotFound
    offered = paragraphs(story.live_revision)
    chosen = next((one for one in offered if one.key == key), None)
    is_agreed = Purpose.QUOTE in contributions.agreed(story.id)
    return Beginning(story, story.live_revision, offered, chosen, is_agreed)


def load(idea_id: int, act: Permission) -> Idea:
    """With its author, live revision and stage. Raises NotFound, SignInNeeded, Forbidden."""
    return access.check(queries.idea(idea_id), act)


def load_reading(idea_id: int, *, after: str | None, asked: str | None = None) -> Reading | None:
    """The idea with a page of its conversation; None where it may be read but is not public. Raises NotFound.

    ``asked`` is the language somebody wants it in; else it is the best of theirs in which it can be read. What all
    members see alike who have no part in it is kept while the pulse stands still.
    """
    viewer = accounts.person()
    wanted = (*([asked] if asked else []), *access.spoken())
    if viewer.id is None or not rules.is_active(viewer) or accounts.apart():
        return _read(_told(idea_id), after, wanted, accounts.person())
    best = tellings.kept_offer(idea_id).best(wanted)
    key = (idea_id, after, i18n.language(), best)
    kept = keeping.kept("ideas", key, lambda: _kept(idea_id, after, best), most=KEPT)
    if kept is None or kept.has_part_of(viewer.id):
        return _read(_told(idea_id), after, wanted, viewer)
    part = comments.part_of(viewer.id, idea_id, kept.ids)
    if part.has_hidden:
        return _read(_told(idea_id), after, wanted, viewer)
    is_alike = viewer.role is Role.MEMBER
    return replace(kept, reacted=part.reacted, is_followed=part.is_following, is_alike=is_alike)


def _told(idea_id: int) -> tuple[Idea, Offer]:
    """With the languages it can be read in. Raises NotFound."""
    idea, renderings = queries.told(idea_id) or (None, ())
    found = access.check(idea, Permission.READ)
    return found, Offer(found.language, renderings)


def _kept(idea_id: int, after: str | None, language: str) -> Reading | None:
    """As everybody sees it; None for one that is not for everybody, of which nothing is kept."""
    read = _read(_told(idea_id), after, (language,))
    if read is not None:
        db.detach(read.idea.author, read.idea.live_revision, read.idea.stage, read.telling.edition)
        db.detach(*(step.by for step in read.steps), *read.steps)
        db.detach(*(other.live_revision for other in read.others), *read.others, read.idea)
    return read


def _read(
    told: tuple[Idea, Offer], after: str | None, wanted: Sequence[str], reader: Person | None = None
) -> Reading | None:
    """As ``reader`` sees it, or as all members do who have no part in it."""
    idea, offered = told
    if not idea.is_public:
        return None
    may_answer = rules.can(accounts.person(), Permission.COMMENT, idea)
    telling = tellings.tell(idea.id, wanted, offered)
    return showing.read(idea, telling, reader=reader, may_answer=may_answer, after=after)


def load_page(key: Hashable, draw: Callable[[], Stencil]) -> Stencil:
    """A page of ideas that is alike for many, kept while the pulse stands still."""
    return keeping.kept("idea pages", key, draw, most=KEPT_PAGES)


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


def load_draft(number: str) -> Idea | None:
    """Of whoever is here, as a form names it; None where it is none, or none any more."""
    idea = queries.idea(int(number)) if is_id(number) else None
    is_own = idea is not None and rules.can(accounts.person(), Permission.WITHDRAW, idea)
    return idea if is_own and idea and idea.state is State.DRAFT else None


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


def load_quoting(quote: Quote) -> Idea:
    """The idea a quote stands in, for who is quoted: also where its author blocked them. Raises NotFound."""
    idea = queries.idea(quote.idea_id)
    if idea is None or not idea.is_public:
        raise NotFound
    return idea
