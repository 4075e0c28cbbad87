"""The list of ideas, by what a reader chose."""

from typing import Any

from flask import render_template, request, url_for

from community.accounts import access as accounts
from community.accounts import queries as account_queries
from community.contributions import access
from community.ideas import queries
from community.ideas.models import Area
from community.ideas.processing import speaking
from community.ideas.queries import Filter, Sort
from community.ideas.views.blueprint import Page, blueprint
from community.kit import countries as country_codes
from community.kit import i18n, languages

CHOICES = ("stage", "area", "country", "model", "language", "sort")


@blueprint.get("/ideas")
def index() -> Page:
    stages, offered = queries.stages(i18n.language()), queries.offered()
    chosen = _chosen({stage.slug: stage.id for stage in stages}, offered)
    page = queries.cards(chosen, after=request.args.get("after"))
    found = queries.languages(chosen)
    # A language asked for by name comes before those the reader reads best.
    spoken = (*(chosen.languages if request.args.get("language") else ()), *access.spoken())
    return render_template(
        "ideas/index.html",
        cards=speaking.said(tuple(dict.fromkeys(spoken)), page.rows)[0],
        chosen=chosen,
        stages={stage.id: stage for stage in stages},
        choices=_choices(offered),
        found=found.readable,
        left_out=found.left_out,
        all_url=_again(language="all"),
        next_url=_again(after=page.next) if page.next else None,
    )


def _chosen(stages: dict[str, int], offered: queries.Offered) -> Filter:
    """What the address asks for; what is unknown there is passed over."""
    asked = request.args
    area, sort, country = asked.get("area"), asked.get("sort"), asked.get("country", "")
    return Filter(
        sort=Sort(sort) if sort in list(Sort) else Sort.BROAD,
        stage_id=stages.get(asked.get("stage", "")),
        area=Area(area) if area in list(Area) else None,
        country=country if country_codes.is_country(country) else "",
        model_id=_model(asked.get("model", ""), offered),
        languages=_languages(asked.get("language", "")),
        apart=accounts.apart(),
    )


def _choices(offered: queries.Offered) -> dict[str, list[tuple[str, str]]]:
    """Countries in the reader's order, models by name: (value, name) of those that ideas are about."""
    countries = [one for one in country_codes.choices(i18n.language()) if one[0] in offered.countries]
    return {
        "countries": countries,
        "models": [(slug, name) for slug, (_number, name) in offered.models.items()],
    }


def _model(slug: str, offered: queries.Offered) -> int | None:
    """By its address; one that no idea is about is listed all the same, and has none."""
    if slug in offered.models:
        return offered.models[slug][0]
    listed = account_queries.model_by_slug(slug) if slug and slug.isprintable() else None
    return (listed.merged_into_id or listed.id) if listed else None


def _languages(asked: str) -> tuple[str, ...]:
    """One asked for, all for ``language=all``, else those a signed-in member reads and what is in none."""
    if languages.may_carry(asked):
        return (asked,)
    own = tuple(accounts.me().languages) if accounts.is_signed_in() and not asked else ()
    return (*own, languages.UNTAGGED) if own else ()


def _again(**changes: str | None) -> str:
    asked: dict[str, Any] = {name: request.args.get(name) for name in CHOICES}
    return url_for("ideas.index", **{k: v for k, v in {**asked, **changes}.items() if v})
