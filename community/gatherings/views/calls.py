"""Calls as everybody reads them, with the stories that answer them."""

from flask import redirect, render_template, request, url_for

from community.accounts import access as accounts
from community.calls import queries as call_queries
from community.contributions import access as contributions
from community.gatherings import access, processing, queries
from community.gatherings.views.blueprint import Page, blueprint, topics
from community.kit import i18n
from community.kit.numbers import BIGGEST
from community.stories import processing as stories


@blueprint.get("/calls")
def calls() -> Page:
    after = request.args.get("after")
    ended = call_queries.ended(after=after)
    counts = queries.counted(ended.rows, apart=accounts.apart())
    current = [] if after else processing.call_teasers(call_queries.current())
    return render_template(
        "gatherings/calls.html",
        open_calls=[one for one in current if one[0].is_open],
        coming=[one for one in current if one[0].is_coming],
        ended=processing.call_teasers(ended.rows),
        counts=counts,
        next_url=url_for("gatherings.calls", after=ended.next) if ended.next else None,
    )


@blueprint.get(f"/calls/<int(max={BIGGEST}):call_id>")
def call(call_id: int) -> Page:
    return redirect(processing.call_path(access.load_call(call_id)))


@blueprint.get(f"/calls/<int(max={BIGGEST}):call_id>/<slug>")
def read_call(call_id: int, slug: str) -> Page:
    found = access.load_call(call_id)
    if slug != processing.call_slug(found):
        return redirect(processing.call_path(found))
    apart = accounts.apart()
    page = queries.cards_of_call(found.id, after=request.args.get("after"), apart=apart)
    following = url_for("gatherings.read_call", call_id=call_id, slug=slug, after=page.next)
    ended_as = queries.of_call(found.id) if found.has_ended else None
    return render_template(
        "gatherings/call.html",
        call=found,
        stories=queries.counted([found], apart=apart)[found.id],
        text=found.words(i18n.language()),
        cards=stories.dressed(contributions.spoken(), page.rows)[0],
        topics=topics(),
        spotlight=processing.teasers([ended_as])[0][1] if ended_as and ended_as.is_published else None,
        next_url=following if page.next else None,
    )
