"""A statement of reasons as the member it was made to reads it, on its page and in the mail."""

from dataclasses import dataclass
from datetime import datetime

from community.contributions.models import Revision
from community.kit import clock
from community.moderation import queries
from community.moderation.models import Decision, Sanction, Statement, Verdict
from community.moderation.processing.guidelines import Worded, worded
from community.moderation.queries.appeals import Against, Matter

# The EU's 27 and the three others of the EEA: a restriction in all of them holds everywhere.
EVERYWHERE = 30


@dataclass(frozen=True)
class Reasons:
    """Everything Article 17(3) of Regulation (EU) 2022/2065 asks for; ``clause`` in the version that was in force.

    ``revision`` is the text it is about, None for an account's restriction.
    """

    statement: Statement
    clause: Worded
    decision: Decision | None
    sanction: Sanction | None
    revision: Revision | None
    matter: Matter | None

    @property
    def outcome(self) -> str:
        """What was done, in the word of decisions or of measures."""
        act = self.decision.outcome if self.decision else self.sanction.measure if self.sanction else ""
        return str(act)

    @property
    def countries(self) -> list[str]:
        """Where it holds; none named means everywhere."""
        found = self.statement.territorial_scope.split()
        return [] if len(found) >= EVERYWHERE else found

    @property
    def is_taken_back(self) -> bool:
        """Undone by who decided, before anybody was told."""
        return self.matter is not None and self.matter.is_undone

    @property
    def is_reversed(self) -> bool:
        appeal = self.matter.appeal if self.matter else None
        return appeal is not None and appeal.verdict is Verdict.REVERSED

    @property
    def appeal_until(self) -> datetime | None:
        """The moment at which it is too late to appeal; None when that has passed, or there is nothing to appeal."""
        until = self.matter.until if self.matter and not self.matter.is_undone else None
        return until if until and clock.now() < until else None


def reasons(statement: Statement, language: str = "") -> Reasons:
    """Put together; the clause's words in ``language``, or the page's own."""
    decision, sanction = queries.statements.restriction(statement)
    (clause,) = queries.clauses([statement.clause_id]).values()
    against = Against.DECISION if decision else Against.SANCTION
    act = decision or sanction
    return Reasons(
        statement=statement,
        clause=worded(clause, language),
        decision=decision,
        sanction=sanction,
        revision=queries.revision(decision.revision_id) if decision else None,
        matter=queries.appeals.matter(against, act.id) if act else None,
    )
