"""The languages of a story or an idea: what there is, the beginning of another one, and its author's yes or no."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from community.accounts import access as accounts
from community.accounts.models import Account
from community.contributions.models import Contribution, Kind
from community.kit import languages
from community.kit.errors import NotFound
from community.kit.numbers import BIGGEST
from community.policy import rules
from community.policy.permissions import Permission
from community.translations import access, actions, queries
from community.translations.forms import BeginForm, PermissionForm
from community.translations.models import Translation
from community.translations.views.blueprint import Page, blueprint

STORY = f"/stories/<int(max={BIGGEST}):of_id>/translations"
IDEA = f"/ideas/<int(max={BIGGEST}):of_id>/translations"


@blueprint.get(STORY, defaults={"kind": Kind.STORY})
@blueprint.get(IDEA, defaults={"kind": Kind.IDEA})
def of_thing(kind: Kind, of_id: int) -> Page:
    return _page(access.load_original(of_id, Permission.READ, kind), BeginForm(formdata=None))


@blueprint.post(STORY, defaults={"kind": Kind.STORY})
@blueprint.post(IDEA, defaults={"kind": Kind.IDEA})
def begin(kind: Kind, of_id: int) -> Page:
    account = accounts.require(Permission.WRITE)
    thing = access.load_original(of_id, Permission.TRANSLATE, kind)
    form = BeginForm()
    if not languages.is_language(form.language.data or ""):
        raise NotFound
    translation = form.attempt(lambda: actions.start(thing, form.language.data, by=account))
    if translation is None:
        return _page(thing, form)
    return redirect(_address(translation))


@blueprint.post(f"{STORY}/permission", defaults={"kind": Kind.STORY})
@blueprint.post(f"{IDEA}/permission", defaults={"kind": Kind.IDEA})
def permit(kind: Kind, of_id: int) -> Page:
    thing = access.load_original(of_id, Permission.EDIT, kind)
    is_permitted = PermissionForm().is_permitted.data == "1"
    actions.permit(thing, is_permitted=is_permitted)
    if is_permitted:
        flash(_("Others may translate it again, and what was translated before can be read."))
    else:
        flash(_("Nobody can translate it any more, and its translations are not shown."))
    return redirect(url_for("translations.of_thing", kind=kind, of_id=thing.id))


def _page(thing: Contribution, form: BeginForm) -> Page:
    member = accounts.member()
    account: Account | None = member.account if member else None
    if thing.live_revision is None:
        raise NotFound
    viewer_id, is_author = account.id if account else None, rules.is_author(accounts.person(), thing)
    form.offer(account.languages if account else (), told_in=thing.language)
    page = render_template(
        "translations/of_thing.html",
        thing=thing,
        lines=queries.of_thing(thing.id, viewer_id=viewer_id, is_author=is_author, apart=accounts.apart()),
        form=form,
        is_author=is_author,
        obstacle=access.obstacle(thing),
    )
    return page, form.status


def _address(translation: Translation) -> str:
    """One that was refused or hidden cannot be changed; why stands on its own page."""
    if translation.is_editable:
        return url_for("translations.edit", translation_id=translation.id)
    return url_for("moderation.status", contribution_id=translation.id)
