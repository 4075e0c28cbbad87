"""A forgotten password: asking for a link, and setting a new one with it. Nobody is signed in by it."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from community.accounts import actions, forms
from community.accounts.models import Purpose
from community.accounts.views.blueprint import blueprint
from community.kit import limits

RECOVERIES = limits.Limit("recover", times=10, seconds=3600)

Page = Response | str | tuple[str, int]


@blueprint.get("/recover")
def recover() -> Page:
    return render_template("accounts/recover.html", form=forms.RecoverForm(), is_sent=False)


@blueprint.post("/recover")
def ask_recovery() -> Page:
    """The same answer for a known and an unknown address."""
    form = forms.RecoverForm()
    if not form.validate():
        return render_template("accounts/recover.html", form=form, is_sent=False), 422
    email = form.email.data or ""
    limits.spend(RECOVERIES, limits.network(request.remote_addr or ""), f"to:{email.strip().lower()}")
    actions.want_recovery(email)
    return render_template("accounts/recover.html", form=form, is_sent=True)


@blueprint.get("/recover/<token>")
def new_password(token: str) -> Page:
    actions.usable(token, Purpose.RECOVER)
    return render_template("accounts/new_password.html", form=forms.NewPasswordForm())


@blueprint.post("/recover/<token>")
def set_password(token: str) -> Page:
    form = forms.NewPasswordForm()
    if form.attempt(lambda: actions.set_new_password(token, form.password.data or "")) is None:
        return render_template("accounts/new_password.html", form=form), form.status
    flash(_("Your new password is set, and every session was ended. Please sign in with it."))
    return redirect(url_for("accounts.login"))
