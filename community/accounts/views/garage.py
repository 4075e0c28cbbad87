"""The member's own garage: what stands in it, adding, changing and taking out."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from community.accounts import access, queries
from community.accounts.actions import garage as actions
from community.accounts.forms import PressForm
from community.accounts.forms.garage import VehicleForm, typed
from community.accounts.models import Account, Vehicle
from community.kit.numbers import BIGGEST
from community.policy.permissions import Permission

blueprint = Blueprint("garage", __name__, url_prefix="/me/garage")

Page = Response | str | tuple[str, int]


@blueprint.get("")
def index() -> Page:
    account = access.require(Permission.USE_ACCOUNT)
    return render_template("accounts/garage.html", vehicles=queries.vehicles(account.id))


@blueprint.get("/new")
def new() -> Page:
    return _page(VehicleForm(), access.require(Permission.USE_ACCOUNT))


@blueprint.post("/new")
def add() -> Page:
    account = access.require(Permission.USE_ACCOUNT)
    form = VehicleForm().offer(account.country)
    vehicle = form.attempt(lambda: actions.park(form.car(), form_id=form.number, by=account))
    if vehicle is None:
        return _page(form, account)
    flash(_("It stands in your garage. The next story can name it."))
    return redirect(url_for("garage.index"))


@blueprint.get(f"/<int(max={BIGGEST}):vehicle_id>")
def edit(vehicle_id: int) -> Page:
    vehicle = access.load_vehicle(vehicle_id, Permission.EDIT_VEHICLE)
    return _page(VehicleForm(data=typed(vehicle)), access.me(), vehicle)


@blueprint.post(f"/<int(max={BIGGEST}):vehicle_id>")
def change(vehicle_id: int) -> Page:
    vehicle = access.load_vehicle(vehicle_id, Permission.EDIT_VEHICLE)
    form = VehicleForm().offer(access.me().country)
    if form.attempt(lambda: actions.change(vehicle, form.car())) is None:
        return _page(form, access.me(), vehicle)
    flash(_("Saved."))
    return redirect(url_for("garage.index"))


@blueprint.get(f"/<int(max={BIGGEST}):vehicle_id>/removal")
def ask_removal(vehicle_id: int) -> Page:
    vehicle = access.load_vehicle(vehicle_id, Permission.REMOVE_VEHICLE)
    return render_template("accounts/garage_removal.html", vehicle=vehicle, form=PressForm())


@blueprint.post(f"/<int(max={BIGGEST}):vehicle_id>/removal")
def remove(vehicle_id: int) -> Page:
    actions.remove(access.load_vehicle(vehicle_id, Permission.REMOVE_VEHICLE))
    flash(_("It stands in your garage no more."))
    return redirect(url_for("garage.index"))


def _page(form: VehicleForm, account: Account, vehicle: Vehicle | None = None) -> Page:
    page = render_template(
        "accounts/garage_vehicle.html",
        form=form.offer(account.country),
        vehicle=vehicle,
        models=queries.models(),
    )
    return page, form.status
