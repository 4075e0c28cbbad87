"""The desk, and the author's own view of where a contribution stands."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from community.accounts import access as accounts
from community.accounts import queries as account_queries
from community.contributions import access as contributions
from community.contributions import queries as contribution_queries
from community.contributions.models import Contribution, Revision, RevisionState
from community.kit import countries as country_codes
from community.kit import difference, languages
from community.kit.errors import NotFound
from community.moderation import access, actions, forms, processing, queries
from community.moderation.queries import Scope
from community.policy.permissions import Permission

blueprint = Blueprint("moderation", __name__)

BIGGEST = 9223372036854775807
Page = Response | str | tuple[str, int]


@blueprint.get("/moderation")
def queue() -> Page:
    """What waits, oldest first: the moderator's languages and countries unless the address asks otherwise."""
    account = account_queries.account(accounts.require(Permission.REVIEW).id)
    if account is None:
        raise NotFound
    own = Scope(tuple(account.languages), tuple(desk.country for desk in account.desk_countries))
    scope = _asked(own)
    page = queries.waiting(scope, viewer_id=account.id, after=request.args.get("after"))
    inside, outside = queries.waiting_by_language(scope, viewer_id=account.id)
    return render_template(
        "moderation/queue.html",
        waiting=page.rows,
        scope=scope,
        inside=inside,
        outside=outside,
        next_url=_next(page.next) if page.next else None,
    )


@blueprint.get(f"/moderation/reviews/<int(max={BIGGEST}):revision_id>")
def review(revision_id: int) -> Page:
    contribution, revision = access.load_review(revision_id, Permission.REVIEW)
    form = forms.DecisionForm(data={"revision": revision.number, "version": contribution.version})
    return _review(contribution, revision, form)


@blueprint.post(f"/moderation/reviews/<int(max={BIGGEST}):revision_id>")
def decide(revision_id: int) -> Page:
    contribution, revision = access.load_review(revision_id, Permission.REVIEW)
    form = forms.DecisionForm()
    decision = form.attempt(
        lambda: actions.decide(contribution, revision, form.ruling(), by=accounts.require(Permission.REVIEW))
    )
    if decision is None:
        return _review(contribution, revision, form)
    flash(_("Decided. The author is told by mail."))
    return redirect(url_for("moderation.queue"))


@blueprint.get(f"/contributions/<int(max={BIGGEST}):contribution_id>/status")
def status(contribution_id: int) -> Page:
    """Where one's own contribution stands: its place in the queue, what was decided and why."""
    contribution = contributions.load(contribution_id, Permission.FOLLOW_STATUS)
    revision = contribution_queries.newest_revision(contribution.id)
    if revision is None:
        raise NotFound
    waiting = contribution_queries.revision_in(contribution.id, RevisionState.WAITING)
    return render_template(
        "moderation/status.html",
        contribution=contribution,
        revision=waiting or revision,
        is_waiting=waiting is not None,
        place=contribution_queries.place_in_queue(waiting) if waiting else None,
        usual_wait=contribution_queries.usual_wait_seconds(revision.language),
        decisions=queries.decisions_on(contribution.id),
        clauses={clause.ground: clause for clause in processing.clauses()},
        sent=request.args.get("sent", "")[:64],
    )


def _review(contribution: Contribution, revision: Revision, form: forms.DecisionForm) -> Page:
    live = contribution.live_revision
    is_edit = live is not None and live.id != revision.id
    page = render_template(
        "moderation/review.html",
        contribution=contribution,
        revision=revision,
        changes=difference.paragraphs(live.body, revision.body) if live and is_edit else None,
        outcomes=actions.lawful_outcomes(contribution, revision),
        decisions=queries.decisions_on(contribution.id),
        history=queries.history_of(contribution.author_id),
        form=form,
    )
    return page, form.status


def _asked(own: Scope) -> Scope:
    """``?language=vi`` or ``all``, ``?country=VN`` or ``all``; what is unknown is passed over."""
    language, country = request.args.get("language", ""), request.args.get("country", "")
    asked_languages = (
        (language,) if languages.is_language(language) else () if language == "all" else own.languages
    )
    asked_countries = (
        (country,) if country_codes.is_country(country) else () if country == "all" else own.countries
    )
    return Scope(asked_languages, asked_countries)


def _next(after: str) -> str:
    return url_for(
        "moderation.queue",
        after=after,
        language=request.args.get("language"),
        country=request.args.get("country"),
    )
