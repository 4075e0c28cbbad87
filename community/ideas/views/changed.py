"""What stories changed: the ideas that came out of them, and where they stand."""

from flask import render_template, request, url_for

from community.accounts import access as accounts
from community.contributions import access
from community.ideas import queries
from community.ideas.processing import speaking
from community.ideas.views.blueprint import Page, blueprint
from community.kit import i18n


@blueprint.get("/changed")
def changed() -> Page:
    """``?stage=planned``: only those; an unknown one is passed over."""
    stages = queries.stages(i18n.language())
    stage = next((one for one in stages if one.slug == request.args.get("stage")), None)
    apart = accounts.apart()
    page = queries.changed(stage.id if stage else None, after=request.args.get("after"), apart=apart)
    numbers = [card.id for card in page.rows]
    following = url_for("ideas.changed", stage=stage and stage.slug, after=page.next)
    return render_template(
        "ideas/changed.html",
        cards=speaking.said(access.spoken(), page.rows)[0],
        stages={one.id: one for one in stages},
        stage=stage,
        fed=queries.feeding(numbers, apart=apart),
        said=queries.last_said(numbers),
        next_url=following if page.next else None,
    )
