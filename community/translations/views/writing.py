"""The editor: an original beside its translation, kept, previewed, sent."""

from typing import Any

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from community.accounts import access as accounts
from community.accounts.models import Account
from community.contributions import access as contributions
from community.contributions import queries as contribution_queries
from community.contributions.models import RevisionState
from community.contributions.processing import checks
from community.kit.forms import posted_json
from community.kit.numbers import BIGGEST
from community.policy.permissions import Permission
from community.translations import access, actions, queries
from community.translations.access import Work
from community.translations.forms import BIGGEST as BIGGEST_NUMBER
from community.translations.forms import FIRST_SEQUENCE, TranslationForm
from community.translations.processing import laying
from community.translations.processing.laying import Preview
from community.translations.processing.parts import to_translate
from community.translations.views import machine
from community.translations.views.blueprint import Page, blueprint


@blueprint.get(f"/translations/<int(max={BIGGEST}):translation_id>/edit")
def edit(translation_id: int) -> Page:
    accounts.require(Permission.WRITE)
    work = access.load_work(translation_id)
    return _page(work, _form(work))


@blueprint.post(f"/translations/<int(max={BIGGEST}):translation_id>/edit")
def save(translation_id: int) -> Page:
    account = accounts.require(Permission.WRITE)
    work = access.load_work(translation_id)
    form = _form(work, request.form)
    if request.form.get("action") == "preview":
        return _previewed(work, form)
    is_final = _may_submit(work, form)
    done = form.attempt(lambda: _keep(work, form, account, is_final=is_final))
    return _page(work, form) if done is None else _done(work, form, is_final=is_final)


@blueprint.post(f"/translations/<int(max={BIGGEST}):translation_id>/draft")
def autosave(translation_id: int) -> Page:
    """Keep what is being typed. JSON in and out."""
    accounts.require(Permission.WRITE)
    work = access.load_work(translation_id)
    form = _form(work, _given())
    if not form.validate():
        raise form.refusal()
    kept = actions.keep(work.translation, work.thing, form.typed(), sequence=form.saves)
    return jsonify(
        sequence=kept.sequence,
        saved_at=kept.saved_at.isoformat(),
        edit_url=url_for("translations.edit", translation_id=translation_id),
    )


def _given() -> MultiDict[str, str]:
    """The JSON of an autosave. Raises Invalid."""
    given = posted_json("text")
    return MultiDict({name: str(value) for name, value in given.items() if value is not None})


def _form(work: Work, formdata: Any = None) -> TranslationForm:
    """With what was kept; ``formdata`` is typed over it."""
    is_draft = work.newest.state is RevisionState.DRAFT
    return TranslationForm(
        to_translate(work.original),
        _earlier(work, formdata),
        work.newest.passages,
        formdata=formdata,
        data={
            "form_id": work.translation.form_id,
            "sequence": work.newest.sequence + 1 if is_draft else FIRST_SEQUENCE,
            "original": work.original.number,
        },
    )


def _earlier(work: Work, formdata: Any) -> Any:
    """The parts of the text that the page showed, where that is not the original's newest any more."""
    number = str((formdata or {}).get("original", ""))
    if not number.isdecimal() or len(number) > len(str(BIGGEST_NUMBER)):
        return ()
    if int(number) == work.original.number:
        return ()
    shown = queries.original(work.thing.id, int(number))
    return to_translate(shown) if shown else ()


def _may_submit(work: Work, form: TranslationForm) -> bool:
    """Whether this is to be sent; what may not be yet is kept as a draft, and its translator is told why."""
    is_stale = not form.was_drawn_from(work.original.number)
    if is_stale:
        flash(str(actions.CHANGED), "error")
    if request.form.get("action", "save") != "submit":
        return False
    reason = contributions.why_silent() or access.obstacle(work.thing)
    if reason:
        flash(str(reason), "error")
    return not (reason or is_stale)


def _keep(work: Work, form: TranslationForm, account: Account, *, is_final: bool) -> bool:
    if is_final:
        actions.submit(work.translation, work.thing, form.typed(), sequence=form.saves, by=account)
    else:
        actions.keep(work.translation, work.thing, form.typed(), sequence=form.saves)
    return True


def _done(work: Work, form: TranslationForm, *, is_final: bool) -> Page:
    number = work.translation.id
    if request.form.get("action") == machine.ACTION:
        return machine.fill_in(number)
    if not is_final:
        flash(_("Saved as a draft."))
    if not is_final or contribution_queries.told_draft(number):
        return redirect(url_for("translations.edit", translation_id=number))
    flash(_("Your translation is with the moderators. You will hear from us by mail."))
    return redirect(url_for("moderation.status", contribution_id=number, sent=form.number))


def _previewed(work: Work, form: TranslationForm) -> Page:
    form.validate()
    return _page(work, form, laying.preview(work.original, form.passages, work.translation.language))


def _page(work: Work, form: TranslationForm, preview: Preview | None = None) -> Page:
    obstacle = access.obstacle(work.thing)
    if obstacle:
        return render_template(
            "translations/stopped.html", work=work, form=form, obstacle=obstacle
        ), form.status
    translation = work.translation
    returned = contribution_queries.returned_revision(translation.id)
    page = render_template(
        "translations/edit.html",
        work=work,
        form=form,
        rows=laying.lay_out(work.original, queries.live_passages(work.thing.id, translation.language)),
        preview=preview,
        notes=returned.notes if returned else "",
        usual_wait=contribution_queries.usual_wait_seconds(translation.language),
        told=checks.told_of(contribution_queries.told_draft(translation.id)),
    )
    return page, form.status
