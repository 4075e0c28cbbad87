"""Photos by themselves: files that are not for everybody, how far one has come, covering areas of one."""

from flask import Response, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _

from community.kit import storage
from community.kit.errors import Missing, NotFound
from community.media import access, actions, queries
from community.media.forms import AreasForm, Place
from community.media.models import MASTER, Photo, PhotoState, place_of
from community.media.processing import placeholders, receipts, refusals
from community.media.processing.areas import WHOLE
from community.media.views.blueprint import Page, blueprint

OK = 200
PRIVATE = "private, no-cache"
SHOWN = {"": 280, "large": 720}
"""How wide a photo stands on the page of its areas without JavaScript, in CSS pixels: places on it come in these."""

blueprint.add_app_template_global(placeholders.uri, "placeholder")


@blueprint.get("/photos/<string(length=16):key>/<string(maxlength=16):name>")
def show_file(key: str, name: str) -> Response:
    """One file of a photo that is not for everybody (the gate answers for those that are)."""
    photo = access.load(key).photo
    if name == MASTER or name not in {file.name for file in photo.files}:
        raise NotFound
    place = place_of(key, name, photo.covered)
    try:
        answer = Response(storage.read(place), mimetype=f"image/{name.rpartition('.')[2]}")
    except Missing:
        raise NotFound from None
    answer.set_etag(place)
    answer.headers["Cache-Control"] = PRIVATE
    return answer.make_conditional(request)  # type: ignore[return-value]


@blueprint.get("/photos/<string(length=16):key>/state")
def tell_state(key: str) -> Response:
    """For the writing page, which waits for a photo to be prepared."""
    photo = access.load_own(key)
    told = jsonify(
        state=photo.state,
        name=photo.name,
        words=_words(photo),
        receipt=_receipt(photo),
        src=_address(photo, 0),
        large=_address(photo, -1),
    )
    told.headers["Cache-Control"] = "no-store"
    return told


@blueprint.get("/photos/<string(length=16):key>/areas")
def edit_areas(key: str) -> Page:
    """Without JavaScript two presses on the picture are the corners of an area; with it, areas are drawn."""
    return _areas_page(access.load_own(key), AreasForm())


@blueprint.post("/photos/<string(length=16):key>/areas")
def save_areas(key: str) -> Page:
    photo = access.load_own(key)
    form = AreasForm()
    if request.is_json:
        actions.cover(photo, form.chosen())
        return Response(status=204)
    pressed = _pressed(photo)
    if pressed and not form.corner.data:
        form.corner.data = f"{pressed[0]},{pressed[1]}"
        return _areas_page(photo, form)
    form.attempt(lambda: actions.cover(photo, form.chosen(pressed)))
    if form.status != OK:
        return _areas_page(photo, form)
    flash(_("Covered. It takes a few seconds until the picture shows it; no copy without it is kept."))
    return redirect(url_for("media.edit_areas", key=key))


def _address(photo: Photo, number: int) -> str:
    """Of one of its sizes, the smallest first; another one when more of it has been covered."""
    return f"/photos/{photo.key}/{photo.widths[number]}.webp?{photo.covered}" if photo.widths else ""


def _areas_page(photo: Photo, form: AreasForm) -> Page:
    page = render_template(
        "media/areas.html",
        photo=photo,
        form=form,
        size=_shown_size(photo),
        may_cover=not queries.was_submitted(photo),
    )
    return page, form.status


@blueprint.app_template_global("photo_words")
def _words(photo: Photo | None) -> str:
    """Where a photo stands; empty when it is ready."""
    if photo is None:
        return _("This photo is gone. Take it out, and add it again.")
    match photo.state:
        case PhotoState.READY:
            return ""
        case PhotoState.FAILED:
            return str(refusals.WORDS[refusals.Refusal(photo.reason or "")])
        case PhotoState.ARRIVING:
            return _("Not all of it has arrived yet.")
        case PhotoState.WAITING:
            return _("Being prepared…")


@blueprint.app_template_global("photo_receipt")
def _receipt(photo: Photo) -> str:
    """What was taken out of it; empty until it is ready."""
    return receipts.words(photo.receipt, len(photo.areas)) if photo.state is PhotoState.READY else ""


def _pressed(photo: Photo) -> Place | None:
    """Where an image button was pressed, in ten-thousandths; what is no place on it counts as none."""
    place = request.form.get("at.x", ""), request.form.get("at.y", "")
    size = _shown_size(photo)
    if size is None or not all(part.isascii() and part.isdecimal() and len(part) < 5 for part in place):
        return None
    return WHOLE * int(place[0]) // size[0], WHOLE * int(place[1]) // size[1]


def _shown_size(photo: Photo) -> tuple[int, int] | None:
    if not photo.width or not photo.height:
        return None
    width = SHOWN.get(request.args.get("shown", ""), SHOWN[""])
    return width, max(1, round(width * photo.height / photo.width))
