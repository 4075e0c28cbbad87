"""How a view gets a story: found, and allowed, in one step."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from markupsafe import Markup

from community.accounts import access as accounts
from community.comments import processing as threads
from community.comments import queries as comments
from community.comments.processing import Shown
from community.contributions import access
from community.contributions.processing import telling as tellings
from community.contributions.processing.telling import Offer, Telling
from community.kit import db, i18n, keeping, languages
from community.kit.stencil import Stencil
from community.policy import rules
from community.policy.permissions import Permission, Role
from community.stories import processing, queries
from community.stories.models import Story
from community.stories.processing import Head

KEPT_CONVERSATIONS = 200
KEPT_PAGES = 40


@dataclass(frozen=True)
class Conversation:
    """A public story with one page of its thread, drawn as far as readers see it alike.

    Lines that were kept do not show yet what this reader ``reacted`` to, nor that they follow the story.
    """

    story: Story
    telling: Telling
    head: Head
    rows: Markup
    comments: list[Shown]
    next: str | None
    reacted: frozenset[int] = frozenset()
    is_followed: bool = False
    is_alike: bool = False
    """Whether every member who has no part in it sees it so, but for ``reacted`` and ``is_followed``."""

    @property
    def ids(self) -> list[int]:
        return [self.story.id, *(shown.line.id for shown in self.comments)]

    def has_part_of(self, account_id: int) -> bool:
        return self.story.author_id == account_id or any(
            c.line.author_id == account_id for c in self.comments
        )


def load(story_id: int, act: Permission) -> Story:
    """With its author, live revision and vehicle. Raises NotFound, SignInNeeded, Forbidden."""
    return access.check(queries.story(story_id), act)


def read() -> tuple[str, ...]:
    """The languages lists are kept to for the signed-in member, best first, and last what is in none of any."""
    own = tuple(accounts.me().languages)
    return (*own, languages.UNTAGGED) if own else ()


def load_conversation(story_id: int, *, after: str | None, asked: str | None = None) -> Conversation | None:
    """The story and a page of its thread; None where the story may be read but is not public. Raises NotFound.

    ``asked`` is the language somebody wants it in; else it is the best of theirs in which it can be read.

    What most signed-in readers see alike is kept while the pulse stands still; who wrote, reacted or waits here has it
    drawn or marked for them.
    """
    viewer = accounts.person()
    wanted = (*([asked] if asked else []), *access.spoken())
    if viewer.id is None or not rules.is_active(viewer) or accounts.apart():
        return _draw(story_id, after, wanted)
    try:
        offer = tellings.kept_offer(story_id)
        shown = offer.best(wanted)
        key = (story_id, after, i18n.language(), shown)
        part_of_all = partial(_kept_part, story_id, after, (shown,), offer)
        kept = keeping.kept("conversations", key, part_of_all, most=KEPT_CONVERSATIONS)
    except _NotPublic:
        return None
    access.check(kept.story, Permission.READ)
    part = comments.part_of(viewer.id, story_id, kept.ids)
    kept = replace(kept, reacted=frozenset(part.reacted), is_followed=part.is_following)
    if part.has_hidden or kept.has_part_of(viewer.id):
        return _for_one(kept, viewer.id, after=after, has_hidden=part.has_hidden)
    return replace(kept, is_alike=viewer.role is Role.MEMBER)


def load_page(key: Hashable, draw: Callable[[], Stencil]) -> Stencil:
    """A page of a conversation that is alike for many, kept while the pulse stands still."""
    return keeping.kept("conversation pages", key, draw, most=KEPT_PAGES)


class _NotPublic(Exception):
    """The story is not for everybody, so nothing of it is kept."""


def _for_one(kept: Conversation, viewer_id: int, *, after: str | None, has_hidden: bool) -> Conversation:
    """The lines for somebody who has a part in them: with their own links, and with what nobody else sees yet."""
    shown, following = kept.comments, kept.next
    if has_hidden:
        page = comments.thread(kept.story.id, viewer_id=viewer_id, after=after)
        shown, following = threads.arrange(page.rows, is_last_page=page.next is None), page.next
    rows = threads.draw(shown, on=kept.story, viewer_id=viewer_id, may_answer=True, reacted=kept.reacted)
    is_author = kept.story.author_id == viewer_id
    head = (
        processing.draw_head(kept.story, kept.telling, kept.head.fed, may_report=False)
        if is_author
        else kept.head
    )
    return replace(kept, head=head, rows=rows, comments=shown, next=following)


def _kept_part(story_id: int, after: str | None, wanted: Sequence[str], offer: Offer) -> Conversation:
    drawn = _draw(story_id, after, wanted, offer=offer)
    if drawn is None:
        raise _NotPublic
    db.detach(drawn.story, drawn.story.author, drawn.story.live_revision, drawn.story.vehicle)
    if drawn.telling.edition:
        db.detach(drawn.telling.edition)
    return drawn


def _draw(
    story_id: int, after: str | None, wanted: Sequence[str], *, offer: Offer | None = None
) -> Conversation | None:
    """With an ``offer``, as all see it; without, as this reader does."""
    story = load(story_id, Permission.READ)
    if not story.is_public:
        return None
    viewer = accounts.person()
    viewer_id = None if offer else viewer.id
    page = comments.thread(story.id, viewer_id=viewer_id, after=after)
    shown = threads.arrange(
        page.rows,
        is_last_page=page.next is None,
        blocked=frozenset() if offer else viewer.blocks,
        unseen=frozenset() if offer else accounts.unseen(),
    )
    ids = [story.id, *(c.line.id for c in shown)]
    part = comments.part_of(viewer_id, story.id, ids) if viewer_id else comments.NO_PART
    reacted = frozenset(part.reacted)
    may_answer = rules.can(viewer, Permission.COMMENT, story)
    rows = threads.draw(shown, on=story, viewer_id=viewer_id, may_answer=may_answer, reacted=reacted)
    telling = tellings.tell(story.id, wanted, offer or tellings.offer(story.id))
    may_report = offer is not None or rules.can(viewer, Permission.REPORT, story)
    fed = processing.fed(story, apart=() if offer else accounts.apart())
    head = processing.draw_head(story, telling, fed, may_report=may_report)
    return Conversation(story, telling, head, rows, shown, page.next, reacted, part.is_following)
