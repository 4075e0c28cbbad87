"""The author's own view of where a contribution stands."""

from typing import NamedTuple

from flask import render_template, request

from community.contributions import access as contributions
from community.contributions import queries as contribution_queries
from community.contributions.models import Revision, RevisionState
from community.kit.errors import NotFound
from community.media.processing import showing
from community.moderation import processing, queries
from community.moderation.access.appeals import ways
from community.moderation.views.blueprint import BIGGEST, Page, blueprint
from community.policy.permissions import Permission


class Wait(NamedTuple):
    """``place`` is 1 for the next one; ``usual`` is in seconds, where it is known."""

    place: int
    usual: int | None


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
        arranged=showing.of_revision(waiting or revision),
        wait=_wait(waiting) if waiting else None,
        decisions=decisions,
        clauses=processing.by_id(queries.clauses([d.clause_id for d in decisions if d.clause_id])),
        ways=ways(decisions),
        sent=request.args.get("sent", "")[:64],
    )


def _wait(waiting: Revision) -> Wait:
    return Wait(
        contribution_queries.place_in_queue(waiting),
        contribution_queries.usual_wait_seconds(waiting.language),
    )
