"""What the database holds about moderation."""

from community.moderation.models.appeal import (
    LONGEST_ANSWER,
    LONGEST_MESSAGE,
    WINDOW,
    Appeal,
    AppealMessage,
    Verdict,
)
from community.moderation.models.category import Category
from community.moderation.models.decision import (
    LONGEST_EXPLANATION,
    RESTRICTIONS,
    Decision,
    Outcome,
    Source,
)
from community.moderation.models.guideline import (
    LONGEST_CLAUSE_TEXT,
    LONGEST_CLAUSE_TITLE,
    LONGEST_NUMBER,
    LONGEST_TEMPLATE,
    Clause,
    ClauseText,
    ReasonTemplate,
)
from community.moderation.models.log import Act, LogEntry, Result
from community.moderation.models.note import LONGEST_NOTE, Note, SentMail
from community.moderation.models.report import (
    CATEGORIES,
    LONGEST_REPORT,
    LONGEST_REPORTER,
    LONGEST_REPORTER_MAIL,
    Reason,
    Report,
)
from community.moderation.models.review import LONGEST_DESK_NOTE, Backlog, Rank, Review
from community.moderation.models.sanction import Gravity, Intent, Measure, Sanction
from community.moderation.models.statement import (
    LONGEST_FACTS,
    LONGEST_LEGAL_GROUND,
    LONGEST_REASON,
    AccountMeasure,
    Automation,
    Provision,
    Statement,
    StatementGround,
    Visibility,
)

__all__ = [
    "CATEGORIES",
    "LONGEST_ANSWER",
    "LONGEST_CLAUSE_TEXT",
    "LONGEST_CLAUSE_TITLE",
    "LONGEST_DESK_NOTE",
    "LONGEST_EXPLANATION",
    "LONGEST_FACTS",
    "LONGEST_LEGAL_GROUND",
    "LONGEST_MESSAGE",
    "LONGEST_NOTE",
    "LONGEST_NUMBER",
    "LONGEST_REASON",
    "LONGEST_REPORT",
    "LONGEST_REPORTER",
    "LONGEST_REPORTER_MAIL",
    "LONGEST_TEMPLATE",
    "RESTRICTIONS",
    "WINDOW",
    "AccountMeasure",
    "Act",
    "Appeal",
    "AppealMessage",
    "Automation",
    "Backlog",
    "Category",
    "Clause",
    "ClauseText",
    "Decision",
    "Gravity",
    "Intent",
    "LogEntry",
    "Measure",
    "Note",
    "Outcome",
    "Provision",
    "Rank",
    "Reason",
    "ReasonTemplate",
    "Report",
    "Result",
    "Review",
    "Sanction",
    "SentMail",
    "Source",
    "Statement",
    "StatementGround",
    "Verdict",
    "Visibility",
]
