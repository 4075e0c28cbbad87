"""Reversing: what an appeal found wrong is put back as it was, without a word of it changed.

Where things have moved on since (a newer text is live, another decision holds, its author took it away), nothing is
touched and only the record is corrected.
"""

from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

from community.accounts.models import Account
from community.contributions import actions as contributions
from community.contributions import queries as contribution_queries
from community.contributions.models import Contribution, Revision, RevisionState, State
from community.kit import db
from community.kit.errors import Invalid
from community.moderation.actions import deciding, sanctions
from community.moderation.actions.ruling import Ruling
from community.moderation.models import Appeal, Decision, LogEntry, Outcome
from community.moderation.queries import appeals as queries

CAUSE = "reverse"


@dataclass(frozen=True)
class Change:
    """What a reversal did to a contribution that was at ``version``."""

    outcome: Outcome
    version: int


def reverse(appeal: Appeal, ruling: Ruling | None, *, by: Account) -> Change | None:
    """Undo what the appeal is against, or, when its reporter was right, restrict; None without a change to record.

    Raises Invalid where a restriction lacks its reasons, Conflict when anything moved in this moment.
    """
    if appeal.sanction is not None:
        sanctions.lift(appeal.sanction, by=by, log=False)
        return None
    decision = appeal.decision
    contribution = contribution_queries.contribution(decision.contribution_id) if decision else None
    if decision is None or contribution is None:
        return None
    if appeal.report_id is not None:
        _restrict(contribution, ruling, by=by)
        return None
    return _put_back(decision, contribution, by=by)


def record(appeal: Appeal, change: Change, line: LogEntry, *, by: Account) -> Decision:
    """Write the change down beside the other decisions; ``line`` of the log tells of both."""
    first = appeal.decision
    if first is None:
        raise ValueError("only what was decided about a contribution is put back")
    decision = Decision(
        contribution_id=first.contribution_id,
        revision_id=first.revision_id,
        revision_number=first.revision_number,
        version=change.version,
        kind=first.kind,
        language=first.language,
        country=first.country,
        author_id=first.author_id,
        by_id=by.id,
        outcome=change.outcome,
        explanation="",
        appeal_id=appeal.id,
        log_number=line.number,
        created_at=line.created_at,
    )
    db.session.add(decision)
    db.session.flush()
    return decision


def outcome_of(decision: Decision | None, contribution: Contribution | None) -> Outcome | None:
    """What reversing this decision would do now; None where it would only correct the record."""
    if decision is None or contribution is None:
        return None
    match decision.outcome:
        case Outcome.REFUSE if _is_still_refused(decision, contribution):
            return Outcome.APPROVE
        case Outcome.HIDE if _is_still_hidden(decision, contribution):
            return Outcome.RESTORE
        case Outcome.LOCK if _is_still_locked(decision, contribution):
            return Outcome.UNLOCK
        case _:
            return None


def _put_back(decision: Decision, contribution: Contribution, *, by: Account) -> Change | None:
    outcome, version = outcome_of(decision, contribution), contribution.version
    if outcome is None:
        return None
    if outcome is Outcome.APPROVE:
        contributions.publish(
            contribution,
            _revision(decision),
            by=by,
            version=version,
            cause=CAUSE,
            was=RevisionState.REFUSED,
        )
    elif outcome is Outcome.RESTORE:
        contributions.restore(contribution, by=by, version=version)
    else:
        contributions.open_answers(contribution, by=by, version=version)
    return Change(outcome, version)


def _restrict(contribution: Contribution, ruling: Ruling | None, *, by: Account) -> None:
    """A full decision, with its statement, its own line in the log and its own mail to the author."""
    revision = contribution.live_revision
    if not contribution.is_public or revision is None:
        return
    if ruling is None:
        raise Invalid({"ground": [_l("Name the clause this rests on.")]})
    deciding.decide(contribution, revision, ruling, by=by)


def _is_still_refused(decision: Decision, contribution: Contribution) -> bool:
    """The refused text is the last word of its author: nothing newer of theirs is live or waits."""
    refused = _revision(decision)
    newer = (
        contribution_queries.revision_in(contribution.id, state)
        for state in (RevisionState.LIVE, RevisionState.WAITING)
    )
    return (
        refused.state is RevisionState.REFUSED
        and contribution.state in (State.REFUSED, State.LIVE)
        and not any(one is not None and one.number > refused.number for one in newer)
    )


def _is_still_hidden(decision: Decision, contribution: Contribution) -> bool:
    """By this very decision: one made since stands on its own."""
    return contribution.state is State.HIDDEN and contribution.statement_puid == decision.statement_puid


def _is_still_locked(decision: Decision, contribution: Contribution) -> bool:
    last = queries.last_lock(contribution.id)
    is_this = last is not None and last.id == decision.id
    return contribution.state is State.LIVE and contribution.closed_at is not None and is_this


def _revision(decision: Decision) -> Revision:
    return db.session.get_one(Revision, decision.revision_id)
