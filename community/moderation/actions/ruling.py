"""A ruling: what a moderator filled in, and whether it says why as it has to."""

from dataclasses import dataclass, field

from flask_babel import lazy_gettext as _l

from community.kit import text
from community.kit.errors import Invalid, Words
from community.moderation.models import (
    LONGEST_EXPLANATION,
    LONGEST_FACTS,
    LONGEST_LEGAL_GROUND,
    RESTRICTIONS,
    Clause,
    Outcome,
)


@dataclass(frozen=True, kw_only=True)
class Ruling:
    """What a moderator filled in; ``revision_number`` and ``version`` are those the page was drawn from.

    ``ground`` is the number of a clause in force. ``facts`` without personal data; empty, the explanation stands for
    them. ``legal_ground`` names the law where the clause speaks of it.
    """

    outcome: Outcome
    ground: str | None
    explanation: str
    revision_number: int
    version: int
    legal_ground: str = ""
    facts: str = ""
    appeal_id: int | None = field(default=None)


def check_reasons(ruling: Ruling, clause: Clause | None) -> None:
    """Whether a ruling says why, as it has to. Raises Invalid."""
    problems: dict[str, list[Words]] = {}
    is_restriction = ruling.outcome in RESTRICTIONS
    if (is_restriction or ruling.ground) and clause is None:
        problems["ground"] = [_l("Name the clause this rests on.")]
    if (is_restriction or ruling.outcome is Outcome.RETURN) and text.is_blank(ruling.explanation):
        problems["explanation"] = [_l("Explain it in a sentence or two; the author reads this.")]
    if is_restriction and clause and clause.is_illegal and text.is_blank(ruling.legal_ground):
        problems["legal_ground"] = [_l("Name the law this rests on.")]
    if len(ruling.explanation) > LONGEST_EXPLANATION:
        problems["explanation"] = [_l("Use at most 2,000 characters.")]
    if len(ruling.legal_ground) > LONGEST_LEGAL_GROUND:
        problems["legal_ground"] = [_l("Use at most 500 characters.")]
    if len(ruling.facts) > LONGEST_FACTS:
        problems["facts"] = [_l("Use at most 5,000 characters.")]
    if problems:
        raise Invalid(problems)
