"""What a fact from the rooms below means for contributions."""

from community.accounts.facts import Blocked
from community.contributions.actions import following


def blocked(fact: Blocked) -> None:
    following.part(fact.blocker_id, fact.blocked_id)
