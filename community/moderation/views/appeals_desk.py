"""Appeals at the desk: the list, and one appeal with everything a second person needs."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from community.accounts import access as accounts
from community.kit.numbers import BIGGEST
from community.moderation import queries
from community.moderation.access.appeals import load_appeal
from community.moderation.actions import appeals as actions
from community.moderation.actions import reversing
from community.moderation.forms.appealing import MessageForm, VerdictForm
from community.moderation.models import Appeal
from community.moderation.processing import appealing
from community.moderation.queries import appeals as appeal_queries
from community.moderation.views.blueprint import Page, blueprint
from community.policy.permissions import Permission


@blueprint.get("/moderation/appeals")
def appeals() -> Page:
    """The open ones, oldest first, with whose they are to decide; then those that were decided."""
    viewer = accounts.require(Permission.REVIEW)
    is_past = "decided" in request.args
    listed = appeal_queries.decided_appeals if is_past else appeal_queries.open_appeals
    page = listed(viewer_id=viewer.id, after=request.args.get("after"))
    team = () if is_past else appeal_queries.team()
    return render_template(
        "moderation/appeals.html",
        rows=page.rows,
        is_past=is_past,
        hands={row.appeal.id: appealing.hands(row.appeal, team, viewer) for row in page.rows},
        next_url=_next(page.next, is_past=is_past) if page.next else None,
    )


@blueprint.get(f"/moderation/appeals/<int(max={BIGGEST}):appeal_id>")
def judging(appeal_id: int) -> Page:
    found = load_appeal(appeal_id, Permission.REVIEW)
    return _page(found, VerdictForm(), MessageForm(formdata=None))


@blueprint.post(f"/moderation/appeals/<int(max={BIGGEST}):appeal_id>")
def judge(appeal_id: int) -> Page:
    found = load_appeal(appeal_id, Permission.DECIDE_APPEAL)
    form = VerdictForm().offer(queries.clauses_in_force())
    by = accounts.require(Permission.REVIEW)
    if form.attempt(lambda: actions.judge(found, form.judgement(found), by=by)) is None:
        return _page(load_appeal(appeal_id, Permission.REVIEW), form, MessageForm(formdata=None))
    flash(_("Decided. Whoever appealed is told by mail, with your answer."))
    return redirect(url_for("moderation.appeals"))


@blueprint.get(f"/moderation/appeals/<int(max={BIGGEST}):appeal_id>/messages")
def appeal_messages(appeal_id: int) -> Page:
    """They stand on the appeal's own page; here is only where a form was answered."""
    found = load_appeal(appeal_id, Permission.REVIEW)
    return redirect(url_for("moderation.judging", appeal_id=found.id))


@blueprint.post(f"/moderation/appeals/<int(max={BIGGEST}):appeal_id>/messages")
def ask_appellant(appeal_id: int) -> Page:
    """Whoever may decide it may ask; the first to decide, and those it concerns, keep out of it."""
    found = load_appeal(appeal_id, Permission.DECIDE_APPEAL)
    form, by = MessageForm(), accounts.require(Permission.REVIEW)
    said = form.attempt(lambda: actions.write(found, form.message.data or "", by_id=by.id, is_from_desk=True))
    if said is None:
        return _page(load_appeal(appeal_id, Permission.REVIEW), VerdictForm(formdata=None), form)
    flash(_("Sent. They are told by mail and can answer here."))
    return redirect(url_for("moderation.judging", appeal_id=appeal_id) + f"#message-{said.id}")


def _page(appeal: Appeal, form: VerdictForm, asking: MessageForm) -> Page:
    evidence = appealing.evidence(appeal)
    page = render_template(
        "moderation/appeal_judging.html",
        appeal=appeal,
        evidence=evidence,
        hands=appealing.hands(appeal, appeal_queries.team(), accounts.require(Permission.REVIEW)),
        would=reversing.outcome_of(appeal.decision, evidence.contribution),
        form=form.offer(queries.clauses_in_force()).shown(evidence.contribution),
        asking=asking,
    )
    return page, max(form.status, asking.status)


def _next(after: str, *, is_past: bool) -> str:
    return url_for("moderation.appeals", after=after, decided=1 if is_past else None)
