"""Questions about one member: the timeline, notes, sanctions, numbers, and what stands on their own page."""

from collections.abc import Sequence
from datetime import datetime
from enum import IntEnum
from typing import Any, NamedTuple

from sqlalchemy import Select, func, literal, select, text, tuple_, union_all
from sqlalchemy.orm import joinedload

from community.contributions.models import Contribution, Revision
from community.kit import db, paging
from community.moderation.models import (
    Appeal,
    Decision,
    Note,
    Outcome,
    Report,
    Sanction,
    SentMail,
    Statement,
    Verdict,
)

PAGE = 20
MOST_NOTES = 50
MOST_ROWS = 100
# A closed conversation says nothing against the text it hangs on; returned with notes is a friendly word.
STRIKES = (Outcome.REFUSE, Outcome.HIDE)
TAKING_BACK = (Outcome.RESTORE,)


class Trace(IntEnum):
    """What a timeline is made of; of one moment, the higher number stands above."""

    DECISION = 1
    SANCTION = 2
    NOTE = 3
    APPEAL = 4
    MAIL = 5


class Event(NamedTuple):
    """One line of a timeline; ``title`` is the text's where ``thing`` is a decision."""

    at: datetime
    trace: Trace
    thing: Decision | Sanction | Note | Appeal | SentMail
    title: str = ""

    @property
    def kind(self) -> str:
        return self.trace.name.lower()


class Numbers(NamedTuple):
    """What is live of a member's, and how many reports they made."""

    live: int
    reports: int


class Misuse(NamedTuple):
    """Two of the four factors of Article 23(3): how much was restricted, of how much sent in the same time."""

    restricted: int
    sent: int


# Whose it is and when it happened.
PARTS: dict[Trace, tuple[Any, Any, Any]] = {
    Trace.DECISION: (Decision.id, Decision.author_id, Decision.created_at),
    Trace.SANCTION: (Sanction.id, Sanction.account_id, Sanction.created_at),
    Trace.NOTE: (Note.id, Note.account_id, Note.created_at),
    Trace.APPEAL: (Appeal.id, Appeal.appellant_id, Appeal.opened_at),
    Trace.MAIL: (SentMail.id, SentMail.account_id, SentMail.sent_at),
}


def timeline(account_id: int, limit: int = PAGE, *, after: str | None = None) -> paging.Page[Event]:
    """Decisions on their texts, sanctions, notes, appeals and mails sent, newest first, each with who did it.

    Raises NotFound for a cursor that was not made here.
    """
    place = paging.decode(after, (str, int, int))
    parts = [_part(trace, account_id, place, limit + 1).subquery() for trace in Trace]
    together = union_all(*(select(part) for part in parts)).subquery()
    at, trace, number = together.c.at, together.c.trace, together.c.id
    rows = db.session.execute(
        select(at, trace, number).order_by(at.desc(), trace.desc(), number.desc()).limit(limit + 1)
    ).all()
    found = {one: _things(one, [row.id for row in rows if row.trace == one]) for one in Trace}
    titles = _titles([thing.revision_id for thing in found[Trace.DECISION].values()])
    events = [_event(row, found[Trace(row.trace)][row.id], titles) for row in rows]
    return paging.page(
        events, limit, lambda event: (paging.from_moment(event.at), int(event.trace), event.thing.id)
    )


def notes_on(account_id: int, contribution_id: int | None = None) -> Sequence[Note]:
    """Notes about a member that are not beside another text than this one, newest first, each with who wrote it."""
    query = select(Note).where(Note.account_id == account_id)
    if contribution_id is not None:
        query = query.where((Note.contribution_id == contribution_id) | Note.contribution_id.is_(None))
    return db.session.scalars(
        query.options(joinedload(Note.by, innerjoin=True)).order_by(Note.id.desc()).limit(MOST_NOTES)
    ).all()


def numbers(account_id: int) -> Numbers:
    live = select(func.count()).where(
        Contribution.author_id == account_id, text("contribution.state = 'live'")
    )
    reports = select(func.count()).where(Report.reporter_id == account_id)
    return Numbers(db.session.scalar(live) or 0, db.session.scalar(reports) or 0)


def misuse(account_id: int, since: datetime) -> Misuse:
    """Contributions refused or hidden since then, of those sent since then.

    What was undone, restored or reversed on appeal does not count; nor does what only came back with notes. What was
    sent earlier and restricted since counts on both sides.
    """
    restricted = _restricted(account_id, since)
    sent = (
        select(Contribution.id)
        .join(Revision, Revision.contribution_id == Contribution.id)
        .where(Contribution.author_id == account_id, Revision.submitted_at >= since)
    )
    both = select(sent.union(restricted).subquery())
    counted = db.session.scalar(select(func.count()).select_from(restricted.distinct().subquery()))
    total = db.session.scalar(select(func.count()).select_from(both.subquery()))
    return Misuse(counted or 0, total or 0)


def sanction(sanction_id: int) -> Sanction | None:
    return db.session.get(Sanction, sanction_id)


def sanctions_of(account_id: int) -> Sequence[Sanction]:
    """Newest first, each with who imposed it."""
    return db.session.scalars(
        select(Sanction)
        .where(Sanction.account_id == account_id)
        .options(joinedload(Sanction.by, innerjoin=True))
        .order_by(Sanction.id.desc())
        .limit(MOST_ROWS)
    ).all()


def sanctions_in_force(account_id: int) -> Sequence[Sanction]:
    """Those not lifted, over or not, first to last."""
    return db.session.scalars(
        select(Sanction)
        .where(Sanction.account_id == account_id, Sanction.lifted_at.is_(None))
        .order_by(Sanction.id)
    ).all()


def closed_since(account_id: int) -> datetime | None:
    """When the account was closed by a sanction that is in force."""
    return db.session.scalar(
        select(func.max(Sanction.created_at)).where(
            Sanction.account_id == account_id, Sanction.lifted_at.is_(None), text("measure = 'closure'")
        )
    )


def statements_about(account_id: int) -> Sequence[tuple[Statement, str]]:
    """Statements of reasons about a member's texts, newest first, each with the text's title or beginning."""
    rows = db.session.execute(
        select(Statement, Revision.title, Revision.excerpt)
        .join(Decision, Decision.id == Statement.decision_id)
        .join(Revision, Revision.id == Decision.revision_id)
        .where(Statement.account_id == account_id)
        .order_by(Statement.created_at.desc(), Statement.puid)
        .limit(MOST_ROWS)
    )
    return [(statement, title or excerpt) for statement, title, excerpt in rows]


def appeals_of(account_id: int) -> Sequence[Appeal]:
    """Newest first, each with what it is against."""
    return db.session.scalars(
        select(Appeal)
        .where(Appeal.appellant_id == account_id)
        .options(joinedload(Appeal.decision), joinedload(Appeal.sanction))
        .order_by(Appeal.id.desc())
        .limit(MOST_ROWS)
    ).all()


def _part(trace: Trace, account_id: int, place: paging.Place | None, most: int) -> Select[Any]:
    number, owner, at = PARTS[trace]
    query = select(at.label("at"), literal(int(trace)).label("trace"), number.label("id"))
    query = query.where(owner == account_id)
    if place:
        seen = tuple_(literal(paging.to_moment(place[0]), at.type), literal(place[1]), literal(place[2]))
        query = query.where(tuple_(at, literal(int(trace)), number) < seen)
    return query.order_by(at.desc(), number.desc()).limit(most)


def _things(trace: Trace, numbers: list[int]) -> dict[int, Any]:
    if not numbers:
        return {}
    number = PARTS[trace][0]
    query = select(number.class_).where(number.in_(numbers))
    if trace in (Trace.DECISION, Trace.SANCTION, Trace.NOTE):
        query = query.options(joinedload(number.class_.by, innerjoin=True))
    return {thing.id: thing for thing in db.session.scalars(query)}


def _titles(revision_ids: list[int]) -> dict[int, str]:
    if not revision_ids:
        return {}
    rows = db.session.execute(
        select(Revision.id, Revision.title, Revision.excerpt).where(Revision.id.in_(revision_ids))
    )
    return {number: title or excerpt for number, title, excerpt in rows}


def _event(row: Any, thing: Any, titles: dict[int, str]) -> Event:
    title = titles.get(thing.revision_id, "") if isinstance(thing, Decision) else ""
    return Event(row.at, Trace(row.trace), thing, title)


def _restricted(account_id: int, since: datetime) -> Select[Any]:
    later = Decision.__table__.alias("later")
    taken_back = (
        select(later.c.id)
        .where(later.c.contribution_id == Decision.contribution_id, later.c.id > Decision.id)
        .where((later.c.undoes_id == Decision.id) | later.c.outcome.in_(TAKING_BACK))
    )
    reversed_on_appeal = select(Appeal.id).where(
        Appeal.decision_id == Decision.id, Appeal.verdict == Verdict.REVERSED
    )
    return select(Decision.contribution_id).where(
        Decision.author_id == account_id,
        Decision.created_at >= since,
        Decision.outcome.in_(STRIKES),
        ~taken_back.exists(),
        ~reversed_on_appeal.exists(),
    )
