"""How a view gets a story: found, and allowed, in one step."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace

from flask import current_app
from markupsafe import Markup

from community.accounts import access as accounts
from community.comments import processing as threads
from community.comments import queries as comments
from community.comments.processing import Shown
from community.contributions import access
from community.contributions import queries as contributions
from community.kit import db, i18n, keeping
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

    Lines that were kept do not show yet what this reader ``reacted`` to.
    """

    story: Story
    head: Head
    rows: Markup
    comments: list[Shown]
    next: str | None
    reacted: frozenset[int] = frozenset()
    is_alike: bool = False
    """Whether every member who has no part in it sees it so, but for ``reacted``."""

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


def load_conversation(story_id: int, *, after: str | None) -> Conversation | None:
    """The story and a page of its thread; None where the story may be read but is not public. Raises NotFound.

    What most signed-in readers see alike is kept while the pulse stands still; who wrote, reacted or waits here has it
    drawn or marked for them.
    """
    viewer = accounts.person()
    if viewer.id is None or not rules.is_active(viewer):
        return _draw(story_id, after)
    try:
        kept = _shelf().get((story_id, after, i18n.language()), lambda: _kept_part(story_id, after))
    except _NotPublic:
        return None
    access.check(kept.story, Permission.READ)
    reacted, has_hidden = comments.part_of(viewer.id, story_id, kept.ids)
    if has_hidden or kept.has_part_of(viewer.id):
        return _for_one(kept, viewer.id, reacted, after=after, has_hidden=has_hidden)
    is_alike = viewer.role is Role.MEMBER
    return replace(kept, reacted=frozenset(reacted), is_alike=is_alike)


def _shelf() -> keeping.Shelf[Conversation]:
    """The application's own."""
    shelf: keeping.Shelf[Conversation] = current_app.extensions.setdefault(
        "conversations", keeping.Shelf(KEPT_CONVERSATIONS)
    )
    return shelf


def load_page(key: Hashable, draw: Callable[[], Stencil]) -> Stencil:
    """A page of a conversation that is alike for many, kept while the pulse stands still."""
    shelf: keeping.Shelf[Stencil] = current_app.extensions.setdefault(
        "conversation_pages", keeping.Shelf(KEPT_PAGES)
    )
    return shelf.get(key, draw)


class _NotPublic(Exception):
    """The story is not for everybody, so nothing of it is kept."""


def _for_one(
    kept: Conversation, viewer_id: int, reacted: set[int], *, after: str | None, has_hidden: bool
) -> Conversation:
    """The lines for somebody who has a part in them: with their own links, and with what nobody else sees yet."""
    shown, following = kept.comments, kept.next
    if has_hidden:
        page = comments.thread(kept.story.id, viewer_id=viewer_id, after=after)
        shown, following = threads.arrange(page.rows, is_last_page=page.next is None), page.next
    rows = threads.draw(shown, on=kept.story, viewer_id=viewer_id, may_answer=True, reacted=reacted)
    is_author = kept.story.author_id == viewer_id
    head = processing.draw_head(kept.story, may_report=False) if is_author else kept.head
    return replace(kept, head=head, rows=rows, comments=shown, next=following, reacted=frozenset(reacted))


def _kept_part(story_id: int, after: str | None) -> Conversation:
    drawn = _draw(story_id, after, is_for_all=True)
    if drawn is None:
        raise _NotPublic
    db.detach(drawn.story, drawn.story.author, drawn.story.live_revision, drawn.story.vehicle)
    return drawn


def _draw(story_id: int, after: str | None, *, is_for_all: bool = False) -> Conversation | None:
    story = load(story_id, Permission.READ)
    if not story.is_public:
        return None
    viewer = accounts.person()
    viewer_id = None if is_for_all else viewer.id
    page = comments.thread(story.id, viewer_id=viewer_id, after=after)
    shown = threads.arrange(page.rows, is_last_page=page.next is None)
    ids = [story.id, *(c.line.id for c in shown)]
    reacted = frozenset(contributions.reacted_to(viewer_id, ids)) if viewer_id else frozenset()
    may_answer = rules.can(viewer, Permission.COMMENT, story)
    rows = threads.draw(shown, on=story, viewer_id=viewer_id, may_answer=may_answer, reacted=reacted)
    head = processing.draw_head(story, may_report=is_for_all or rules.can(viewer, Permission.REPORT, story))
    return Conversation(story, head, rows, shown, page.next, reacted)
