"""The author's own view of where a contribution stands."""

from typing import NamedTuple

from flask import render_template

from community.contributions import access as contributions
from community.contributions import queries as contribution_queries
from community.contributions.actions import CORRECTED
from community.contributions.models import Revision, RevisionState
from community.kit.errors import NotFound
from community.kit.numbers import BIGGEST
from community.media.processing import showing
from community.moderation import processing, queries
from community.moderation.access.appeals import ways
from community.moderation.views.blueprint import Page, blueprint
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
        is_corrected=_is_corrected(waiting or revision),
    )


def _is_corrected(revision: Revision) -> bool:
    """Whether a moderator said what language it is in."""
    moves = contribution_queries.moves(revision.contribution_id)
    return any(move.cause == CORRECTED and move.revision_id == revision.id for move in moves)


def _wait(waiting: Revision) -> Wait:
    return Wait(
        contribution_queries.place_in_queue(waiting),
        contribution_queries.usual_wait_seconds(waiting.language),
    )
