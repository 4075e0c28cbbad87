"""Registering and confirming the address."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from community.accounts import access, actions, forms
from community.accounts.actions.people import Preferences
from community.accounts.models import Purpose
from community.accounts.views.blueprint import blueprint
from community.kit import i18n, limits
from community.policy.permissions import Permission

REGISTRATIONS = limits.Limit("register", times=20, seconds=3600)
CONFIRMATIONS = limits.Limit("confirmation", times=5, seconds=3600)

Page = Response | str | tuple[str, int]


@blueprint.get("/register")
def register() -> Page:
    if access.is_signed_in():
        return redirect(url_for("stories.mine"))
    language = i18n.language()
    form = forms.RegisterForm(data={"language": language, "languages": [language]})
    return render_template("accounts/register.html", form=form)


@blueprint.post("/register")
def join() -> Page:
    form = forms.RegisterForm()
    limits.check(REGISTRATIONS, limits.network(request.remote_addr or ""))
    account = form.attempt(
        lambda: actions.register(form.email.data or "", form.password.data or "", wanted(form))
    )
    if account is None:
        return render_template("accounts/register.html", form=form), form.status
    limits.count(REGISTRATIONS, limits.network(request.remote_addr or ""))
    access.enter(account)
    flash(
        _(
            "Welcome. We have sent you a mail: open the link in it to confirm your address, then you can submit."
        )
    )
    return redirect(url_for("stories.new"))


@blueprint.get("/confirm/<token>")
def confirm(token: str) -> Page:
    actions.usable(token, Purpose.CONFIRM)
    return render_template("accounts/confirm.html", form=forms.PressForm())


@blueprint.post("/confirm/<token>")
def confirmed(token: str) -> Page:
    actions.confirm_address(token)
    flash(_("Thank you. Your address is confirmed; you can submit stories now."))
    return redirect(url_for("stories.mine") if access.is_signed_in() else url_for("accounts.login"))


@blueprint.post("/confirmation")
def ask_confirmation() -> Page:
    account = access.require(Permission.USE_ACCOUNT)
    limits.spend(CONFIRMATIONS, str(account.id))
    actions.want_confirmation(account)
    flash(_("We have sent you another mail with a link to confirm your address."))
    return redirect(url_for("accounts.settings"))


def wanted(form: forms.RegisterForm | forms.SettingsForm) -> Preferences:
    """What the form says; somebody who names no language reads the one they chose for the site."""
    language = form.language.data or i18n.language()
    return Preferences(
        display_name=form.display_name.data or "",
        country=form.country.data,
        ui_language=language,
        languages=form.read or [language],
        desk_countries=form.desk_countries.data or [] if isinstance(form, forms.SettingsForm) else [],
    )
