"""Handing on: to the admins, or to somebody who can say what it means."""

from flask import flash, redirect, url_for
from flask_babel import gettext as _

from community.accounts import access as accounts
from community.kit.numbers import BIGGEST
from community.moderation import access, forms
from community.moderation.actions import escalation
from community.moderation.views import review as reviews
from community.moderation.views import scope as scopes
from community.moderation.views.blueprint import Page, blueprint
from community.policy.permissions import Permission


@blueprint.post(f"/moderation/reviews/<int(max={BIGGEST}):revision_id>/escalation")
def escalate(revision_id: int) -> Page:
    item, by = access.load_item(revision_id, Permission.HAND_ON), accounts.require(Permission.REVIEW)
    form = forms.EscalationForm()
    if form.attempt(lambda: escalation.escalate(item, form.escalation.data or "", by=by)) is None:
        contribution, revision = access.load_review(revision_id, Permission.REVIEW)
        return reviews.show(contribution, revision, escalation=form)
    flash(_("Escalated: the admins see it first."))
    return redirect(scopes.page_after(scopes.chosen(by), item))


@blueprint.post(f"/moderation/reviews/<int(max={BIGGEST}):revision_id>/translation")
def ask_translation(revision_id: int) -> Page:
    by = accounts.require(Permission.REVIEW)
    escalation.want_translation(access.load_item(revision_id, Permission.HAND_ON))
    flash(_("Asked: those who read the language see that you want to know what it says."))
    return redirect(url_for("moderation.review", revision_id=revision_id) + scopes.chosen(by).query)
