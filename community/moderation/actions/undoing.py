"""Undo: a decision taken back by who made it, within ten seconds, before anybody is told."""

from datetime import timedelta

from flask_babel import lazy_gettext as _l

from community.accounts.models import Account
from community.contributions import actions as contributions
from community.contributions import queries as contribution_queries
from community.contributions.models import Contribution, Revision
from community.kit import clock, db, facts
from community.kit.errors import Conflict, NotFound
from community.moderation import queries
from community.moderation.actions import log, reports, reviews
from community.moderation.facts import Undone
from community.moderation.models import Act, Decision, LogEntry, Outcome, Result

WINDOW = timedelta(seconds=10)
OPPOSITES = {
    Outcome.HIDE: contributions.restore,
    Outcome.LOCK: contributions.open_answers,
    Outcome.UNLOCK: contributions.close_answers,
    Outcome.KEEP: contributions.keep,
}
OF_THE_TEXT = (Outcome.REFUSE, Outcome.HIDE)
TOO_LATE = _l("It is too late to undo this: the author is being told.")


def undo(decision: Decision, contribution: Contribution, revision: Revision, *, by: Account) -> Decision:
    """Take a decision back: the text, its review and its reports are as they were before.

    The log keeps both lines. Raises NotFound for somebody else's decision, Conflict when it is too late or when
    anything happened since.
    """
    if decision.by_id != by.id or decision.outcome is Outcome.UNDO:
        raise NotFound
    if clock.now() >= decision.created_at + WINDOW or decision.appeal_id is not None:
        raise Conflict(TOO_LATE)
    if contribution.version != decision.version + 1 or queries.is_undone(decision.id):
        raise Conflict(contributions.STALE)
    _take_back(decision, contribution, revision, by=by)
    _remember(decision, contribution)
    _reopen(decision, contribution)
    line = log.append(
        Act.UNDO,
        kind=decision.kind,
        language=decision.language,
        country=decision.country,
        of_number=decision.log_number,
    )
    undone = _second(decision, contribution, line, by=by)
    db.session.add(undone)
    db.session.flush()
    facts.announce(Undone(decision.id))
    return undone


def _second(decision: Decision, contribution: Contribution, line: LogEntry, *, by: Account) -> Decision:
    """The row that says so; the first one stays."""
    return Decision(
        contribution_id=decision.contribution_id,
        revision_id=decision.revision_id,
        revision_number=decision.revision_number,
        version=contribution.version,
        kind=decision.kind,
        language=decision.language,
        country=decision.country,
        author_id=decision.author_id,
        by_id=by.id,
        outcome=Outcome.UNDO,
        explanation="",
        undoes_id=decision.id,
        log_number=line.number,
        created_at=line.created_at,
    )


def _take_back(decision: Decision, contribution: Contribution, revision: Revision, *, by: Account) -> None:
    version = contribution.version
    match decision.outcome:
        case Outcome.APPROVE:
            contributions.take_back_publication(contribution, revision, by=by, version=version)
        case Outcome.RETURN:
            contributions.take_back_return(contribution, revision, by=by, version=version)
        case Outcome.REFUSE:
            contributions.take_back_refusal(contribution, revision, by=by, version=version)
        case Outcome.RESTORE:
            puid = contribution.statement_puid or ""
            contributions.hide(contribution, by=by, version=version, statement_puid=puid)
        case _:
            OPPOSITES[decision.outcome](contribution, by=by, version=version)


def _remember(decision: Decision, contribution: Contribution) -> None:
    """What a move writes over: the statement of an earlier restriction, and since when nobody may answer."""
    if decision.statement_puid and contribution.statement_puid == decision.statement_puid:
        earlier = [one for one in queries.decisions_on(contribution.id) if one.id < decision.id]
        undone = {one.undoes_id for one in earlier}
        stating = [one for one in earlier if one.outcome in OF_THE_TEXT and one.id not in undone]
        contribution.statement_puid = stating[-1].statement_puid if stating else None
    if decision.outcome is Outcome.UNLOCK:
        locked = [move for move in contribution_queries.moves(contribution.id) if move.cause == "lock"]
        contribution.closed_at = locked[-2].created_at if len(locked) > 1 else contribution.closed_at
    db.session.flush()


def _reopen(decision: Decision, contribution: Contribution) -> None:
    """The review it closed, if there was one (only then something had waited), and those its answers closed."""
    own = {decision.revision_id} if decision.waited_seconds is not None else set()
    reported = {report.revision_id for report in queries.reports_answered_by(decision.id)}
    reviews.reopen(own | reported)
    reports.reopen(decision, contribution)
    if decision.outcome is Outcome.RESTORE:
        # Whoever reported it in the meantime has what they asked for: it is hidden, by the decision that hid it.
        hiding = [
            one
            for one in queries.decisions_on(contribution.id)
            if one.statement_puid == contribution.statement_puid
        ]
        reports.answer(contribution.id, Result.ACTED, decision=hiding[-1] if hiding else None)
