"""What a spotlight says in the other languages of the interface."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from community.gatherings import access, actions
from community.gatherings.forms import SpotlightTextForm
from community.gatherings.models import Spotlight
from community.gatherings.views.blueprint import Page, blueprint
from community.kit.errors import NotFound
from community.kit.languages import INTERFACE
from community.kit.numbers import BIGGEST

PATH = f"/curation/spotlights/<int(max={BIGGEST}):spotlight_id>/texts/<language>"


@blueprint.get(PATH)
def spotlight_text(spotlight_id: int, language: str) -> Page:
    found = _load(spotlight_id, language)
    return _page(SpotlightTextForm.of(found, language), found, language)


@blueprint.post(PATH)
def save_spotlight_text(spotlight_id: int, language: str) -> Page:
    found, form = _load(spotlight_id, language), SpotlightTextForm()
    title, introduction = form.title.data or "", form.introduction.data or ""
    if not form.attempt(lambda: actions.translate(found, language, title, introduction, on=form.on)):
        return _page(form, found, language)
    flash(_("Saved."))
    return redirect(url_for("gatherings.edit_spotlight", spotlight_id=found.id))


def _load(spotlight_id: int, language: str) -> Spotlight:
    found = access.load_spotlight_to_curate(spotlight_id)
    if language not in INTERFACE or language == found.language:
        raise NotFound
    return found


def _page(form: SpotlightTextForm, spotlight: Spotlight, language: str) -> Page:
    if form.status == 409:
        form.stand_on(spotlight)
    page = render_template(
        "gatherings/curation_text.html",
        form=form,
        first=spotlight.words(spotlight.language),
        now=next((one for one in spotlight.texts if one.language == language), None),
        language=language,
        back=url_for("gatherings.edit_spotlight", spotlight_id=spotlight.id),
        is_stale=form.status == 409,
    )
    return page, form.status
