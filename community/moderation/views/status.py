"""The author's own view of where a contribution stands."""

from flask import render_template, request

from community.contributions import access as contributions
from community.contributions import queries as contribution_queries
from community.contributions.models import RevisionState
from community.kit.errors import NotFound
from community.moderation import processing, queries
from community.moderation.access.appeals import ways
from community.moderation.views.blueprint import BIGGEST, Page, blueprint
from community.policy.permissions import Permission


@blueprint.get(f"/contributions/<int(max={BIGGEST}):contribution_id>/status")
def status(contribution_id: int) -> Page:
    """Where one's own contribution stands: its place in the queue, what was decided and why."""
    contribution = contributions.load(contribution_id, Permission.FOLLOW_STATUS)
    revision = contribution_queries.newest_revision(contribution.id)
    if revision is None:
        raise NotFound
    decisions = queries.decisions_on(contribution.id)
    waiting = contribution_queries.revision_in(contribution.id, RevisionState.WAITING)
    return render_template(
        "moderation/status.html",
        contribution=contribution,
        revision=waiting or revision,
        place=contribution_queries.place_in_queue(waiting) if waiting else None,
        usual_wait=contribution_queries.usual_wait_seconds(revision.language),
        decisions=decisions,
        clauses=processing.by_id(queries.clauses([d.clause_id for d in decisions if d.clause_id])),
        ways=ways(decisions),
        sent=request.args.get("sent", "")[:64],
    )
