"""Claims: taking an item for ten minutes, by itself or by a button, and letting it go on every way out."""

from flask import flash, jsonify, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from community.accounts import access as accounts
from community.kit import clock
from community.kit.numbers import BIGGEST
from community.moderation import access, forms
from community.moderation.actions import reviews
from community.moderation.models import Review
from community.moderation.views import scope as scopes
from community.moderation.views.blueprint import Page, blueprint
from community.policy.permissions import Permission


@blueprint.post(f"/moderation/reviews/<int(max={BIGGEST}):revision_id>/claim")
def claim(revision_id: int) -> Page:
    """Take it, or keep it for another ten minutes."""
    review = access.load_item(revision_id, Permission.DECIDE)
    reviews.claim(review, by=accounts.require(Permission.REVIEW))
    if request.is_json:
        return _left(review)
    return redirect(url_for("moderation.review", revision_id=revision_id) + _query())


@blueprint.post("/moderation/claims/release")
def release() -> Page:
    """Let go of one item (``revision_id``), or of whatever one has."""
    form = forms.ReleaseForm()
    by = accounts.require(Permission.REVIEW)
    reviews.release(by_id=by.id, only=form.revision_id.data if form.validate() else None)
    if form.is_leaving.data:
        return Response(status=204)
    flash(_("Let go. Anybody can take it now."))
    return redirect(url_for("moderation.queue") + _query())


def _left(review: Review) -> Response:
    """How long it is held, in seconds: the two clocks may differ."""
    until = review.claimed_until or clock.now()
    return jsonify(seconds=max(0, int((until - clock.now()).total_seconds())))


def _query() -> str:
    return scopes.chosen(accounts.require(Permission.REVIEW)).query
