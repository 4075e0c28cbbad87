"""Deciding: on one revision, at one version, with its reasons, in one transaction with the change itself."""

from dataclasses import dataclass, field

from flask_babel import lazy_gettext as _l

from community.accounts.models import Account
from community.contributions import actions as contributions
from community.contributions.models import Contribution, Revision, RevisionState, State
from community.contributions.processing import checks
from community.kit import clock, db, facts, text
from community.kit.errors import Conflict, Forbidden, Invalid, Words
from community.moderation import queries
from community.moderation.actions import log, reports, reviews, statements
from community.moderation.facts import Decided
from community.moderation.models import (
    LONGEST_EXPLANATION,
    LONGEST_FACTS,
    LONGEST_LEGAL_GROUND,
    RESTRICTIONS,
    Act,
    Clause,
    Decision,
    Outcome,
    Result,
    Review,
    Source,
)
from community.policy import rules
from community.policy.permissions import Permission

OWN = _l("Nobody decides on their own contribution.")
UNREAD = _l("Only somebody who reads its language may restrict it. Escalate it, or ask for a translation.")
OF_THE_WHOLE = {
    Outcome.RESTORE: contributions.restore,
    Outcome.LOCK: contributions.close_answers,
    Outcome.UNLOCK: contributions.open_answers,
    Outcome.KEEP: contributions.keep,
}
"""Outcomes that are about a contribution as it stands, not about one revision."""
RESULTS = {
    Outcome.KEEP: Result.KEPT,
    Outcome.HIDE: Result.ACTED,
    Outcome.LOCK: Result.ACTED,
}


@dataclass(frozen=True, kw_only=True)
class Ruling:
    """What a moderator filled in; ``revision_number`` and ``version`` are those the page was drawn from.

    ``ground`` is the number of a clause in force. ``facts`` without personal data; empty, the explanation stands for
    them. ``legal_ground`` names the law where the clause speaks of it.
    """

    outcome: Outcome
    ground: str | None
    explanation: str
    revision_number: int
    version: int
    legal_ground: str = ""
    facts: str = ""
    appeal_id: int | None = field(default=None)


def decide(contribution: Contribution, revision: Revision, ruling: Ruling, *, by: Account) -> Decision:
    """Carry a ruling out and write it down. Raises Invalid, Forbidden, and Conflict when somebody was faster.

    A claim of somebody else stops it while it lasts; a claim of one's own that ran out does not.
    """
    if by.id == contribution.author_id:
        raise Forbidden(OWN)
    clause = queries.clause_in_force(ruling.ground) if ruling.ground else None
    check_reasons(ruling, clause)
    review = queries.review(revision.id)
    if revision.number != ruling.revision_number or contribution.version != ruling.version:
        raise Conflict(contributions.STALE)
    if ruling.outcome not in lawful_outcomes(contribution, revision, review):
        raise Conflict(contributions.STALE)
    _check_hands(contribution, ruling, review, by)
    return _record(contribution, revision, ruling, clause, review, by)


def check_reasons(ruling: Ruling, clause: Clause | None) -> None:
    """Whether a ruling says why, as it has to. Raises Invalid."""
    problems: dict[str, list[Words]] = {}
    is_restriction = ruling.outcome in RESTRICTIONS
    if (is_restriction or ruling.ground) and clause is None:
        problems["ground"] = [_l("Name the clause this rests on.")]
    if (is_restriction or ruling.outcome is Outcome.RETURN) and text.is_blank(ruling.explanation):
        problems["explanation"] = [_l("Explain it in a sentence or two; the author reads this.")]
    if is_restriction and clause and clause.is_illegal and text.is_blank(ruling.legal_ground):
        problems["legal_ground"] = [_l("Name the law this rests on.")]
    if len(ruling.explanation) > LONGEST_EXPLANATION:
        problems["explanation"] = [_l("Use at most 2,000 characters.")]
    if len(ruling.legal_ground) > LONGEST_LEGAL_GROUND:
        problems["legal_ground"] = [_l("Use at most 500 characters.")]
    if len(ruling.facts) > LONGEST_FACTS:
        problems["facts"] = [_l("Use at most 5,000 characters.")]
    if problems:
        raise Invalid(problems)


def lawful_outcomes(
    contribution: Contribution, revision: Revision, review: Review | None = None
) -> list[Outcome]:
    """What can be decided on this revision now."""
    is_open = review is not None and review.closed_at is None
    if revision.state is RevisionState.WAITING and contribution.state in (State.WAITING, State.LIVE):
        return [Outcome.APPROVE, Outcome.RETURN, Outcome.REFUSE]
    if contribution.state is State.HIDDEN and revision.state is RevisionState.LIVE:
        return [Outcome.RESTORE]
    if contribution.state is not State.LIVE:
        return []
    first = [Outcome.KEEP] if is_open else []
    if revision.state is RevisionState.LIVE:
        return [*first, Outcome.HIDE, Outcome.LOCK if contribution.closed_at is None else Outcome.UNLOCK]
    return [*first, Outcome.HIDE] if is_open else []


def _check_hands(contribution: Contribution, ruling: Ruling, review: Review | None, by: Account) -> None:
    """Whether it is this moderator's to decide. Raises Invalid, Conflict."""
    if ruling.outcome in RESTRICTIONS and not rules.can(by, Permission.RESTRICT, contribution):
        raise Invalid({"outcome": [UNREAD]})
    if review and reviews.is_held(review) and review.claimed_by_id != by.id:
        raise Conflict(reviews.CLAIMED)


def _record(
    contribution: Contribution,
    revision: Revision,
    ruling: Ruling,
    clause: Clause | None,
    review: Review | None,
    by: Account,
) -> Decision:
    """The change, the log's line, the decision and its statement, in the order in which locks are taken."""
    waited = _waited(revision, review)
    is_reported = ruling.appeal_id is not None or bool(review and review.closed_at is None and review.report_count)
    is_detected = revision.finding in checks.DETECTING and revision.state is RevisionState.WAITING
    is_restriction = ruling.outcome in RESTRICTIONS
    puid = statements.new_puid() if is_restriction else None
    _carry_out(contribution, revision, ruling, puid or "", by=by)
    _close_review(revision, ruling.outcome)
    source = Source.NOTICE if is_reported else Source.OWN_INITIATIVE
    line = log.append(
        Act(ruling.outcome),
        kind=contribution.kind,
        language=revision.language,
        country=contribution.country,
        ground=clause.number if clause else None,
        clause_version=clause.version if clause else None,
        category=clause.category if clause else None,
        source=source,
        is_detected_by_machine=is_detected,
        waited_seconds=waited,
    )
    decision = Decision(
        contribution_id=contribution.id,
        revision_id=revision.id,
        revision_number=revision.number,
        version=ruling.version,
        kind=contribution.kind,
        language=revision.language,
        country=contribution.country,
        author_id=contribution.author_id,
        by_id=by.id,
        outcome=ruling.outcome,
        ground=clause.number if clause else None,
        clause_id=clause.id if clause else None,
        explanation=ruling.explanation,
        statement_puid=puid,
        appeal_id=ruling.appeal_id,
        log_number=line.number,
        waited_seconds=waited,
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
            source=source,
            is_detected_by_machine=is_detected,
        )
    _answer_reports(contribution, revision, decision)
    facts.announce(Decided(decision.id))
    return decision


def _waited(revision: Revision, review: Review | None) -> int | None:
    """Seconds since it was sent or, for what was reported, since its review was opened."""
    since = revision.submitted_at if revision.state is RevisionState.WAITING else None
    if since is None and review and review.closed_at is None:
        since = review.opened_at
    return max(0, int((clock.now() - since).total_seconds())) if since else None


def _close_review(revision: Revision, outcome: Outcome) -> None:
    if outcome not in (Outcome.RESTORE, Outcome.UNLOCK):
        reviews.close(revision.id)


def _answer_reports(contribution: Contribution, revision: Revision, decision: Decision) -> None:
    result = RESULTS.get(decision.outcome)
    if result is not None:
        only = None if decision.outcome is Outcome.HIDE else revision.id
        reports.answer(contribution.id, result, revision_id=only, decision=decision)


def _carry_out(
    contribution: Contribution, revision: Revision, ruling: Ruling, puid: str, *, by: Account
) -> None:
    version = ruling.version
    match ruling.outcome:
        case Outcome.APPROVE:
            contributions.publish(contribution, revision, by=by, version=version, cause="approve")
        case Outcome.RETURN:
            contributions.send_back(contribution, revision, notes=ruling.explanation, by=by, version=version)
        case Outcome.REFUSE:
            contributions.refuse(contribution, revision, by=by, version=version, statement_puid=puid)
        case Outcome.HIDE:
            contributions.hide(contribution, by=by, version=version, statement_puid=puid)
        case _:
            OF_THE_WHOLE[ruling.outcome](contribution, by=by, version=version)
