"""Who gets to a statement of reasons: the member it was made to, and the desk."""

import re

from community.accounts import access as accounts
from community.kit.errors import NotFound, SignInNeeded
from community.moderation import queries
from community.moderation.access import appeals
from community.moderation.models import Statement
from community.moderation.processing.reasons import Reasons
from community.policy import rules
from community.policy.permissions import Permission

PUID = re.compile(r"[0-9A-Za-z_-]{1,36}")


def load_statement(puid: str) -> Statement:
    """Raises SignInNeeded, whether there is such a statement or not, and NotFound."""
    person = accounts.person()
    if not rules.is_signed_in(person):
        raise SignInNeeded
    statement = queries.statements.statement(puid) if PUID.fullmatch(puid) else None
    if statement is None or not rules.can(person, Permission.READ_STATEMENT, statement):
        raise NotFound
    return statement


def appeal_token(reasons: Reasons) -> str | None:
    """For the member concerned, while they may appeal or have; None after that."""
    has_appealed = reasons.matter is not None and reasons.matter.appeal is not None
    if not has_appealed and reasons.appeal_until is None:
        return None
    if reasons.decision is not None:
        return appeals.token_for_decision(reasons.decision)
    return appeals.token_for_sanction(reasons.sanction) if reasons.sanction else None
