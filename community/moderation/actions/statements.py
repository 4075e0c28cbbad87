"""Statements of reasons: composed where the restriction is made, in the same transaction."""

from collections.abc import Sequence
from uuid import uuid4

from community.accounts.models import Account
from community.contributions.models import Contribution
from community.kit import clock, db
from community.moderation import queries
from community.moderation.models import (
    AccountMeasure,
    Automation,
    Clause,
    Decision,
    Measure,
    Outcome,
    Provision,
    Sanction,
    Source,
    Statement,
    StatementGround,
    Visibility,
)

VISIBILITY = {
    Outcome.REFUSE: Visibility.DISABLED,
    Outcome.HIDE: Visibility.DISABLED,
    Outcome.LOCK: Visibility.INTERACTION_RESTRICTED,
}
TEXT_ALONE, PHOTOS_TOO = "CONTENT_TYPE_TEXT", "CONTENT_TYPE_TEXT CONTENT_TYPE_IMAGE"
# The countries of the EU and the EEA, as the transparency database writes them: a restriction holds in all of them.
TERRITORY: Sequence[str] = (
    *("AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "DE", "GR", "HU", "IE", "IT", "LV", "LT"),
    *("LU", "MT", "NL", "PL", "PT", "RO", "SK", "SI", "ES", "SE", "IS", "LI", "NO"),
)


def new_puid() -> str:
    """Random, unique, and telling nothing."""
    return str(uuid4())


def ground_of(clause: Clause) -> StatementGround:
    return StatementGround.ILLEGAL if clause.is_illegal else StatementGround.INCOMPATIBLE


def state_decision(
    puid: str,
    decision: Decision,
    contribution: Contribution,
    clause: Clause,
    *,
    facts: str,
    legal_ground: str,
    source: Source,
    is_detected_by_machine: bool,
) -> Statement:
    """The statement of a decision that restricts a contribution; who is told is its author, in their language."""
    now = clock.now()
    statement = Statement(
        puid=puid,
        decision_id=decision.id,
        account_id=decision.author_id,
        contribution_id=contribution.id,
        clause_id=clause.id,
        language=contribution.author.ui_language,
        decision_visibility=VISIBILITY[decision.outcome],
        decision_ground=ground_of(clause),
        category=clause.category,
        legal_ground=legal_ground,
        reason=decision.explanation,
        decision_facts=facts or decision.explanation,
        content_type=_content_type(decision),
        content_language=decision.language,
        content_date=contribution.published_at if contribution.live_revision else contribution.created_at,
        application_date=now,
        territorial_scope=" ".join(TERRITORY),
        source_type=source,
        automated_detection=is_detected_by_machine,
        automated_decision=Automation.NOT,
        created_at=now,
    )
    db.session.add(statement)
    db.session.flush()
    return statement


def _content_type(decision: Decision) -> str:
    """As the database names kinds of content, with a space between them: what is restricted takes its photos along."""
    revision = queries.revision(decision.revision_id)
    return PHOTOS_TOO if revision and revision.pictures else TEXT_ALONE


def state_sanction(puid: str, sanction: Sanction, member: Account, clause: Clause) -> Statement:
    """The statement of a suspension, with its end, or of a closure, which has none; in the member's language."""
    is_suspension = sanction.measure is Measure.SUSPENSION
    statement = Statement(
        puid=puid,
        sanction_id=sanction.id,
        account_id=member.id,
        clause_id=clause.id,
        language=member.ui_language,
        decision_provision=Provision.PARTIAL_SUSPENSION if is_suspension else None,
        decision_account=None if is_suspension else AccountMeasure.TERMINATED,
        decision_ground=ground_of(clause),
        category=clause.category,
        legal_ground=sanction.legal_ground,
        reason=sanction.explanation,
        decision_facts=sanction.facts or sanction.explanation,
        application_date=sanction.created_at,
        end_date=sanction.ends_at,
        territorial_scope=" ".join(TERRITORY),
        source_type=Source.OWN_INITIATIVE,
        automated_detection=False,
        automated_decision=Automation.NOT,
        created_at=sanction.created_at,
    )
    db.session.add(statement)
    db.session.flush()
    return statement
