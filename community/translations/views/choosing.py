"""The languages of a story: what it can be read in, the beginning of another one, and its author's yes or no."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from community.accounts import access as accounts
from community.accounts.models import Account
from community.contributions.models import Contribution
from community.kit import languages
from community.kit.errors import NotFound
from community.policy import rules
from community.policy.permissions import Permission
from community.translations import access, actions, queries
from community.translations.forms import BeginForm, PermissionForm
from community.translations.models import Translation
from community.translations.views.blueprint import BIGGEST, Page, blueprint


@blueprint.get(f"/stories/<int(max={BIGGEST}):story_id>/translations")
def of_story(story_id: int) -> Page:
    return _page(access.load_story(story_id, Permission.READ), BeginForm(formdata=None))


@blueprint.post(f"/stories/<int(max={BIGGEST}):story_id>/translations")
def begin(story_id: int) -> Page:
    account = accounts.require(Permission.WRITE)
    story = access.load_story(story_id, Permission.READ)
    form = BeginForm()
    if not languages.is_language(form.language.data or ""):
        raise NotFound
    translation = form.attempt(lambda: actions.start(story, form.language.data, by=account))
    if translation is None:
        return _page(story, form)
    return redirect(_address(translation))


@blueprint.post(f"/stories/<int(max={BIGGEST}):story_id>/translations/permission")
def permit(story_id: int) -> Page:
    story = access.load_story(story_id, Permission.EDIT)
    is_permitted = PermissionForm().is_permitted.data == "1"
    actions.permit(story, is_permitted=is_permitted)
    if is_permitted:
        flash(_("Others may translate this story again, and what was translated before can be read."))
    else:
        flash(_("Nobody can translate this story any more, and its translations are not shown."))
    return redirect(url_for("translations.of_story", story_id=story.id))


def _page(story: Contribution, form: BeginForm) -> Page:
    member = accounts.member()
    account: Account | None = member.account if member else None
    if story.live_revision is None:
        raise NotFound
    is_author = rules.is_author(accounts.person(), story)
    form.offer(account.languages if account else (), told_in=story.language)
    page = render_template(
        "translations/of_story.html",
        story=story,
        lines=queries.of_story(story.id, viewer_id=account.id if account else None, is_author=is_author),
        form=form,
        is_author=is_author,
        obstacle=actions.obstacle(story),
    )
    return page, form.status


def _address(translation: Translation) -> str:
    """One that was refused or hidden cannot be changed; why stands on its own page."""
    if translation.is_editable:
        return url_for("translations.edit", translation_id=translation.id)
    return url_for("moderation.status", contribution_id=translation.id)
