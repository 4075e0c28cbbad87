"""The story page with its conversation."""

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from community.accounts import access as accounts
from community.comments.forms import CommentForm
from community.contributions.models import State
from community.kit import text
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
    conversation = access.load_conversation(story_id, after=request.args.get("after"))
    if conversation is None:
        return redirect(_address(access.load(story_id, Permission.READ)))
    story, after = conversation.story, conversation.next
    if story.live_revision is None or slug != text.slug(story.live_revision.title):
        return redirect(_address(story), 301)
    return render_template(
        "stories/show.html",
        story=story,
        head=conversation.head,
        rows=conversation.rows,
        reacted=conversation.reacted,
        next_url=url_for("stories.show", story_id=story.id, slug=slug, after=after) if after else None,
        form=CommentForm().offer(accounts.me().languages, spoken=story.language)
        if accounts.is_signed_in()
        else None,
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
