"""Questions of the desk and of the public log."""

from community.moderation.queries.desk import Scope, Waiting, backlog, waiting, waiting_by_language
from community.moderation.queries.guidelines import (
    clause,
    clause_in_force,
    clauses,
    clauses_in_force,
    templates,
)
from community.moderation.queries.public import public_log
from community.moderation.queries.records import (
    decision,
    decisions_on,
    history_of,
    is_undone,
    review,
    revision,
    statement_of,
)

__all__ = [
    "Scope",
    "Waiting",
    "backlog",
    "clause",
    "clause_in_force",
    "clauses",
    "clauses_in_force",
    "decision",
    "decisions_on",
    "history_of",
    "is_undone",
    "public_log",
    "review",
    "revision",
    "statement_of",
    "templates",
    "waiting",
    "waiting_by_language",
]
