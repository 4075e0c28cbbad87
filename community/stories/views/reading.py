"""The story page with its conversation."""

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from community.accounts import access as accounts
from community.comments import processing as threads
from community.comments import queries as comment_queries
from community.comments.forms import CommentForm
from community.contributions import queries as contribution_queries
from community.contributions.models import State
from community.kit import i18n, text
from community.kit.errors import NotFound
from community.policy.permissions import Permission
from community.stories import access
from community.stories.models import Story
from community.stories.views.blueprint import blueprint

Page = Response | str | tuple[str, int]


@blueprint.get("/stories/<int(max=9223372036854775807):contribution_id>")
def permalink(contribution_id: int) -> Page:
    story = access.load(contribution_id, Permission.READ)
    return redirect(_address(story), 301 if story.is_public else 302)


@blueprint.get("/stories/<int(max=9223372036854775807):story_id>/<slug>")
def show(story_id: int, slug: str) -> Page:
    story = access.load(story_id, Permission.READ)
    if not story.is_public or story.live_revision is None:
        return redirect(_address(story))
    if slug != text.slug(story.live_revision.title):
        return redirect(_address(story), 301)
    viewer = accounts.person().id
    page = comment_queries.thread(story.id, viewer_id=viewer, after=request.args.get("after"))
    shown = threads.arrange(page.rows, is_last_page=page.next is None)
    reacted = (
        contribution_queries.reacted_to(viewer, [story.id, *(c.line.id for c in shown)]) if viewer else set()
    )
    return render_template(
        "stories/show.html",
        story=story,
        topic=_topic(story),
        comments=shown,
        reacted=reacted,
        next_url=url_for("stories.show", story_id=story.id, slug=slug, after=page.next)
        if page.next
        else None,
        form=CommentForm().offer(accounts.me().languages) if viewer else None,
    )


def _address(story: Story) -> str:
    """Where a story is read; one that is not public is followed on its author's own page."""
    if story.is_public and story.live_revision:
        return url_for("stories.show", story_id=story.id, slug=text.slug(story.live_revision.title))
    if accounts.person().id != story.author_id:
        raise NotFound
    if story.state is State.DRAFT:
        return url_for("stories.edit", story_id=story.id)
    return url_for("moderation.status", contribution_id=story.id)


def _topic(story: Story) -> tuple[str, str] | None:
    topics = contribution_queries.topics(i18n.language())
    return next(((slug, name) for number, slug, name in topics if number == story.topic_id), None)
