"""The review page: one revision as it will appear, with everything a decision needs."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from community.accounts import access as accounts
from community.contributions.models import Contribution, Revision
from community.kit import difference
from community.moderation import access, actions, forms, queries
from community.moderation.views.blueprint import BIGGEST, Page, blueprint
from community.policy.permissions import Permission


@blueprint.get(f"/moderation/reviews/<int(max={BIGGEST}):revision_id>")
def review(revision_id: int) -> Page:
    contribution, revision = access.load_review(revision_id, Permission.REVIEW)
    form = forms.DecisionForm(data={"revision": revision.number, "version": contribution.version})
    form.offer(queries.clauses_in_force())
    return _review(contribution, revision, form)


@blueprint.post(f"/moderation/reviews/<int(max={BIGGEST}):revision_id>")
def decide(revision_id: int) -> Page:
    contribution, revision = access.load_review(revision_id, Permission.REVIEW)
    form = forms.DecisionForm().offer(queries.clauses_in_force())
    decision = form.attempt(
        lambda: actions.decide(contribution, revision, form.ruling(), by=accounts.require(Permission.REVIEW))
    )
    if decision is None:
        return _review(contribution, revision, form)
    flash(_("Decided. The author is told by mail."))
    return redirect(url_for("moderation.queue"))


def _review(contribution: Contribution, revision: Revision, form: forms.DecisionForm) -> Page:
    live = contribution.live_revision
    is_edit = live is not None and live.id != revision.id
    page = render_template(
        "moderation/review.html",
        contribution=contribution,
        revision=revision,
        changes=difference.paragraphs(live.body, revision.body) if live and is_edit else None,
        outcomes=actions.lawful_outcomes(contribution, revision, queries.review(revision.id)),
        decisions=queries.decisions_on(contribution.id),
        history=queries.history_of(contribution.author_id),
        form=form,
    )
    return page, form.status
