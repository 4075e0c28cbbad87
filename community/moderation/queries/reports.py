"""Reports as the desk and their reporters ask for them. Who reported is for the desk alone (see READ_REPORTS)."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, TextClause, func, literal, select, text, tuple_
from sqlalchemy.orm import joinedload

from community.accounts.models import Account
from community.contributions.models import Contribution, Kind, Revision, RevisionState
from community.kit import db, paging
from community.moderation.models import Rank, Reason, Report, Result, Review
from community.moderation.models.report import photo_of

PAGE = 25
MOST_ON_ONE = 50
IS_OPEN = text("review.closed_at IS NULL")
PINNABLE = (RevisionState.LIVE, RevisionState.PAST)


class Filed(NamedTuple):
    """A report with who made it: a member (``handle``, ``display_name``), or what somebody signed out gave."""

    id: int
    reference: str
    contribution_id: int
    author_id: int
    revision_id: int
    revision_number: int
    reason: Reason
    explanation: str
    language: str
    created_at: datetime
    answered_at: datetime | None
    result: Result | None
    name: str
    email: str
    handle: str | None
    display_name: str | None
    reporter_key: str

    @property
    def photo(self) -> str:
        """As of Report."""
        return photo_of(self.reporter_key)


class Reviewed(NamedTuple):
    """A review that reports brought to the desk, with the text they are about."""

    revision_id: int
    opened_at: datetime
    report_count: int
    escalated_at: datetime | None
    title: str
    excerpt: str
    language: str
    kind: Kind
    country: str


def report(report_id: int) -> Report | None:
    """With the revision it is about, and its contribution."""
    return db.session.scalar(
        select(Report)
        .where(Report.id == report_id)
        .options(joinedload(Report.contribution), joinedload(Report.revision))
    )


def report_by(reporter_key: str, revision_id: int, reason: Reason) -> Report | None:
    """The one report of this reporter on this revision for this reason."""
    return db.session.scalar(
        select(Report).where(
            Report.revision_id == revision_id,
            Report.reporter_key == reporter_key,
            Report.reason == reason,
        )
    )


def reports_answered_by(decision_id: int) -> Sequence[Report]:
    """First to last, each with its revision."""
    return db.session.scalars(
        select(Report)
        .where(Report.decision_id == decision_id)
        .options(joinedload(Report.revision))
        .order_by(Report.id)
    ).all()


def reportable(contribution: Contribution, seen: int | None) -> Revision | None:
    """The revision a report is about: the earlier public one that was ``seen``, else the live one."""
    if seen is not None:
        found = db.session.scalar(
            select(Revision).where(
                Revision.contribution_id == contribution.id,
                Revision.number == seen,
                Revision.state.in_(PINNABLE),
            )
        )
        if found is not None:
            return found
    return db.session.get(Revision, contribution.live_revision_id)


def reports_on(contribution_id: int, *, limit: int = MOST_ON_ONE) -> Sequence[Filed]:
    """On any of its revisions: those not answered yet first, then the newest."""
    query = _filed().where(Report.contribution_id == contribution_id)
    order = (Report.answered_at.is_not(None), Report.id.desc())
    return [Filed._make(row) for row in db.session.execute(query.order_by(*order).limit(limit))]


def unanswered_on(revision_ids: Iterable[int]) -> dict[int, list[Filed]]:
    """By revision, first to last."""
    query = _filed().where(Report.revision_id.in_(list(revision_ids)), Report.answered_at.is_(None))
    found: dict[int, list[Filed]] = {}
    for row in db.session.execute(query.order_by(Report.id)):
        filed = Filed._make(row)
        found.setdefault(filed.revision_id, []).append(filed)
    return found


def reported(
    languages: Sequence[str], *, viewer_id: int, after: str | None = None, limit: int = PAGE
) -> paging.Page[Reviewed]:
    """Reviews that answer reports, the oldest first, without the viewer's own texts; no languages means all."""
    query = (
        select(
            Review.revision_id,
            Review.opened_at,
            Review.report_count,
            Review.escalated_at,
            Revision.title,
            Revision.excerpt,
            Review.language,
            Review.kind,
            Review.country,
        )
        .join(Revision, Revision.id == Review.revision_id)
        .where(*_reported_to(viewer_id))
    )
    if languages:
        query = query.where(Review.language.in_(languages))
    place = paging.decode(after, (str, int))
    if place:
        since, number = literal(paging.to_moment(place[0]), Review.opened_at.type), literal(place[1])
        query = query.where(tuple_(Review.opened_at, Review.revision_id) > tuple_(since, number))
    query = query.order_by(Review.opened_at, Review.revision_id).limit(limit + 1)
    rows = [Reviewed._make(row) for row in db.session.execute(query)]
    return paging.page(rows, limit, lambda row: (paging.from_moment(row.opened_at), row.revision_id))


def reported_by_language(*, viewer_id: int) -> dict[str, int]:
    """How many reviews with reports are open in each language, without the viewer's own texts."""
    counted = select(Review.language, func.count()).where(*_reported_to(viewer_id)).group_by(Review.language)
    return dict(db.session.execute(counted).all())


def _reported_to(viewer_id: int) -> tuple[ColumnElement[bool] | TextClause, ...]:
    return (IS_OPEN, Review.rank == Rank.REPORTED, Review.author_id != viewer_id)


def _filed() -> Select[*tuple[Any, ...]]:
    """The columns of ``Filed``, in its order."""
    return (
        select(
            Report.id,
            Report.reference,
            Report.contribution_id,
            Contribution.author_id,
            Report.revision_id,
            Revision.number,
            Report.reason,
            Report.explanation,
            Report.language,
            Report.created_at,
            Report.answered_at,
            Report.result,
            Report.name,
            Report.email,
            Account.handle,
            Account.display_name,
            Report.reporter_key,
        )
        .join(Contribution.__table__, Contribution.id == Report.contribution_id)
        .join(Revision, Revision.id == Report.revision_id)
        .outerjoin(Account, Account.id == Report.reporter_id)
    )
