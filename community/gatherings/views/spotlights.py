"""Spotlights as everybody reads them."""

from flask import redirect, render_template, request, url_for

from community.accounts import access as accounts
from community.contributions import access as contributions
from community.gatherings import access, processing, queries
from community.gatherings.views.blueprint import Page, blueprint, topics
from community.kit import i18n
from community.kit.numbers import BIGGEST
from community.stories import processing as stories


@blueprint.get("/spotlights")
def spotlights() -> Page:
    page = queries.published(after=request.args.get("after"))
    following = url_for("gatherings.spotlights", after=page.next) if page.next else None
    return render_template(
        "gatherings/spotlights.html", found=processing.teasers(page.rows), next_url=following
    )


@blueprint.get(f"/spotlights/<int(max={BIGGEST}):spotlight_id>")
def spotlight(spotlight_id: int) -> Page:
    return redirect(processing.spotlight_path(access.load_spotlight(spotlight_id)))


@blueprint.get(f"/spotlights/<int(max={BIGGEST}):spotlight_id>/<slug>")
def read_spotlight(spotlight_id: int, slug: str) -> Page:
    found = access.load_spotlight(spotlight_id)
    if slug != processing.spotlight_slug(found):
        return redirect(processing.spotlight_path(found))
    (cards,) = stories.dressed(contributions.spoken(), queries.cards(found.id, apart=accounts.apart()))
    return render_template(
        "gatherings/spotlight.html",
        spotlight=found,
        text=found.words(i18n.language()),
        cards=cards,
        topics=topics(),
        countries=list(dict.fromkeys(card.country for card in cards)),
    )
