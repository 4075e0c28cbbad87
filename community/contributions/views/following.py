"""Following, and the list of all somebody follows."""

from itertools import groupby

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from community.accounts import access as accounts
from community.contributions import access, actions, forms, queries
from community.kit import addresses, i18n
from community.policy.permissions import Permission

blueprint = Blueprint("following", __name__)

Page = Response | str | tuple[str, int]


@blueprint.get("/me/following")
def mine() -> Page:
    account = accounts.require(Permission.USE_ACCOUNT)
    lines = groupby(queries.followed_by(account.id), key=lambda line: line.subject)
    return render_template(
        "contributions/following.html",
        groups=[(subject, list(its)) for subject, its in lines],
        topics={slug: name for _number, slug, name in queries.topics(i18n.language())},
    )


@blueprint.post("/follows")
def follow() -> Page:
    form = forms.FollowForm()
    followed = access.load_followed(form.kind.data or "", form.target.data or "", is_wanted=form.is_on)
    if form.is_on:
        actions.follow(followed, by=accounts.me())
        flash(_("You follow this now. What is new stands on your own home page."))
    else:
        actions.unfollow(followed, by=accounts.me())
        flash(_("You do not follow this any more."))
    return _back(form)


@blueprint.post("/follows/mutes")
def mute() -> Page:
    form = forms.FollowForm()
    followed = access.load_followed(form.kind.data or "", form.target.data or "", is_wanted=False)
    actions.mute(followed, is_muted=form.is_on, by=accounts.me())
    flash(_("Saved."))
    return _back(form)


def _back(form: forms.FollowForm) -> Response:
    return redirect(addresses.same_site(form.next.data) or url_for("following.mine"))
