"""Settings."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from community.accounts import access, actions, forms, queries
from community.accounts.models import Account
from community.accounts.views.blueprint import blueprint
from community.accounts.views.joining import wanted
from community.kit import addresses, i18n
from community.kit.errors import NotFound
from community.policy.permissions import Permission

Page = Response | str | tuple[str, int]


@blueprint.get("/settings")
def settings() -> Page:
    account = _whole(access.require(Permission.USE_ACCOUNT))
    form = forms.SettingsForm(
        data={
            "display_name": account.display_name,
            "country": account.country,
            "language": account.ui_language,
            "languages": account.languages,
            "desk_countries": [desk.country for desk in account.desk_countries],
        }
    )
    return render_template("accounts/settings.html", form=form, account=account)


@blueprint.post("/settings")
def save_settings() -> Page:
    account = _whole(access.require(Permission.USE_ACCOUNT))
    form = forms.SettingsForm()
    if form.attempt(lambda: actions.change_preferences(wanted(form), by=account)) is None:
        return render_template("accounts/settings.html", form=form, account=account), form.status
    with i18n.speaking(account.ui_language):
        flash(_("Saved."))
    return i18n.remember(redirect(url_for("accounts.settings")), account.ui_language)


@blueprint.post("/language")
def choose_language() -> Page:
    """An unknown language changes nothing, and the page comes back as it was."""
    account, form = access.require(Permission.USE_ACCOUNT), forms.LanguageForm()
    spoken = i18n.known(form.ui.data)
    if spoken:
        actions.choose_language(spoken, by=account)
    after = addresses.same_site(form.next.data) or url_for("pages.home")
    return i18n.remember(redirect(after), account.ui_language)


def _whole(account: Account) -> Account:
    """With everything the form shows."""
    found = queries.account(account.id)
    if found is None:
        raise NotFound
    return found
