"""Deciding: on one revision, at one version, with its reasons, in one transaction with the change itself."""

from flask_babel import lazy_gettext as _l

from community.accounts.models import Account
from community.contributions import actions as contributions
from community.contributions.models import Contribution, Revision, RevisionState, State
from community.contributions.processing import checks
from community.kit import clock, facts
from community.kit.errors import Conflict, Forbidden, Invalid
from community.moderation import queries
from community.moderation.actions import reports, reviews, statements
from community.moderation.actions.recording import Occasion, record
from community.moderation.actions.ruling import Ruling, check_reasons
from community.moderation.facts import Decided
from community.moderation.models import (
    RESTRICTIONS,
    Clause,
    Decision,
    Outcome,
    Result,
    Review,
    Source,
)
from community.moderation.processing.statements import personal_marks
from community.policy import rules
from community.policy.permissions import Permission

OWN = _l("Nobody decides on their own contribution.")
UNREAD = _l("Only somebody who reads its language may restrict it. Escalate it, or ask for a translation.")
UNREAD_TRANSLATION = _l(
    "Only somebody who reads its language may decide on a translation. Escalate it, or leave it."
)
OF_THE_WHOLE = {
    Outcome.RESTORE: contributions.restore,
    Outcome.LOCK: contributions.close_answers,
    Outcome.UNLOCK: contributions.open_answers,
    Outcome.KEEP: contributions.keep,
}
"""Outcomes that are about a contribution as it stands, not about one revision."""
RESULTS = {
    # What waits can have been reported in the seconds before its approval was undone.
    Outcome.APPROVE: Result.KEPT,
    Outcome.RETURN: Result.ACTED,
    Outcome.REFUSE: Result.ACTED,
    Outcome.KEEP: Result.KEPT,
    Outcome.HIDE: Result.ACTED,
    Outcome.LOCK: Result.ACTED,
}


def decide(contribution: Contribution, revision: Revision, ruling: Ruling, *, by: Account) -> Decision:
    """Carry a ruling out and write it down. Raises Invalid, Forbidden, and Conflict when somebody was faster.

    A claim of somebody else stops it while it lasts; a claim of one's own that ran out does not.
    """
    if by.id == contribution.author_id:
        raise Forbidden(OWN)
    clause = queries.clause_in_force(ruling.ground) if ruling.ground else None
    check_reasons(ruling, clause)
    _check_facts(contribution, ruling)
    review = queries.review(revision.id)
    if revision.number != ruling.revision_number or contribution.version != ruling.version:
        raise Conflict(contributions.STALE)
    if ruling.outcome not in lawful_outcomes(contribution, revision, review):
        raise Conflict(contributions.STALE)
    _check_hands(contribution, ruling, review, by)
    return _record(contribution, revision, ruling, clause, review, by)


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


def _check_facts(contribution: Contribution, ruling: Ruling) -> None:
    """The facts leave this house with the export, so they name nobody. Raises Invalid."""
    author = contribution.author
    marks = personal_marks(ruling.facts, (author.handle, author.display_name)) if ruling.facts else []
    if marks:
        words = _l("Leave out what leads to a person: %(found)s", found=", ".join(marks[:3])[:120])
        raise Invalid({"facts": [words]})


def _check_hands(contribution: Contribution, ruling: Ruling, review: Review | None, by: Account) -> None:
    """Whether it is this moderator's to decide. Raises Invalid, Conflict."""
    if contribution.needs_reader and not rules.can(by, Permission.DECIDE, contribution):
        raise Invalid({"outcome": [UNREAD_TRANSLATION]})
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
    """The change and what is written about it, in the order in which locks are taken."""
    occasion = _occasion(revision, ruling, review)
    puid = statements.new_puid() if ruling.outcome in RESTRICTIONS else None
    _carry_out(contribution, revision, ruling, puid or "", by=by)
    _close_review(revision, ruling.outcome)
    decision = record(contribution, revision, ruling, clause, occasion, by_id=by.id, puid=puid)
    _answer_reports(contribution, revision, decision)
    facts.announce(Decided(decision.id))
    return decision


def _occasion(revision: Revision, ruling: Ruling, review: Review | None) -> Occasion:
    is_open = review is not None and review.closed_at is None
    is_reported = ruling.appeal_id is not None or bool(is_open and review and review.report_count)
    return Occasion(
        Source.NOTICE if is_reported else Source.OWN_INITIATIVE,
        revision.finding in checks.DETECTING and revision.state is RevisionState.WAITING,
        _waited(revision, review),
    )


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
