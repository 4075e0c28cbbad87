"""What people are told of: each listener writes a job in the transaction of what happened; the worker sends mail."""

from community.accounts.facts import ConfirmationWanted, PasswordChanged, RecoveryWanted
from community.kit import jobs
from community.kit.errors import Conflict
from community.moderation.actions import undoing
from community.moderation.facts import Decided, Undone
from community.notifications import actions

CONFIRM, RECOVER, CHANGED, DECISION = "mail.confirm", "mail.recover", "mail.changed", "mail.decision"

jobs.carries(CONFIRM, actions.send_confirmation)
jobs.carries(RECOVER, actions.send_recovery)
jobs.carries(CHANGED, actions.send_password_changed)
jobs.carries(DECISION, actions.send_decision)


def confirmation_wanted(fact: ConfirmationWanted) -> None:
    jobs.enqueue(CONFIRM, {"account_id": fact.account_id})


def recovery_wanted(fact: RecoveryWanted) -> None:
    jobs.enqueue(RECOVER, {"account_id": fact.account_id})


def password_changed(fact: PasswordChanged) -> None:
    jobs.enqueue(CHANGED, {"account_id": fact.account_id})


def decided(fact: Decided) -> None:
    jobs.enqueue(DECISION, {"decision_id": fact.decision_id}, delay=undoing.WINDOW)


def undone(fact: Undone) -> None:
    """The mail must not have begun to go: an undo that comes too late takes nothing back."""
    if not jobs.cancel(DECISION, "decision_id", fact.decision_id):
        raise Conflict(undoing.TOO_LATE)
