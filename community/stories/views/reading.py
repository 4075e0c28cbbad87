"""The story page with its conversation."""

from dataclasses import replace
from typing import Any

from flask import redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from community.accounts import access as accounts
from community.comments import processing as threads
from community.comments.forms import CommentForm, languages_for
from community.contributions.models import State
from community.contributions.processing import following as follows
from community.kit import frame, i18n, languages, text
from community.kit.errors import NotFound
from community.kit.forms import new_form_id
from community.kit.numbers import BIGGEST
from community.kit.stencil import Stencil, gap
from community.policy.permissions import Permission
from community.stories import access
from community.stories.access import Conversation
from community.stories.models import Story
from community.stories.views.blueprint import blueprint

Page = Response | str | tuple[str, int]


@blueprint.get(f"/stories/<int(max={BIGGEST}):contribution_id>")
def permalink(contribution_id: int) -> Page:
    story = access.load(contribution_id, Permission.READ)
    return redirect(_address(story), 301 if story.is_public else 302)


@blueprint.get(f"/stories/<int(max={BIGGEST}):story_id>/<slug>")
def show(story_id: int, slug: str) -> Page:
    conversation = access.load_conversation(
        story_id, after=request.args.get("after"), asked=_language(request.args.get("lang"))
    )
    if conversation is None:
        return redirect(_address(access.load(story_id, Permission.READ)))
    story = conversation.story
    if story.live_revision is None or slug != text.slug(story.live_revision.title):
        return redirect(_address(story), 301)
    if conversation.is_alike and _is_plain():
        return _filled(conversation)
    form = CommentForm() if accounts.is_signed_in() else None
    if form:
        form.offer(accounts.me().languages, spoken=story.language)
    return _page(conversation, form)


def _page(conversation: Conversation, form: CommentForm | None, **instead: object) -> str:
    """``instead`` stands in place of what the templates would take from the reader."""
    story, after = conversation.story, conversation.next
    asked = _language(request.args.get("lang"))
    following = (
        url_for("stories.show", **(request.view_args or {}), after=after, lang=asked) if after else None
    )
    return render_template(
        "stories/show.html",
        story=story,
        shown=conversation.telling.edition or story.live_revision,
        telling=conversation.telling,
        head=conversation.head.html,
        poster=conversation.head.poster,
        rows=threads.mark(conversation.rows, conversation.reacted),
        reacted=conversation.reacted,
        next_url=following,
        form=form,
        **{"follow": follows.button(story, is_followed=conversation.is_followed), **instead},
    )


def _language(code: str | None) -> str | None:
    """The one asked for; an unknown one is passed over."""
    return code if code and languages.is_language(code) else None


def _is_plain() -> bool:
    """Whether nothing on the page is for this reader alone: nothing to be told, nothing odd in the address."""
    return frame.is_plain(accounts.me()) and set(request.args) <= {"after", "lang", "ui"}


def _filled(conversation: Conversation) -> str:
    """The page as all members without a part in it see it, with this one's name, token and languages in its gaps."""
    account = accounts.me()
    alike = replace(conversation, reacted=frozenset())
    key = (request.full_path, i18n.language(), conversation.telling.language)
    page = access.load_page(key, lambda: _with_gaps(alike))
    filled = page.fill(
        **frame.words(account, accounts.unread()),
        form=new_form_id(),
        follow=follows.button(conversation.story, is_followed=conversation.is_followed),
        languages=languages_for(account.languages, spoken=conversation.story.language),
    )
    return str(threads.mark(Markup(filled), conversation.reacted))  # noqa: S704 - made of templates' output


def _with_gaps(conversation: Conversation) -> Stencil:
    return Stencil(
        _page(
            conversation,
            CommentForm.with_gaps(token=gap("token"), form=gap("form"), own=gap("languages")),
            follow=gap("follow"),
            **frame.gaps(),
        )
    )


def _address(story: Story) -> str:
    """Where a story is read; one that is not public is followed on its author's own page."""
    if story.is_public and story.live_revision:
        spoken: dict[str, Any] = {"lang": _language(request.args.get("lang")), "ui": request.args.get("ui")}
        return url_for("stories.show", story_id=story.id, slug=text.slug(story.live_revision.title), **spoken)
    if accounts.person().id != story.author_id:
        raise NotFound
    if story.state is State.DRAFT:
        return url_for("stories.edit", story_id=story.id)
    return url_for("moderation.status", contribution_id=story.id)
