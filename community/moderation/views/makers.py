"""The list of makers and models, for admins: a new one, another name, two put together, one taken off."""

from itertools import groupby

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from community.accounts import access as accounts
from community.accounts import queries
from community.accounts.actions import listing as actions
from community.accounts.models import Maker, Model
from community.kit.forms import Form
from community.kit.numbers import BIGGEST
from community.moderation.access import makers as access
from community.moderation.forms.makers import ListingForm, MakerForm, MergingForm, ModelForm, RemovalForm
from community.moderation.views.blueprint import Page, blueprint
from community.policy.permissions import Permission

MERGED = _l("Merged. What was of the one is of the other now, and its name leads there.")
OFF_THE_LIST = _l("It is off the list.")


@blueprint.get("/moderation/models")
def models() -> Page:
    """``?maker=…&name=…`` fills the form for a new one."""
    accounts.require(Permission.SET_RULES)
    given = {name: request.args.get(name, "") for name in ("maker", "name")}
    return _list(ListingForm(data=given))


@blueprint.post("/moderation/models")
def list_model() -> Page:
    accounts.require(Permission.SET_RULES)
    form = ListingForm()
    listed = form.attempt(
        lambda: actions.list_model(form.maker.data or "", form.name.data or "", form.from_year.data)
    )
    if listed is None:
        return _list(form)
    flash(_("%(model)s is on the list.", model=listed.whole_name))
    return redirect(url_for("moderation.models"))


@blueprint.get(f"/moderation/models/<int(max={BIGGEST}):model_id>")
def listed_model(model_id: int) -> Page:
    return _model(access.load_model(model_id))


@blueprint.post(f"/moderation/models/<int(max={BIGGEST}):model_id>")
def rename_model(model_id: int) -> Page:
    model, form = access.load_model(model_id), ModelForm()
    if form.attempt(lambda: actions.rename_model(model, form.name.data or "", form.from_year.data)) is None:
        return _model(access.load_model(model_id, or_other_name=True), form)
    flash(_("Saved. The vehicles of this model say so too."))
    return redirect(url_for("moderation.listed_model", model_id=model_id))


@blueprint.post(f"/moderation/models/<int(max={BIGGEST}):model_id>/merging")
def merge_model(model_id: int) -> Page:
    model, form = access.load_model(model_id), MergingForm()
    form.offer(_other_models(model))
    into = form.attempt(lambda: actions.merge_model(model, access.load_model(int(form.into.data))))
    if into is None:
        return _model(access.load_model(model_id, or_other_name=True), form)
    flash(str(MERGED))
    return redirect(url_for("moderation.listed_model", model_id=into.id))


@blueprint.post(f"/moderation/models/<int(max={BIGGEST}):model_id>/removal")
def remove_model(model_id: int) -> Page:
    model, form = access.load_model(model_id, or_other_name=True), RemovalForm()
    above = model.merged_into_id
    if form.attempt(lambda: actions.remove_model(model)) is None:
        return _model(access.load_model(model_id, or_other_name=True), form)
    flash(str(OFF_THE_LIST))
    return redirect(
        url_for("moderation.listed_model", model_id=above) if above else url_for("moderation.models")
    )


@blueprint.get(f"/moderation/makers/<int(max={BIGGEST}):maker_id>")
def listed_maker(maker_id: int) -> Page:
    return _maker(access.load_maker(maker_id))


@blueprint.post(f"/moderation/makers/<int(max={BIGGEST}):maker_id>")
def rename_maker(maker_id: int) -> Page:
    maker, form = access.load_maker(maker_id), MakerForm()
    if form.attempt(lambda: actions.rename_maker(maker, form.name.data or "")) is None:
        return _maker(access.load_maker(maker_id, or_other_name=True), form)
    flash(_("Saved. The vehicles of this maker say so too."))
    return redirect(url_for("moderation.listed_maker", maker_id=maker_id))


@blueprint.post(f"/moderation/makers/<int(max={BIGGEST}):maker_id>/merging")
def merge_maker(maker_id: int) -> Page:
    maker, form = access.load_maker(maker_id), MergingForm()
    form.offer(_other_makers(maker))
    into = form.attempt(lambda: actions.merge_maker(maker, access.load_maker(int(form.into.data))))
    if into is None:
        return _maker(access.load_maker(maker_id, or_other_name=True), form)
    flash(str(MERGED))
    return redirect(url_for("moderation.listed_maker", maker_id=into.id))


@blueprint.post(f"/moderation/makers/<int(max={BIGGEST}):maker_id>/removal")
def remove_maker(maker_id: int) -> Page:
    maker, form = access.load_maker(maker_id, or_other_name=True), RemovalForm()
    above = maker.merged_into_id
    if form.attempt(lambda: actions.remove_maker(maker)) is None:
        return _maker(access.load_maker(maker_id, or_other_name=True), form)
    flash(str(OFF_THE_LIST))
    return redirect(
        url_for("moderation.listed_maker", maker_id=above) if above else url_for("moderation.models")
    )


def _list(form: ListingForm) -> Page:
    listed = queries.models()
    page = render_template(
        "moderation/models.html",
        form=form,
        makers=queries.makers(),
        models={key: list(its) for key, its in groupby(listed, key=lambda model: model.maker_id)},
        vehicles=queries.vehicles_by_model(),
        typed=queries.often_typed(),
    )
    return page, form.status


def _model(model: Model, refused: Form | None = None) -> Page:
    """``refused`` is the one of the page's forms that could not be carried out."""
    page = render_template(
        "moderation/model.html",
        model=model,
        form=_or_fresh(refused, ModelForm(formdata=None, obj=model)),
        merging=_or_fresh(refused, MergingForm(formdata=None).offer(_other_models(model))),
        removal=_or_fresh(refused, RemovalForm(formdata=None)),
        vehicles=queries.vehicles_by_model().get(model.id, 0),
        other_names=queries.other_names(Model, model.id),
    )
    return page, refused.status if refused else 200


def _maker(maker: Maker, refused: Form | None = None) -> Page:
    """As ``_model``."""
    page = render_template(
        "moderation/maker.html",
        maker=maker,
        form=_or_fresh(refused, MakerForm(formdata=None, obj=maker)),
        merging=_or_fresh(refused, MergingForm(formdata=None).offer(_other_makers(maker))),
        removal=_or_fresh(refused, RemovalForm(formdata=None)),
        models=queries.models(maker.id),
        other_names=queries.other_names(Maker, maker.id),
    )
    return page, refused.status if refused else 200


def _or_fresh(refused: Form | None, fresh: Form) -> Form:
    """The refused form where it is one of this kind."""
    return refused if type(refused) is type(fresh) else fresh


def _other_models(model: Model) -> list[tuple[int, str]]:
    return [(other.id, other.whole_name) for other in queries.models() if other.id != model.id]


def _other_makers(maker: Maker) -> list[tuple[int, str]]:
    return [(other.id, other.name) for other in queries.makers() if other.id != maker.id]
