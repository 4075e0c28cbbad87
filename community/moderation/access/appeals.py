"""Who gets to an appeal: on the site by a signed token, so that no account is needed; at the desk by permission.

A token is a capability: whoever holds it is the one it was given to. It is shown and mailed to nobody else.
"""

from collections.abc import Sequence
from typing import NamedTuple

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer

from community.accounts import access as accounts
from community.kit import clock
from community.kit.errors import NotFound
from community.moderation.models import RESTRICTIONS, WINDOW, Appeal, Decision, Report, Sanction
from community.moderation.queries import appeals as queries
from community.moderation.queries.appeals import Against, Matter
from community.policy import rules
from community.policy.permissions import Permission

SALT = "appeal"


def token_for_decision(decision: Decision) -> str:
    """For the author whom the decision restricts."""
    return _sign(Against.DECISION, decision.id)


def token_for_sanction(sanction: Sanction) -> str:
    """For the member whom it is against."""
    return _sign(Against.SANCTION, sanction.id)


def token_for_report(report: Report) -> str:
    """For the reporter, with or without an account."""
    return _sign(Against.REPORT, report.id)


def token_for_appeal(appeal: Appeal) -> str:
    """For whoever appealed: the same one they came with."""
    if appeal.report_id is not None:
        return _sign(Against.REPORT, appeal.report_id)
    if appeal.sanction_id is not None:
        return _sign(Against.SANCTION, appeal.sanction_id)
    return _sign(Against.DECISION, appeal.decision_id or 0)


class Way(NamedTuple):
    """How an author gets to the appeal against a restriction of theirs; ``appeal`` is None until there is one."""

    token: str
    appeal: Appeal | None


def ways(decisions: Sequence[Decision]) -> dict[int, Way]:
    """By decision, where its author can appeal, or has; for the history of one contribution."""
    undone, now = {one.undoes_id for one in decisions}, clock.now()
    restrictions = [one for one in decisions if one.outcome in RESTRICTIONS and one.id not in undone]
    appealed = queries.authors_appeals([one.id for one in restrictions])
    return {
        one.id: Way(token_for_decision(one), appealed.get(one.id))
        for one in restrictions
        if one.id in appealed or now < one.created_at + WINDOW
    }


def load_matter(token: str) -> Matter:
    """What the token's holder may appeal. Raises NotFound for what this site did not sign, and where nothing is."""
    against, number = _read(token)
    found = queries.matter(against, number)
    if found is None:
        raise NotFound
    return found


def is_appellant(matter: Matter) -> bool:
    """Whether the token's holder is signed in as the one it was given to."""
    person = accounts.person()
    return rules.is_signed_in(person) and person.id == matter.appellant_id


def load_appeal(appeal_id: int, act: Permission) -> Appeal:
    """For the desk, and nobody whom it concerns: an author must not learn here who reported them.

    Raises SignInNeeded, NotFound.
    """
    account = accounts.require(Permission.REVIEW)
    found = queries.appeal(appeal_id)
    if found is None or account.id in (found.author_id, found.appellant_id):
        raise NotFound
    if act is Permission.DECIDE_APPEAL and not rules.can(account, act, found):
        raise NotFound
    return found


def _sign(against: Against, number: int) -> str:
    return _serializer().dumps([against.value, number])


def _read(token: str) -> tuple[Against, int]:
    try:
        against, number = _serializer().loads(token)
        return Against(against), int(number)
    except (BadSignature, TypeError, ValueError):
        raise NotFound from None


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt=SALT)
