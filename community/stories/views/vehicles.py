"""Pages that gather owners' stories: a vehicle's, a model's, and the list of all models."""

from itertools import groupby

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from community.accounts import access as accounts
from community.accounts import queries as account_queries
from community.contributions import access as contributions
from community.contributions import queries as contribution_queries
from community.contributions.models import Subject
from community.kit import countries as country_codes
from community.kit import i18n
from community.kit.numbers import BIGGEST
from community.policy.permissions import Permission
from community.stories import index, processing
from community.stories.views.blueprint import blueprint

Page = Response | str | tuple[str, int]


@blueprint.get(f"/vehicles/<int(max={BIGGEST}):vehicle_id>")
def vehicle(vehicle_id: int) -> Page:
    found = accounts.load_vehicle(vehicle_id, Permission.READ_VEHICLE)
    page = index.cards_of_vehicle(found.id, after=request.args.get("after"))
    following = url_for("stories.vehicle", vehicle_id=found.id, after=page.next) if page.next else None
    (cards,) = processing.dressed(contributions.spoken(), page.rows)
    return render_template(
        "stories/vehicle.html", vehicle=found, cards=cards, topics=_topics(), next_url=following
    )


@blueprint.get("/models")
def models() -> Page:
    """By maker, each with how many stories are told about it."""
    listed = account_queries.models()
    return render_template(
        "stories/models.html",
        makers=[(name, list(its)) for name, its in groupby(listed, key=lambda model: model.maker.name)],
        totals=index.stories_by_model(),
    )


@blueprint.get("/models/<string(maxlength=80):slug>")
def model(slug: str) -> Page:
    """``?country=VN``: only what is told there; an unknown code is passed over."""
    found = accounts.load_model(slug)
    if found.slug != slug:
        return redirect(url_for("stories.model", slug=found.slug), 301)
    totals = index.stories_by_country(found.id)
    asked = request.args.get("country", "")
    country = asked if country_codes.is_country(asked) else ""
    page = index.cards_of_model(found.id, country, after=request.args.get("after"), apart=accounts.apart())
    following = url_for("stories.model", slug=slug, country=country or None, after=page.next)
    return render_template(
        "stories/model.html",
        model=found,
        cards=processing.dressed(contributions.spoken(), page.rows)[0],
        topics=_topics(),
        country=country,
        countries=[choice for choice in country_codes.choices(i18n.language()) if choice[0] in totals],
        totals=totals,
        is_followed=contributions.is_followed(Subject.MODEL, found.id),
        next_url=following if page.next else None,
    )


def _topics() -> dict[int, tuple[str, str]]:
    return {number: (slug, name) for number, slug, name in contribution_queries.topics(i18n.language())}
