"""Calls as curators make them: the list, a new one, its form, its opening, and the spotlight it ends as."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from community.accounts import access as accounts
from community.calls import actions
from community.calls import queries as call_queries
from community.calls.models import Call
from community.gatherings import access, processing
from community.gatherings import actions as spotlights
from community.gatherings.forms import CallForm, EarlyEndForm, VersionForm
from community.gatherings.views.blueprint import Page, blueprint
from community.kit import i18n
from community.kit.numbers import BIGGEST
from community.policy.permissions import Permission


@blueprint.get("/curation/calls")
def call_list() -> Page:
    accounts.require(Permission.CURATE)
    page = call_queries.every(after=request.args.get("after"))
    following = url_for("gatherings.call_list", after=page.next) if page.next else None
    return render_template(
        "gatherings/curation_calls.html", calls=page.rows, next_url=following, spoken=i18n.language()
    )


@blueprint.get("/curation/calls/new")
def new_call() -> Page:
    accounts.require(Permission.CURATE)
    return _page(CallForm())


@blueprint.post("/curation/calls/new")
def create_call() -> Page:
    account, form = accounts.require(Permission.CURATE), CallForm()
    made = form.attempt(lambda: actions.begin(form.number, form.draft(), by=account))
    return _done(made) if made else _page(form)


@blueprint.get(f"/curation/calls/<int(max={BIGGEST}):call_id>/edit")
def edit_call(call_id: int) -> Page:
    found = access.load_call_to_curate(call_id)
    return _page(CallForm.about(found), found)


@blueprint.post(f"/curation/calls/<int(max={BIGGEST}):call_id>/edit")
def save_call(call_id: int) -> Page:
    found, form = access.load_call_to_curate(call_id), CallForm()
    saved = form.attempt(lambda: actions.save(found, form.draft(), on=form.on))
    return _done(saved) if saved else _page(form, found)


@blueprint.post(f"/curation/calls/<int(max={BIGGEST}):call_id>/opening")
def open_call(call_id: int) -> Page:
    """``on=0`` takes it back; else it is opened."""
    found, form = access.load_call_to_curate(call_id), VersionForm()
    act = actions.take_back if request.form.get("on") == "0" else actions.open_call
    done = form.attempt(lambda: act(found, on=form.on))
    if done is None:
        return _again(found, form)
    flash(_("The call is open to everybody it is for.") if done.is_opened else _("Only curators see it now."))
    return redirect(url_for("gatherings.edit_call", call_id=found.id))


@blueprint.post(f"/curation/calls/<int(max={BIGGEST}):call_id>/early-end")
def end_call_early(call_id: int) -> Page:
    """While it is open: no story can be sent for it from now on."""
    found, form = access.load_call_to_curate(call_id), EarlyEndForm()
    if form.attempt(lambda: actions.end_early(found, form.why.data or "", on=form.on)) is None:
        return _again(found, form)
    flash(_("The call is over."))
    return redirect(url_for("gatherings.edit_call", call_id=found.id))


@blueprint.post(f"/curation/calls/<int(max={BIGGEST}):call_id>/spotlight")
def end_call(call_id: int) -> Page:
    """One that is over becomes a spotlight with its stories in it; pressed again it is the same one."""
    found, account = access.load_call_to_curate(call_id), accounts.require(Permission.CURATE)
    form = VersionForm()
    made = form.attempt(lambda: spotlights.end_call(found, by=account))
    if made is None:
        return _again(found, form)
    return redirect(url_for("gatherings.edit_spotlight", spotlight_id=made.id))


def _done(call: Call) -> Page:
    flash(_("Saved."))
    return redirect(url_for("gatherings.edit_call", call_id=call.id))


def _again(call: Call, act: VersionForm) -> Page:
    """Its form as it is now, above what was refused."""
    return _page(CallForm(formdata=None, data=CallForm.about(call).data), call, act)


def _page(form: CallForm, call: Call | None = None, act: VersionForm | None = None) -> Page:
    status = (act or form).status
    if call and status == 409:
        form.stand_on(call)
    page = render_template(
        "gatherings/curation_call.html",
        form=form,
        call=call,
        act=act,
        early=_early(act, call),
        is_stale=status == 409,
        path=processing.call_path(call) if call else "",
    )
    return page, status


def _early(act: VersionForm | None, call: Call | None) -> EarlyEndForm | None:
    """The form that ends it before its day, with what was typed into it."""
    if call is None or not call.is_open:
        return None
    typed = act.why.data if isinstance(act, EarlyEndForm) else ""
    form = EarlyEndForm(formdata=None, data={"version": call.version, "why": typed})
    form.why.errors = act.why.errors if isinstance(act, EarlyEndForm) else []
    return form
