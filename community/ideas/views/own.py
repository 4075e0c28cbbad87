"""A member's own ideas, and the quotes of their stories that wait for a yes or no."""

from flask import render_template, request, url_for

from community.accounts import access as accounts
from community.ideas import queries
from community.ideas.processing import halves
from community.ideas.views.blueprint import Page, blueprint
from community.kit import i18n
from community.policy.permissions import Permission


@blueprint.get("/me/ideas")
def mine() -> Page:
    account = accounts.require(Permission.USE_ACCOUNT)
    page = queries.mine(account.id, after=request.args.get("after"))
    return render_template(
        "ideas/mine.html",
        lines=[line._replace(excerpt=" ".join(halves.split(line.excerpt))) for line in page.rows],
        asked=queries.asked(account.id),
        stages={stage.id: stage for stage in queries.stages(i18n.language())},
        next_url=url_for("ideas.mine", after=page.next) if page.next else None,
    )
