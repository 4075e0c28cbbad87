"""Home, about, guidelines, privacy; and health for machines."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, current_app, jsonify, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from community.accounts import access as accounts
from community.contributions import access as contributions
from community.contributions import queries as contribution_queries
from community.contributions.models.topic import ANY_COUNTRY, ANY_TOPIC
from community.gatherings import access as gathering_access
from community.gatherings import processing as gatherings
from community.kit import frame, i18n, keeping, pulse, schema
from community.kit.stencil import Stencil, gap
from community.moderation import processing as guidelines_of
from community.moderation import queries as desk
from community.moderation.access import guidelines as guideline_access
from community.moderation.processing import guidelines as clauses_of
from community.pages.processing import arriving, figures
from community.policy.permissions import Permission
from community.stories import access as story_access
from community.stories import processing as story_processing
from community.stories import queries as story_queries
from community.stories.queries import Filter, Sort

blueprint = Blueprint("pages", __name__)
ON_HOME = 7  # one that leads, then rows that are full with two columns and with three
LOVED_ON_HOME = 3
KEPT_FRAMES = 20  # of about 8 kB
MOST_CHANGES = 50  # older ones stand with their clause

Page = AnyResponse | str | tuple[str, int]


@blueprint.get("/")
def home() -> Page:
    read = story_access.read() if accounts.is_signed_in() else ()
    totals = contribution_queries.totals_by_language()
    chosen = Filter(languages=read, apart=accounts.apart())
    newest = story_queries.cards_among(totals, chosen, limit=ON_HOME)
    loved = story_queries.cards_among(totals, replace(chosen, sort=Sort.LOVED), limit=LOVED_ON_HOME)
    topics = contribution_queries.topics(i18n.language())
    spoken = contributions.spoken() if totals.translated else ()
    newest_cards, loved_cards = story_processing.dressed(spoken, newest.rows, loved.rows)
    return render_template(
        "pages/home.html",
        newest=newest_cards,
        loved=loved_cards,
        topics={number: (slug, name) for number, slug, name in topics},
        countries=contribution_queries.stories_by_country(),
        left_out=story_processing.left_out(totals, read, ANY_COUNTRY, ANY_TOPIC),
        gathered=gatherings.featured(*gathering_access.asked_as()),
    )


@blueprint.get("/home")
def own_home() -> Page:
    """What everything a member follows brought, newest first."""
    account = accounts.require(Permission.USE_ACCOUNT)
    page = arriving.shown(account.id, after=request.args.get("after"))
    pager = _pager(url_for("pages.own_home", after=page.next) if page.next else None)
    if not page.drawn:
        topics = contribution_queries.topics(i18n.language())
        follows = contribution_queries.count_followed(account.id)
        return render_template("pages/own_home.html", follows=follows, topics=topics)
    if not frame.is_plain(account):
        return render_template("pages/own_home.html", arrivals=page.drawn, pager=pager)
    key = (request.full_path, i18n.language(), account.role)
    alike = keeping.kept("frames of own homes", key, _with_gaps, most=KEPT_FRAMES)
    return alike.fill(arrivals=page.drawn, pager=pager, **frame.words(account, accounts.unread()))


def _with_gaps() -> Stencil:
    """An own home as all of a role see it, but for what is on it."""
    gaps = {"arrivals": gap("arrivals"), "pager": gap("pager"), **frame.gaps()}
    return Stencil(render_template("pages/own_home.html", **gaps))


def _pager(next_url: str | None) -> Markup:
    macro: Any = current_app.jinja_env.get_template("components/pager.html").module
    pager: Markup = macro.pager(next_url)
    return pager


@blueprint.get("/about")
def about() -> Page:
    return render_template("pages/about.html")


@blueprint.get("/guidelines")
def guidelines() -> Page:
    chapters = guidelines_of.chapters(desk.clauses_in_force())
    return render_template("pages/guidelines.html", chapters=chapters)


@blueprint.get("/guidelines.json")
def guidelines_json() -> Page:
    """Every version of every clause in every language of the interface."""
    return jsonify(clauses_of.as_plain(desk.guidelines.all_clauses()))


@blueprint.get("/guidelines/versions")
def guideline_changes() -> Page:
    """What changed, the newest first, and every version there ever was."""
    clauses = desk.guidelines.all_clauses()
    return render_template(
        "pages/guideline_changes.html",
        changes=clauses_of.changes(clauses, most=MOST_CHANGES),
        clauses=clauses_of.latest(clauses),
    )


@blueprint.get("/guidelines/clauses/<string(maxlength=8):number>")
def clause(number: str) -> Page:
    steps = clauses_of.steps(guideline_access.load_versions(number))
    return render_template("pages/clause.html", steps=steps, clause=steps[0].clause)


@blueprint.get("/guidelines/clauses/<string(maxlength=8):number>/<int(max=99999):version>")
def clause_version(number: str, version: int) -> Page:
    """The words decisions of its time rest on, whatever was changed since."""
    found = guideline_access.load_version(number, version)
    return render_template("pages/clause_version.html", clause=guidelines_of.worded(found))


@blueprint.get("/privacy")
def privacy() -> Page:
    return render_template("pages/privacy.html")


@blueprint.get("/robots.txt")
def robots() -> Page:
    kept_out = ("/account/", "/moderation", "/home", "/me/", "/search")
    base = str(current_app.extensions["settings"].base_url).rstrip("/")
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in kept_out),
        "",
        f"Sitemap: {base}/sitemap.xml",
        "",
    ]
    return Response("\n".join(lines), mimetype="text/plain")


@blueprint.get("/healthz")
def healthz() -> Page:
    return jsonify(status="alive")


@blueprint.get("/readyz")
def readyz() -> Page:
    """503 while the database cannot be reached or is at another revision than this code expects."""
    try:
        found = current_app.extensions["pulse"].read().schema
    except pulse.Unreachable:
        return _unready("unreachable", None)
    if found != schema.expected():
        return _unready("schema", found)
    return jsonify(status="ready", schema=found)


@blueprint.get("/metrics")
def metrics() -> Page:
    return Response(figures.metrics(), content_type=figures.CONTENT_TYPE)


def _unready(reason: str, found: str | None) -> Page:
    response = jsonify(status="not ready", reason=reason, expected=schema.expected(), found=found)
    response.status_code = 503
    return response
