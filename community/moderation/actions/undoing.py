"""Undo: a decision taken back by who made it, within ten seconds, before anybody is told."""

from datetime import timedelta

from flask_babel import lazy_gettext as _l

from community.accounts.models import Account
from community.contributions import actions as contributions
from community.contributions.models import Contribution, Revision
from community.kit import clock, db, facts
from community.kit.errors import Conflict, NotFound
from community.moderation import queries
from community.moderation.actions import log, reports, reviews
from community.moderation.facts import Undone
from community.moderation.models import Act, Decision, Outcome, Rank

WINDOW = timedelta(seconds=10)
TOO_LATE = _l("It is too late to undo this: the author is being told.")


def undo(decision: Decision, contribution: Contribution, revision: Revision, *, by: Account) -> Decision:
    """Take a decision back: the text, its review and its reports are as they were before.

    The log keeps both lines. Raises NotFound for somebody else's decision, Conflict when it is too late or when
    anything happened since.
    """
    if decision.by_id != by.id or decision.outcome is Outcome.UNDO:
        raise NotFound
    if clock.now() >= decision.created_at + WINDOW:
        raise Conflict(TOO_LATE)
    if contribution.version != decision.version + 1 or queries.is_undone(decision.id):
        raise Conflict(contributions.STALE)
    _take_back(decision, contribution, revision, by=by)
    _reopen_review(decision, contribution, revision)
    line = log.append(
        Act.UNDO,
        kind=decision.kind,
        language=decision.language,
        country=decision.country,
        of_number=decision.log_number,
    )
    undone = Decision(
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
    db.session.add(undone)
    db.session.flush()
    facts.announce(Undone(decision.id))
    return undone


def _take_back(
    decision: Decision, contribution: Contribution, revision: Revision, *, by: Account
) -> None:
    version = contribution.version
    match decision.outcome:
        case Outcome.APPROVE:
            contributions.take_back_publication(contribution, revision, by=by, version=version)
        case Outcome.RETURN:
            contributions.take_back_return(contribution, revision, by=by, version=version)
        case Outcome.REFUSE:
            contributions.take_back_refusal(contribution, revision, by=by, version=version)
        case Outcome.HIDE:
            contributions.restore(contribution, by=by, version=version)
        case Outcome.RESTORE:
            puid = contribution.statement_puid or ""
            contributions.hide(contribution, by=by, version=version, statement_puid=puid)
        case Outcome.LOCK:
            contributions.open_answers(contribution, by=by, version=version)
        case Outcome.UNLOCK:
            contributions.close_answers(contribution, by=by, version=version)
        case Outcome.KEEP:
            contributions.keep(contribution, by=by, version=version)


def _reopen_review(decision: Decision, contribution: Contribution, revision: Revision) -> None:
    reopened = reports.reopen(decision)
    review = queries.review(decision.revision_id)
    was_waiting = decision.outcome in (Outcome.APPROVE, Outcome.RETURN, Outcome.REFUSE)
    if review is None or not (was_waiting or reopened or decision.outcome is Outcome.KEEP):
        return
    rank = Rank(review.rank)
    since = clock.now() - timedelta(seconds=decision.waited_seconds or 0)
    reviews.open_for(revision, contribution, rank=rank, at=since)
    review = queries.review(decision.revision_id)
    if review is not None:
        review.report_count = len([r for r in reopened if r.revision_id == decision.revision_id])

