"""Deciding: on one revision, at one version, with its reasons, in one transaction with the change itself."""

from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

from community.accounts.models import Account
from community.contributions import actions as contributions
from community.contributions.models import Contribution, Revision, RevisionState, State
from community.kit import clock, db, facts, text
from community.kit.errors import Conflict, Forbidden, Invalid
from community.moderation.facts import Decided
from community.moderation.models import LONGEST_EXPLANATION, RESTRICTIONS, Decision, Ground, Outcome

OWN = _l("Nobody decides on their own contribution.")


@dataclass(frozen=True, kw_only=True)
class Ruling:
    """What a moderator filled in; ``revision_number`` and ``version`` are those the page was drawn from."""

    outcome: Outcome
    ground: Ground | None
    explanation: str
    revision_number: int
    version: int


def decide(contribution: Contribution, revision: Revision, ruling: Ruling, *, by: Account) -> Decision:
    """Carry a ruling out and write it down. Raises Invalid, Forbidden, and Conflict when somebody was faster."""
    if by.id == contribution.author_id:
        raise Forbidden(OWN)
    _check_reasons(ruling)
    if revision.number != ruling.revision_number or contribution.version != ruling.version:
        raise Conflict(contributions.STALE)
    _check_outcome(ruling.outcome, contribution, revision)
    waited = revision.submitted_at if revision.state is RevisionState.WAITING else None
    _carry_out(contribution, revision, ruling, by=by)
    now = clock.now()
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
        ground=ruling.ground,
        explanation=ruling.explanation,
        waited_seconds=max(0, int((now - waited).total_seconds())) if waited else None,
        created_at=now,
    )
    db.session.add(decision)
    db.session.flush()
    facts.announce(Decided(decision.id))
    return decision


def lawful_outcomes(contribution: Contribution, revision: Revision) -> list[Outcome]:
    """What can be decided on this revision now."""
    if revision.state is RevisionState.WAITING and contribution.state in (State.WAITING, State.LIVE):
        return [Outcome.APPROVE, Outcome.RETURN, Outcome.REFUSE]
    if revision.state is RevisionState.LIVE:
        return {State.LIVE: [Outcome.HIDE], State.HIDDEN: [Outcome.RESTORE]}.get(contribution.state, [])
    return []


def _check_reasons(ruling: Ruling) -> None:
    problems = {}
    if ruling.outcome in RESTRICTIONS and ruling.ground is None:
        problems["ground"] = [_l("Name the clause this rests on.")]
    if (ruling.outcome in RESTRICTIONS or ruling.outcome is Outcome.RETURN) and text.is_blank(
        ruling.explanation
    ):
        problems["explanation"] = [_l("Explain it in a sentence or two; the author reads this.")]
    if len(ruling.explanation) > LONGEST_EXPLANATION:
        problems["explanation"] = [_l("Use at most 2,000 characters.")]
    if problems:
        raise Invalid(problems)


def _check_outcome(outcome: Outcome, contribution: Contribution, revision: Revision) -> None:
    if outcome not in lawful_outcomes(contribution, revision):
        raise Conflict(contributions.STALE)


def _carry_out(contribution: Contribution, revision: Revision, ruling: Ruling, *, by: Account) -> None:
    match ruling.outcome:
        case Outcome.APPROVE:
            contributions.publish(contribution, revision, by=by, version=ruling.version, cause="approve")
        case Outcome.RETURN:
            contributions.send_back(
                contribution, revision, notes=ruling.explanation, by=by, version=ruling.version
            )
        case Outcome.REFUSE:
            contributions.refuse(contribution, revision, by=by, version=ruling.version)
        case Outcome.HIDE:
            contributions.hide(contribution, by=by, version=ruling.version)
        case Outcome.RESTORE:
            contributions.restore(contribution, by=by, version=ruling.version)
