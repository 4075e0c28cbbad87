"""Writing a decision down: the log's line, the decision and its statement, in the order in which locks are taken."""

from dataclasses import dataclass

from community.contributions.models import Contribution, Revision
from community.kit import db
from community.moderation.actions import log, statements
from community.moderation.actions.ruling import Ruling
from community.moderation.models import Act, Clause, Decision, LogEntry, Source


@dataclass(frozen=True)
class Occasion:
    """What made somebody look, whether a check had found something, and how many seconds it had waited."""

    source: Source
    is_detected_by_machine: bool
    waited_seconds: int | None


def record(
    contribution: Contribution,
    revision: Revision,
    ruling: Ruling,
    clause: Clause | None,
    occasion: Occasion,
    *,
    by_id: int,
    puid: str | None,
) -> Decision:
    """``puid`` is the number its statement will have, for what restricts."""
    line = _line(contribution, revision, ruling, clause, occasion)
    decision = Decision(
        **_about(contribution, revision),
        version=ruling.version,
        by_id=by_id,
        outcome=ruling.outcome,
        ground=clause.number if clause else None,
        clause_id=clause.id if clause else None,
        explanation=ruling.explanation,
        statement_puid=puid,
        appeal_id=ruling.appeal_id,
        log_number=line.number,
        waited_seconds=occasion.waited_seconds,
        created_at=line.created_at,
    )
    db.session.add(decision)
    db.session.flush()
    if puid and clause:
        statements.state_decision(
            puid,
            decision,
            contribution,
            clause,
            facts=ruling.facts,
            legal_ground=ruling.legal_ground,
            source=occasion.source,
            is_detected_by_machine=occasion.is_detected_by_machine,
        )
    return decision


def _line(
    contribution: Contribution,
    revision: Revision,
    ruling: Ruling,
    clause: Clause | None,
    occasion: Occasion,
) -> LogEntry:
    return log.append(
        Act(ruling.outcome),
        kind=contribution.kind,
        language=revision.language,
        country=contribution.country,
        ground=clause.number if clause else None,
        clause_version=clause.version if clause else None,
        category=clause.category if clause else None,
        **occasion.__dict__,
    )


def _about(contribution: Contribution, revision: Revision) -> dict[str, object]:
    return {
        "contribution_id": contribution.id,
        "revision_id": revision.id,
        "revision_number": revision.number,
        "kind": contribution.kind,
        "language": revision.language,
        "country": contribution.country,
        "author_id": contribution.author_id,
    }
