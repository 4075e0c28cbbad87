"""Insights, for curators: the page, and its tables as CSV."""

from flask import Blueprint, Response, render_template, request
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from community.accounts import access as accounts
from community.insights.processing import page
from community.insights.processing.asked import PARAMETERS
from community.insights.processing.choices import offered
from community.insights.processing.naming import Names
from community.kit import i18n, keeping
from community.policy.permissions import Permission

KEPT = 30  # of about 150 kB

blueprint = Blueprint("insights", __name__)
Page = str | AnyResponse


@blueprint.get("/insights")
def index() -> Page:
    """Narrowed by ``from``, ``to`` (months), ``country``, ``model``, ``powertrain``, ``topic`` and ``language``."""
    accounts.require(Permission.SEE_INSIGHTS)
    key = (i18n.language(), *(request.args.get(name, "") for name in PARAMETERS))
    counted = keeping.kept("insights", key, _counted, most=KEPT)
    return render_template("insights/index.html", counted=counted)


@blueprint.get("/insights/<string(maxlength=20):key>.csv")
def table_csv(key: str) -> Page:
    """One table of the page, narrowed as the page can be."""
    accounts.require(Permission.SEE_INSIGHTS)
    answer = Response(page.sheet(key, request.args), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f"attachment; filename=insights-{key}.csv"
    return answer


def _counted() -> Markup:
    """What the page says, which is the same for everybody who may see it."""
    names = Names.read()
    found = page.insights(request.args, names)
    return Markup(render_template("insights/_counted.html", insights=found, offered=offered(names)))  # noqa: S704
