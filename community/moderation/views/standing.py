"""A member's own standing: warnings to read, sanctions with their reasons, statements, appeals."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from community.accounts import access as accounts
from community.accounts.models import Account
from community.moderation import queries
from community.moderation.access import appeals
from community.moderation.actions import sanctions
from community.moderation.forms.sanctioning import AcknowledgementForm
from community.moderation.models import Appeal, Sanction
from community.moderation.processing import members as words
from community.moderation.views.blueprint import Page, blueprint
from community.policy.permissions import Permission


@blueprint.get("/account/standing")
def standing() -> Page:
    return _standing(accounts.require(Permission.USE_ACCOUNT), 200)


@blueprint.post("/account/standing")
def acknowledge() -> Page:
    """The warnings on the page have been read; one that came meanwhile has not."""
    account, form = accounts.require(Permission.USE_ACCOUNT), AcknowledgementForm()
    if not form.validate():
        return _standing(account, 422)
    sanctions.acknowledge(account, up_to=form.warning.data or 0)
    flash(_("Thank you. You can go on."))
    return redirect(url_for("moderation.standing"))


def _standing(account: Account, status: int) -> Page:
    found = queries.members.sanctions_of(account.id)
    imposed = words.imposed(found, queries.clauses([one.clause_id for one in found]))
    page = render_template(
        "moderation/standing.html",
        account=account,
        sanctions=imposed,
        unread=[one for one in imposed if one.is_unread],
        appeal_urls={one.id: _appeal_url(one) for one in found},
        statements=queries.members.statements_about(account.id),
        appeals=[(one, _followed(one)) for one in queries.members.appeals_of(account.id)],
    )
    return page, status


def _appeal_url(sanction: Sanction) -> str:
    return url_for("moderation.appeal", token=appeals.token_for_sanction(sanction))


def _followed(appeal: Appeal) -> str:
    return url_for("moderation.appeal", token=appeals.token_for_appeal(appeal))
