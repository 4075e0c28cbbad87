"""What a call says in the other languages of the interface."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from community.calls import actions
from community.calls.models import Call
from community.gatherings import access
from community.gatherings.forms import CallTextForm
from community.gatherings.views.blueprint import Page, blueprint
from community.kit.errors import NotFound
from community.kit.languages import INTERFACE
from community.kit.numbers import BIGGEST

PATH = f"/curation/calls/<int(max={BIGGEST}):call_id>/texts/<language>"


@blueprint.get(PATH)
def call_text(call_id: int, language: str) -> Page:
    found = _load(call_id, language)
    return _page(CallTextForm.of(found, language), found, language)


@blueprint.post(PATH)
def save_call_text(call_id: int, language: str) -> Page:
    found, form = _load(call_id, language), CallTextForm()
    if not form.attempt(lambda: actions.translate(found, language, form.said(), on=form.on)):
        return _page(form, found, language)
    flash(_("Saved."))
    return redirect(url_for("gatherings.edit_call", call_id=found.id))


def _load(call_id: int, language: str) -> Call:
    found = access.load_call_to_curate(call_id)
    if language not in INTERFACE or language == found.language:
        raise NotFound
    return found


def _page(form: CallTextForm, call: Call, language: str) -> Page:
    if form.status == 409:
        form.stand_on(call)
    page = render_template(
        "gatherings/curation_text.html",
        form=form,
        first=call.words(call.language),
        now=next((one for one in call.texts if one.language == language), None),
        language=language,
        back=url_for("gatherings.edit_call", call_id=call.id),
        is_stale=form.status == 409,
    )
    return page, form.status
