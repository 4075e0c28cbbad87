"""Blocking a member: what it does, doing it, undoing it, and the list of all somebody blocked."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from community.accounts import access, queries
from community.accounts.actions import blocking as actions
from community.accounts.forms import PressForm
from community.policy.permissions import Permission

blueprint = Blueprint("blocking", __name__)

Page = Response | str | tuple[str, int]


@blueprint.get("/members/<handle>/block")
def ask(handle: str) -> Page:
    member = access.load_member(handle, Permission.BLOCK)
    is_blocked = member.id in access.me().blocks
    return render_template("accounts/block.html", member=member, is_blocked=is_blocked, form=PressForm())


@blueprint.post("/members/<handle>/block")
def block(handle: str) -> Page:
    actions.block(access.load_member(handle, Permission.BLOCK), by=access.me())
    flash(_("This member is blocked. You can undo it here at any time."))
    return redirect(url_for("blocking.blocks"))


@blueprint.post("/members/<handle>/block/removal")
def unblock(handle: str) -> Page:
    actions.unblock(access.load_member(handle, Permission.BLOCK), by=access.me())
    flash(_("This member is not blocked any more."))
    return redirect(url_for("blocking.blocks"))


@blueprint.get("/account/blocks")
def blocks() -> Page:
    account = access.require(Permission.USE_ACCOUNT)
    return render_template("accounts/blocks.html", members=queries.blocked_by(account.id), form=PressForm())
