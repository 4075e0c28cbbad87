"""Spotlights as curators make them: the list, a new one, its form, its publication."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from community.accounts import access as accounts
from community.gatherings import access, actions, processing, queries
from community.gatherings.forms import SpotlightForm, VersionForm
from community.gatherings.models import Spotlight
from community.gatherings.views.blueprint import Page, blueprint
from community.kit import i18n
from community.kit.numbers import BIGGEST
from community.policy.permissions import Permission


@blueprint.get("/curation/spotlights")
def spotlight_list() -> Page:
    accounts.require(Permission.CURATE)
    page = queries.every(after=request.args.get("after"))
    following = url_for("gatherings.spotlight_list", after=page.next) if page.next else None
    return render_template(
        "gatherings/curation_spotlights.html",
        spotlights=page.rows,
        next_url=following,
        spoken=i18n.language(),
    )


@blueprint.get("/curation/spotlights/new")
def new_spotlight() -> Page:
    accounts.require(Permission.CURATE)
    return _page(SpotlightForm())


@blueprint.post("/curation/spotlights/new")
def create_spotlight() -> Page:
    account, form = accounts.require(Permission.CURATE), SpotlightForm()
    made = form.attempt(lambda: actions.begin(form.number, form.draft(), by=account))
    return _done(made) if made else _page(form)


@blueprint.get(f"/curation/spotlights/<int(max={BIGGEST}):spotlight_id>/edit")
def edit_spotlight(spotlight_id: int) -> Page:
    found = access.load_spotlight_to_curate(spotlight_id)
    return _page(SpotlightForm.of(found, _lines(found)), found)


@blueprint.post(f"/curation/spotlights/<int(max={BIGGEST}):spotlight_id>/edit")
def save_spotlight(spotlight_id: int) -> Page:
    found, form = access.load_spotlight_to_curate(spotlight_id), SpotlightForm()
    saved = form.attempt(lambda: actions.save(found, form.draft(), on=form.on))
    return _done(saved) if saved else _page(form, found)


@blueprint.post(f"/curation/spotlights/<int(max={BIGGEST}):spotlight_id>/publication")
def publish_spotlight(spotlight_id: int) -> Page:
    """``on=1`` publishes it, ``on=0`` takes it back."""
    found, form = access.load_spotlight_to_curate(spotlight_id), VersionForm()
    act = actions.publish if request.form.get("on") == "1" else actions.take_back
    done = form.attempt(lambda: act(found, on=form.on))
    if done is None:
        return _page(
            SpotlightForm(formdata=None, data=SpotlightForm.of(found, _lines(found)).data), found, form
        )
    flash(_("Everybody can read it now.") if done.is_published else _("Only curators see it now."))
    return redirect(url_for("gatherings.edit_spotlight", spotlight_id=found.id))


def _done(spotlight: Spotlight) -> Page:
    flash(_("Saved."))
    return redirect(url_for("gatherings.edit_spotlight", spotlight_id=spotlight.id))


def _page(
    form: SpotlightForm, spotlight: Spotlight | None = None, publication: VersionForm | None = None
) -> Page:
    status = (publication or form).status
    if spotlight and status == 409:
        form.stand_on(spotlight)
    page = render_template(
        "gatherings/curation_spotlight.html",
        form=form,
        spotlight=spotlight,
        publication=publication,
        is_stale=status == 409,
        lines=queries.lines(spotlight.id) if spotlight else (),
        path=processing.spotlight_path(spotlight) if spotlight else "",
    )
    return page, status


def _lines(spotlight: Spotlight) -> str:
    return processing.as_lines(queries.lines(spotlight.id))
