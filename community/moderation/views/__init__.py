"""Pages and acts of the desk, and what members see of it."""

from community.moderation.views import (
    appeals,
    appeals_desk,
    bulk,
    changes,
    claims,
    escalation,
    members,
    queue,
    reports,
    review,
    standing,
    status,
    undo,
)
from community.moderation.views.blueprint import blueprint

__all__ = [
    "appeals",
    "appeals_desk",
    "blueprint",
    "bulk",
    "changes",
    "claims",
    "escalation",
    "members",
    "queue",
    "reports",
    "review",
    "standing",
    "status",
    "undo",
]
