"""Insights, for curators: the page, and its tables as CSV."""

from flask import Blueprint, Response, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from community.accounts import access as accounts
from community.insights.processing import page
from community.insights.processing.choices import offered
from community.insights.processing.naming import Names
from community.policy.permissions import Permission

blueprint = Blueprint("insights", __name__)
Page = str | AnyResponse


@blueprint.get("/insights")
def index() -> Page:
    """Narrowed by ``from``, ``to`` (months), ``country``, ``model``, ``powertrain``, ``topic`` and ``language``."""
    accounts.require(Permission.SEE_INSIGHTS)
    names = Names.read()
    found = page.insights(request.args, names)
    return render_template("insights/index.html", insights=found, offered=offered(names))


@blueprint.get("/insights/<string(maxlength=20):key>.csv")
def table_csv(key: str) -> Page:
    """One table of the page, narrowed as the page can be."""
    accounts.require(Permission.SEE_INSIGHTS)
    answer = Response(page.sheet(key, request.args), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f"attachment; filename=insights-{key}.csv"
    return answer
