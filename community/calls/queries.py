"""Questions about calls. Those that are open are few: whom they are for is looked at here, not in the database."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, exists, select, tuple_
from sqlalchemy.orm import joinedload, selectinload

from community.calls.models import Call, CallAnswer
from community.kit import clock, db, errors, paging

MOST_OPEN = 40
"""Open or coming at a time."""
PAGE = 24
MOST_LISTED = 5_000


def call(call_id: int, *, anew: bool = False) -> Call | None:
    """With its words; ``anew`` as the database has it now."""
    asked = _calls().where(Call.id == call_id).execution_options(populate_existing=anew)
    return db.session.scalars(asked).unique().first()


def by_form(by_id: int, form_id: str) -> Call | None:
    return db.session.scalars(_calls().where(Call.by_id == by_id, Call.form_id == form_id)).unique().first()


def open_calls() -> list[Call]:
    """Those that can be answered today, the one that ends first before the others."""
    return [one for one in current() if one.is_open]


def answerable(country: str, languages: Sequence[str], *, besides: int | None = None) -> list[Call]:
    """Those open to somebody there who writes these languages, and the one they chose before, open or not."""
    chosen = Call.id == besides if besides else Call.id.is_(None)
    asked = (
        _calls().where(Call.opened_at.is_not(None), _is_current() | chosen).order_by(Call.last_day, Call.id)
    )
    found = db.session.scalars(asked).unique().all()
    return [
        one for one in found if one.id == besides or (one.is_open and one.is_for(country, tuple(languages)))
    ]


def current() -> Sequence[Call]:
    """Opened and not over yet: the open ones and the coming ones, the one that ends first before the others."""
    return (
        db.session.scalars(
            select(Call)
            .where(Call.opened_at.is_not(None), _is_current())
            .options(selectinload(Call.texts))
            .order_by(Call.last_day, Call.id)
            .limit(MOST_OPEN)
        )
        .unique()
        .all()
    )


def ended(*, after: str | None = None, limit: int = PAGE) -> paging.Page[Call]:
    """The one that ended last first. Raises NotFound for a cursor that was not made here."""
    asked = select(Call).where(Call.opened_at.is_not(None), ~_is_current())
    place = paging.decode(after, (str, int))
    if place:
        asked = asked.where(tuple_(Call.last_day, Call.id) < (_day(str(place[0])), place[1]))
    rows = db.session.scalars(
        asked.options(selectinload(Call.texts))
        .order_by(Call.last_day.desc(), Call.id.desc())
        .limit(limit + 1)
    ).all()
    return paging.page(rows, limit, lambda one: (one.last_day.isoformat(), one.id))


def all_opened() -> Sequence[Call]:
    """Opened, over or not, the newest first; MOST_LISTED at most."""
    return db.session.scalars(
        select(Call)
        .where(Call.opened_at.is_not(None))
        .options(selectinload(Call.texts))
        .order_by(Call.id.desc())
        .limit(MOST_LISTED)
    ).all()


def every(*, after: str | None = None, limit: int = PAGE) -> paging.Page[Call]:
    """Drafts too, the newest first: for curators. Raises NotFound for a cursor that was not made here."""
    asked = select(Call).options(selectinload(Call.texts)).order_by(Call.id.desc()).limit(limit + 1)
    place = paging.decode(after, (int,))
    if place:
        asked = asked.where(Call.id < place[0])
    return paging.page(db.session.scalars(asked).all(), limit, lambda one: (one.id,))


def was_answered(story_id: int | None, call_id: int | None) -> bool:
    """Whether this story was sent for this call while that was open."""
    if not story_id or not call_id:
        return False
    sent = exists().where(CallAnswer.story_id == story_id, CallAnswer.call_id == call_id)
    return bool(db.session.scalar(select(sent)))


def _calls() -> Select[Call]:
    return select(Call).options(joinedload(Call.texts))


def _is_current() -> ColumnElement[bool]:
    return and_(Call.last_day >= clock.now().date(), Call.ended_at.is_(None))


def _day(given: str) -> date:
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise errors.NotFound from None
