"""The list of notices, how somebody wants to hear by mail, and the address that ends a kind of mail."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from community.accounts import access as accounts
from community.kit import i18n
from community.kit.numbers import BIGGEST
from community.notifications import access, actions, forms, queries
from community.notifications.processing import sentences
from community.policy.permissions import Permission

blueprint = Blueprint("notices", __name__)

Page = Response | str | tuple[str, int]


@blueprint.get("/me/notices")
def index() -> Page:
    account = accounts.require(Permission.USE_ACCOUNT)
    page = queries.lines(account.id, i18n.language(), after=request.args.get("after"))
    return render_template(
        "notifications/index.html",
        told=[sentences.told(line) for line in page.rows],
        shown=",".join(str(line.id) for line in page.rows),
        next_url=url_for("notices.index", after=page.next) if page.next else None,
    )


@blueprint.post(f"/me/notices/<int(max={BIGGEST}):notice_id>/opening")
def open_notice(notice_id: int) -> Page:
    """Read, with what was told together with it; then on to what it is about."""
    account = accounts.require(Permission.USE_ACCOUNT)
    actions.read(notice_id, by=account)
    line = queries.line(notice_id, i18n.language())
    return redirect(sentences.path(line) if line else url_for("notices.index"))


@blueprint.post("/me/notices/reading")
def read_all() -> Page:
    account = accounts.require(Permission.USE_ACCOUNT)
    actions.read_all(max(forms.MarkForm().numbers, default=0), by=account)
    return redirect(url_for("notices.index"))


@blueprint.post("/me/notices/seeing")
def see() -> Page:
    """A page of the list is before somebody's eyes: no mail has to say it again."""
    account = accounts.require(Permission.USE_ACCOUNT)
    actions.see(forms.MarkForm().numbers, by=account)
    return "", 204


@blueprint.get("/account/notices")
def choices() -> Page:
    account = accounts.require(Permission.USE_ACCOUNT)
    form = forms.ChoiceForm(
        country=account.country, chosen=queries.choices(account.id), zone=queries.zone(account.id)
    )
    return render_template("notifications/choices.html", form=form)


@blueprint.post("/account/notices")
def choose() -> Page:
    account = accounts.require(Permission.USE_ACCOUNT)
    form = forms.ChoiceForm(country=account.country, chosen=queries.choices(account.id))
    form.attempt(lambda: actions.choose(form.chosen, form.zone.data, by=account))
    if form.errors:
        return render_template("notifications/choices.html", form=form), form.status
    flash(_("Saved."))
    return redirect(url_for("notices.choices"))


@blueprint.get("/unsubscribe/<token>")
def ask_unsubscribing(token: str) -> Page:
    _account, kinds = access.load_unsubscribing(token)
    return render_template(
        "notifications/unsubscribe.html", kinds=[sentences.KINDS[kind] for kind in kinds], is_done=False
    )


@blueprint.post("/unsubscribe/<token>")
def unsubscribe(token: str) -> Page:
    """Nobody has to sign in, and a mail program sends no token of ours: the address itself is signed (RFC 8058)."""
    account, kinds = access.load_unsubscribing(token)
    actions.switch_off(kinds, of=account)
    return render_template(
        "notifications/unsubscribe.html", kinds=[sentences.KINDS[kind] for kind in kinds], is_done=True
    )
