"""Many decisions with one ground: each item in a transaction of its own, and a reason for each that is left out."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from flask_babel import lazy_gettext as _l

from community.accounts import queries as accounts
from community.contributions import queries as contributions
from community.kit import unit_of_work
from community.kit.errors import Conflict, DomainError, Forbidden, Invalid, NotFound
from community.moderation import queries
from community.moderation.actions import deciding, reviews
from community.moderation.actions.ruling import Ruling, check_reasons
from community.moderation.models import Outcome

MOST = 50
OUTCOMES = (Outcome.APPROVE, Outcome.KEEP, Outcome.RETURN, Outcome.REFUSE, Outcome.HIDE)


class Why(StrEnum):
    """Why an item was left out."""

    STALE = "stale"
    CLAIMED = "claimed"
    OWN = "own"
    UNREAD = "unread"
    UNLAWFUL = "unlawful"
    GONE = "gone"


WORDS = {
    Why.STALE: _l("Somebody decided on it, or its author changed it, in the meantime."),
    Why.CLAIMED: _l("Somebody else is reading it."),
    Why.OWN: _l("It is your own."),
    Why.UNREAD: _l("You do not read its language, so this is not yours to decide. Escalate it."),
    Why.UNLAWFUL: _l("This cannot be decided on it as it stands."),
    Why.GONE: _l("It is there no more."),
}


@dataclass(frozen=True)
class Chosen:
    """An item as it was when it was chosen."""

    revision_id: int
    revision_number: int
    version: int


@dataclass(frozen=True)
class Swept:
    """``done`` are decisions' ids, ``left`` the revisions that were left out, each in the order they were chosen."""

    done: list[int] = field(default_factory=list)
    left: list[tuple[int, Why]] = field(default_factory=list)


class _Unlawful(Conflict):
    """What cannot be decided that way, though nothing has changed."""


def decide_each(chosen: Sequence[Chosen], ruling: Ruling, *, by_id: int) -> Swept:
    """Decide on at most MOST items, one by one; ``ruling`` is what they share. Raises Invalid before the first.

    Everything loaded before is stale afterwards, the signed-in account too (``unit_of_work.separately``).
    """
    clause = queries.clause_in_force(ruling.ground) if ruling.ground else None
    check_reasons(ruling, clause)
    swept = Swept()
    for item in chosen[:MOST]:
        given = replace(ruling, revision_number=item.revision_number, version=item.version)
        try:
            swept.done.append(unit_of_work.separately(lambda: _decide(item, given, by_id)))  # noqa: B023 - runs at once
        except DomainError as error:
            swept.left.append((item.revision_id, _why(error)))
    return swept


def _decide(item: Chosen, ruling: Ruling, by_id: int) -> int:
    by, revision = accounts.account(by_id), queries.revision(item.revision_id)
    contribution = contributions.contribution(revision.contribution_id) if revision else None
    if by is None or revision is None or contribution is None:
        raise NotFound
    lawful = deciding.lawful_outcomes(contribution, revision, queries.review(revision.id))
    is_as_chosen = contribution.version == item.version and revision.number == item.revision_number
    if is_as_chosen and lawful and ruling.outcome not in lawful:
        raise _Unlawful
    return deciding.decide(contribution, revision, ruling, by=by).id


def _why(error: DomainError) -> Why:
    if isinstance(error, NotFound | Forbidden):
        return Why.GONE if isinstance(error, NotFound) else Why.OWN
    if isinstance(error, Invalid):
        return Why.UNREAD
    if isinstance(error, _Unlawful):
        return Why.UNLAWFUL
    return Why.CLAIMED if error.message is reviews.CLAIMED else Why.STALE
