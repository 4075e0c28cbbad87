"""Reports: taken in, and answered by what was decided."""

from sqlalchemy import select

from community.kit import clock, db, facts
from community.moderation.actions import log
from community.moderation.facts import ReportAnswered
from community.moderation.models import Act, Decision, Report, Result


def answer(
    contribution_id: int,
    result: Result,
    *,
    revision_id: int | None = None,
    decision: Decision | None = None,
) -> list[Report]:
    """Answer every open report on a contribution, or on one revision of it; each reporter is told."""
    query = select(Report).where(Report.contribution_id == contribution_id, Report.answered_at.is_(None))
    if revision_id is not None:
        query = query.where(Report.revision_id == revision_id)
    now = clock.now()
    found = list(db.session.scalars(query.order_by(Report.id)))
    for report in found:
        report.answered_at, report.result = now, result
        report.decision_id = decision.id if decision else None
        waited = max(0, int((now - report.created_at).total_seconds()))
        _log(report, Act.ANSWER, result=result, waited_seconds=waited)
        facts.announce(ReportAnswered(report.id))
    return found


def reopen(decision: Decision) -> list[Report]:
    """Take the answers of an undone decision back."""
    found = list(
        db.session.scalars(select(Report).where(Report.decision_id == decision.id).order_by(Report.id))
    )
    for report in found:
        report.answered_at = report.result = report.decision_id = None
        _log(report, Act.REOPEN)
    return found


def _log(report: Report, act: Act, **fields: object) -> None:
    received = db.session.get_one(log.LogEntry, report.log_number)
    log.append(
        act,
        kind=received.kind,
        language=received.language,
        country=received.country,
        category=received.category,
        of_number=received.number,
        **fields,
    )
