"""The review page: one revision as it will appear, with everything a decision needs."""

from flask import redirect, render_template

from community.accounts import access as accounts
from community.contributions.models import Contribution, Revision
from community.kit.numbers import BIGGEST
from community.moderation import access, actions, forms, queries
from community.moderation.views import around
from community.moderation.views import scope as scopes
from community.moderation.views.blueprint import Page, blueprint
from community.policy.permissions import Permission


@blueprint.get(f"/moderation/reviews/<int(max={BIGGEST}):revision_id>")
def review(revision_id: int) -> Page:
    return show(*access.load_review(revision_id, Permission.REVIEW))


@blueprint.post(f"/moderation/reviews/<int(max={BIGGEST}):revision_id>")
def decide(revision_id: int) -> Page:
    """Carry it out and go to the next of the moderator's choice; or put the words of a ground's template in."""
    contribution, revision = access.load_review(revision_id, Permission.REVIEW)
    form, by = forms.DecisionForm(), accounts.require(Permission.REVIEW)
    form.offer(queries.clauses_in_force())
    if form.fill_in(queries.templates(contribution.author.ui_language)):
        return show(contribution, revision, form)
    item = queries.review(revision_id)
    decision = form.attempt(lambda: actions.decide(contribution, revision, form.seen(), by=by))
    if decision is None:
        return show(contribution, revision, form)
    return redirect(scopes.page_after(scopes.chosen(by), item, decision.id))


def show(
    contribution: Contribution,
    revision: Revision,
    form: forms.DecisionForm | None = None,
    escalation: forms.EscalationForm | None = None,
    language: forms.LanguageForm | None = None,
) -> Page:
    """The page, with whatever was typed into one of its forms."""
    desk = around.desk(revision)
    grounds = around.grounds(contribution, revision, desk.item)
    seen = {"revision": revision.number, "version": contribution.version}
    form = form or forms.DecisionForm(formdata=None, data=seen)
    page = render_template(
        "moderation/review.html",
        contribution=contribution,
        revision=revision,
        text=around.text(contribution, revision, language),
        desk=desk,
        grounds=grounds,
        records=around.records(contribution),
        form=form.offer(grounds.clauses),
        escalation=escalation or forms.EscalationForm(formdata=None),
    )
    return page, next((one.status for one in (escalation, language) if one), form.status)
