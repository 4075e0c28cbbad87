"""Lists of translations: of one story or idea, and of one member."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import aliased

from community.accounts.models import Account
from community.contributions.models import Contribution, Edition, Kind, Revision, RevisionState, State
from community.contributions.models.states import ENDED
from community.kit import db, paging
from community.translations.models import Translation

PAGE = 24


class Line(NamedTuple):
    """A translation in a list, ``title`` its newest revision's; ``original_title`` is None for a hidden original."""

    id: int
    of_id: int
    language: str
    state: State
    version: int
    changed_at: datetime
    title: str
    revision_state: RevisionState
    handle: str
    display_name: str
    stale: int | None
    """None where readers are not shown it."""
    original_title: str | None
    original_language: str
    kind: Kind
    """Of the original."""

    @property
    def is_returned(self) -> bool:
        """Only a moderator's return makes a submitted text a draft again."""
        return self.state is State.DRAFT and self.version > 1


def of_thing(
    of_id: int, *, viewer_id: int | None, is_author: bool, apart: Collection[int] = ()
) -> list[Line]:
    """What there is of a story or an idea: what is shown, and the viewer's own; not what members ``apart`` made of it.

    Its author sees all that was ever sent, whoever sent it: what is said in their name they may object to.
    """
    seen: ColumnElement[bool] = Edition.translation_id.is_not(None)
    if is_author:
        seen = Translation.state.in_((State.WAITING, State.LIVE, State.HIDDEN, State.REFUSED))
    elif apart:
        seen = seen & Translation.author_id.not_in(apart)
    if viewer_id is not None:
        seen = seen | ((Translation.author_id == viewer_id) & Translation.state.not_in(ENDED))
    rows = db.session.execute(
        _lines().where(Translation.of_id == of_id, seen).order_by(Translation.language, Translation.id)
    )
    return [Line._make(row) for row in rows]


def mine(author_id: int, *, after: str | None = None) -> paging.Page[Line]:
    """A member's own, the newest first. Raises NotFound for a cursor that was not made here."""
    query = _lines().where(Translation.author_id == author_id, Translation.state != State.ERASED)
    place = paging.decode(after, (int,))
    if place:
        query = query.where(Translation.id < place[0])
    rows = [
        Line._make(row) for row in db.session.execute(query.order_by(Translation.id.desc()).limit(PAGE + 1))
    ]
    return paging.page(rows, PAGE, lambda row: (row.id,))


def _lines() -> Select[Any]:
    newest = (
        select(Revision.id)
        .where(Revision.contribution_id == Translation.id)
        .order_by(Revision.number.desc())
        .limit(1)
        .correlate(Translation.__table__, Contribution.__table__)
        .scalar_subquery()
    )
    original, told = aliased(Contribution, flat=True), aliased(Revision)
    columns: tuple[Any, ...] = (
        Translation.id,
        Translation.of_id,
        Translation.language,
        Translation.state,
        Translation.version,
        Translation.changed_at,
        Revision.title,
        Revision.state.label("revision_state"),
        Account.handle,
        Account.display_name,
        Edition.stale,
        told.title.label("original_title"),
        original.language.label("original_language"),
        original.kind.label("kind"),
    )
    return (
        select(*columns)
        .join(Revision, Revision.id == newest)
        .join(Account, Account.id == Translation.author_id)
        .join(original, original.id == Translation.of_id)
        .outerjoin(told, (told.id == original.live_revision_id) & (original.state == State.LIVE))
        .outerjoin(Edition, Edition.translation_id == Translation.id)
    )
