"""Carrying out the mail jobs: the letter is composed when it is sent, from what is true then."""

from typing import Any

from community.accounts import actions as accounts
from community.accounts import queries as account_queries
from community.accounts.models import Account, Purpose
from community.contributions import queries as contribution_queries
from community.kit import unit_of_work
from community.moderation import queries as desk
from community.moderation.processing import worded
from community.notifications import processing


def send_confirmation(number: int, payload: dict[str, Any]) -> None:
    """The token is made here, so that no table ever holds one in the clear."""
    account = account_queries.account(payload["account_id"])
    if account is None or account.is_confirmed:
        return
    processing.send(number, account, "accounts/confirm", token=_token(account, Purpose.CONFIRM))


def send_recovery(number: int, payload: dict[str, Any]) -> None:
    account = account_queries.account(payload["account_id"])
    if account is not None:
        processing.send(number, account, "accounts/recover", token=_token(account, Purpose.RECOVER))


def send_password_changed(number: int, payload: dict[str, Any]) -> None:
    account = account_queries.account(payload["account_id"])
    if account is not None:
        processing.send(number, account, "accounts/changed")


def send_decision(number: int, payload: dict[str, Any]) -> None:
    """In the author's language; the moderator is not named."""
    decision = desk.decision(payload["decision_id"])
    if decision is None or desk.is_undone(decision.id):
        return
    author = account_queries.account(decision.author_id)
    revision = desk.revision(decision.revision_id)
    contribution = contribution_queries.contribution(decision.contribution_id)
    if author is None or revision is None or contribution is None:
        return
    ground = desk.clause(decision.clause_id) if decision.clause_id else None
    processing.send(
        number,
        author,
        "moderation/decision",
        decision=decision,
        title=revision.title or revision.excerpt,
        clause=worded(ground, author.ui_language) if ground else None,
        contribution=contribution,
    )


def _token(account: Account, purpose: Purpose) -> str:
    """Committed before the mail goes, or its link could arrive before it works."""
    with unit_of_work.transaction():
        return accounts.issue(account, purpose)
