"""Questions about appeals: what may be appealed, what is being looked at again, and who is there to look."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import Select, func, select, text, tuple_
from sqlalchemy.orm import joinedload, selectinload

from community.accounts.models import Account
from community.contributions.models import Revision
from community.kit import db, paging
from community.moderation.models import (
    RESTRICTIONS,
    WINDOW,
    Appeal,
    AppealMessage,
    Decision,
    Outcome,
    Report,
    Sanction,
    Statement,
)
from community.policy.permissions import Role

PAGE = 50
IS_OPEN = text("appeal.decided_at IS NULL")


class Against(StrEnum):
    """What an appeal is against; ``report`` is the decision that answered it, as its reporter sees it."""

    DECISION = "decision"
    SANCTION = "sanction"
    REPORT = "report"


@dataclass(frozen=True)
class Matter:
    """An act and the one person who may appeal it, with their appeal if there is one.

    ``decision`` is None for sanctions and for a report that no decision answered.
    """

    against: Against
    number: int
    decision: Decision | None
    sanction: Sanction | None
    report: Report | None
    appeal: Appeal | None
    is_undone: bool

    @property
    def told_at(self) -> datetime | None:
        """When the appellant was told; None for a report that waits for its answer."""
        if self.report is not None:
            return self.report.answered_at
        act = self.decision or self.sanction
        return act.created_at if act else None

    @property
    def until(self) -> datetime | None:
        """The moment at which it is too late."""
        return self.told_at + WINDOW if self.told_at else None

    @property
    def appellant_id(self) -> int | None:
        """None for a reporter without an account."""
        if self.report is not None:
            return self.report.reporter_id
        if self.sanction is not None:
            return self.sanction.account_id
        return self.decision.author_id if self.decision else None


class Listed(NamedTuple):
    """A line of the desk's list; ``is_answered`` when the last word in its dialogue is the desk's.

    An appeal against a sanction is about no text.
    """

    appeal: Appeal
    title: str | None
    excerpt: str | None
    is_answered: bool


def matter(against: Against, number: int) -> Matter | None:
    """What a token stands for; None where there is no such act, or it restricts nobody."""
    decision = sanction = report = None
    if against is Against.SANCTION:
        sanction = db.session.get(Sanction, number)
    elif against is Against.REPORT:
        report = db.session.get(Report, number, options=[joinedload(Report.revision)])
        decision = db.session.get(Decision, report.decision_id) if report and report.decision_id else None
    else:
        decision = db.session.get(Decision, number)
        decision = decision if decision and decision.outcome in RESTRICTIONS else None
    if (report or sanction or decision) is None:
        return None
    is_undone = decision is not None and _is_undone(decision.id)
    return Matter(against, number, decision, sanction, report, _appeal_of(against, number), is_undone)


def appeal(appeal_id: int) -> Appeal | None:
    """With what it is against, and who decided."""
    return db.session.scalar(_whole().where(Appeal.id == appeal_id))


def message(message_id: int) -> AppealMessage | None:
    return db.session.get(AppealMessage, message_id)


def messages(appeal_id: int) -> Sequence[AppealMessage]:
    """First to last; the first is the appeal itself."""
    return db.session.scalars(
        select(AppealMessage).where(AppealMessage.appeal_id == appeal_id).order_by(AppealMessage.id)
    ).all()


def open_appeals(*, viewer_id: int, after: str | None = None, limit: int = PAGE) -> paging.Page[Listed]:
    """Oldest first, without those that concern the viewer."""
    query = _listed(viewer_id).where(IS_OPEN)
    place = paging.decode(after, (str, int))
    if place:
        query = query.where(tuple_(Appeal.opened_at, Appeal.id) > (paging.to_moment(place[0]), place[1]))
    rows = db.session.execute(query.order_by(Appeal.opened_at, Appeal.id).limit(limit + 1))
    return paging.page(
        [Listed._make(row) for row in rows],
        limit,
        lambda row: (paging.from_moment(row.appeal.opened_at), row.appeal.id),
    )


def decided_appeals(*, viewer_id: int, after: str | None = None, limit: int = PAGE) -> paging.Page[Listed]:
    """The last that came in first, without those that concern the viewer."""
    query = _listed(viewer_id).where(Appeal.decided_at.is_not(None))
    place = paging.decode(after, (int,))
    if place:
        query = query.where(Appeal.id < place[0])
    rows = db.session.execute(query.order_by(Appeal.id.desc()).limit(limit + 1))
    return paging.page([Listed._make(row) for row in rows], limit, lambda row: (row.appeal.id,))


def authors_appeals(decision_ids: Sequence[int]) -> dict[int, Appeal]:
    """Those of the author against these decisions, by the decision's number."""
    found = db.session.scalars(
        select(Appeal).where(Appeal.decision_id.in_(decision_ids), Appeal.report_id.is_(None))
    )
    return {one.decision_id: one for one in found if one.decision_id is not None}


def change_by(appeal_id: int) -> Decision | None:
    """The decision a reversal carried out; None where only the record was corrected."""
    return db.session.scalar(select(Decision).where(Decision.appeal_id == appeal_id))


def last_lock(contribution_id: int) -> Decision | None:
    """The one that closed its answers last, unless it was undone."""
    undone = select(Decision.undoes_id).where(
        Decision.contribution_id == contribution_id, Decision.undoes_id.is_not(None)
    )
    return db.session.scalar(
        select(Decision)
        .where(
            Decision.contribution_id == contribution_id,
            Decision.outcome == Outcome.LOCK,
            Decision.id.not_in(undone),
        )
        .order_by(Decision.id.desc())
        .limit(1)
    )


def statement_for(appeal: Appeal) -> Statement | None:
    """The statement of reasons of the restriction it is against."""
    act = appeal.decision or appeal.sanction
    return db.session.get(Statement, act.statement_puid) if act and act.statement_puid else None


def team() -> Sequence[Account]:
    """Everybody with a role at the desk, in whatever standing, with what they read."""
    return db.session.scalars(
        select(Account)
        .where(Account.role.in_((Role.MODERATOR, Role.ADMIN)))
        .options(selectinload(Account.reading_languages))
        .order_by(Account.id)
    ).all()


def _appeal_of(against: Against, number: int) -> Appeal | None:
    query = _whole()
    if against is Against.SANCTION:
        return db.session.scalar(query.where(Appeal.sanction_id == number))
    if against is Against.REPORT:
        return db.session.scalar(query.where(Appeal.report_id == number))
    return db.session.scalar(query.where(Appeal.decision_id == number, Appeal.report_id.is_(None)))


def _whole() -> Select[Appeal]:
    return select(Appeal).options(
        joinedload(Appeal.decision),
        joinedload(Appeal.sanction),
        joinedload(Appeal.report),
        joinedload(Appeal.first_by, innerjoin=True),
        joinedload(Appeal.decided_by),
    )


def _listed(viewer_id: int) -> Select[Appeal, str | None, str | None, bool]:
    last = (
        select(AppealMessage.is_from_desk)
        .where(AppealMessage.appeal_id == Appeal.id)
        .order_by(AppealMessage.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    return (
        _whole()
        .outerjoin(Decision, Decision.id == Appeal.decision_id)
        .outerjoin(Revision, Revision.id == Decision.revision_id)
        .outerjoin(Sanction, Sanction.id == Appeal.sanction_id)
        .where(
            func.coalesce(Decision.author_id, Sanction.account_id) != viewer_id,
            func.coalesce(Appeal.appellant_id, 0) != viewer_id,
        )
        .add_columns(Revision.title, Revision.excerpt, last)
    )


def _is_undone(decision_id: int) -> bool:
    return db.session.scalar(select(Decision.id).where(Decision.undoes_id == decision_id)) is not None
