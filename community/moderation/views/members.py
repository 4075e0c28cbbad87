"""A member before the desk: one timeline, notes, sanctions."""

from dataclasses import dataclass, field

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from community.accounts import access as accounts
from community.accounts.models import Account
from community.kit import addresses, clock
from community.kit.numbers import BIGGEST
from community.moderation import queries
from community.moderation.access import members as access
from community.moderation.actions import notes, sanctions
from community.moderation.forms.sanctioning import LiftForm, NoteForm, SanctionForm
from community.moderation.processing import members as words
from community.moderation.views.blueprint import Page, blueprint
from community.policy import rules
from community.policy.permissions import Permission


@dataclass
class Forms:
    """Those of a member's page; ``lifted_id`` is the sanction whose end was refused."""

    sanction: SanctionForm | None = None
    note: NoteForm = field(default_factory=lambda: NoteForm(formdata=None))
    lift: LiftForm = field(default_factory=lambda: LiftForm(formdata=None))
    lifted_id: int | None = None


@blueprint.get("/moderation/members/<handle>")
def member(handle: str) -> Page:
    return _member(access.load_member(handle), Forms(), 200)


@blueprint.post("/moderation/members/<handle>/notes")
def write_note(handle: str) -> Page:
    about, form = access.load_member(handle), NoteForm()
    beside = access.load_beside(about, form.contribution.data)
    by = accounts.require(Permission.REVIEW)
    note = form.attempt(lambda: notes.write_note(about, form.body.data or "", by=by, contribution_id=beside))
    if note is None:
        return _member(about, Forms(note=form), form.status)
    flash(_("The note is kept."))
    return redirect(addresses.same_site(form.back.data) or url_for("moderation.member", handle=about.handle))


@blueprint.post("/moderation/members/<handle>/sanctions")
def sanction(handle: str) -> Page:
    about = access.load_member(handle, Permission.SANCTION)
    form, by = _offered(SanctionForm(), about), accounts.require(Permission.SANCTION)
    if form.attempt(lambda: sanctions.impose(about, form.charge(), by=by)) is None:
        return _member(about, Forms(sanction=form), form.status)
    flash(_("Done. The member is told by mail."))
    return redirect(url_for("moderation.member", handle=about.handle))


@blueprint.post(f"/moderation/sanctions/<int(max={BIGGEST}):sanction_id>/lift")
def lift(sanction_id: int) -> Page:
    about, imposed = access.load_sanction(sanction_id)
    form, by = LiftForm(), accounts.require(Permission.SANCTION)
    if form.attempt(lambda: sanctions.lift(imposed, by=by, explanation=form.explanation.data or "")) is None:
        return _member(about, Forms(lift=form, lifted_id=imposed.id), form.status)
    flash(_("Lifted. The member is told by mail."))
    return redirect(url_for("moderation.member", handle=about.handle))


def _member(about: Account, forms: Forms, status: int) -> Page:
    if rules.can(accounts.person(), Permission.SANCTION, about) and forms.sanction is None:
        forms.sanction = _offered(SanctionForm(formdata=None), about)
    timeline = queries.members.timeline(about.id, after=request.args.get("after"))
    imposed = queries.members.sanctions_of(about.id)
    page = render_template(
        "moderation/member.html",
        member=about,
        misuse=queries.members.misuse(about.id, clock.now() - sanctions.COUNTED),
        numbers=queries.members.numbers(about.id),
        sanctions=words.imposed(imposed, queries.clauses([one.clause_id for one in imposed])),
        timeline=timeline,
        next_url=url_for("moderation.member", handle=about.handle, after=timeline.next)
        if timeline.next
        else None,
        forms=forms,
    )
    return page, status


def _offered(form: SanctionForm, about: Account) -> SanctionForm:
    may_close = rules.can(accounts.person(), Permission.CLOSE_ACCOUNT, about)
    return form.offer(queries.clauses_in_force(), may_close=may_close)
