"""Questions about one story, and about a member's own."""

from datetime import datetime
from functools import cache
from typing import NamedTuple

from sqlalchemy import Select, bindparam, select, tuple_
from sqlalchemy.orm import joinedload

from community.accounts.models import Vehicle
from community.contributions.models import Contribution, Kind, Revision, RevisionState, State
from community.kit import db, paging
from community.stories.models import Story
from community.stories.queries.lists import PAGE


def story(story_id: int) -> Story | None:
    """With its author, live revision and vehicle, in one query."""
    return db.session.scalar(_story(), {"id": story_id})


@cache
def _story() -> Select[Story]:
    """Composed once: composing takes longer than running it."""
    return (
        select(Story)
        .where(Story.id == bindparam("id"))
        .options(
            joinedload(Story.author, innerjoin=True),
            joinedload(Story.live_revision),
            joinedload(Story.vehicle).joinedload(Vehicle.listed),
        )
    )


def by_form(author_id: int, form_id: str) -> Story | None:
    return db.session.scalar(select(Story).where(Story.author_id == author_id, Story.form_id == form_id))


class Mine(NamedTuple):
    """A line of a member's own contributions: where it stands, and what waits beside it."""

    id: int
    kind: Kind
    state: State
    version: int
    title: str
    excerpt: str
    language: str
    revision_state: RevisionState
    changed_at: datetime
    saved_at: datetime

    @property
    def is_returned(self) -> bool:
        """Only a moderator's return makes a submitted text a draft again."""
        return self.state is State.DRAFT and self.version > 1


def mine(author_id: int, *, after: str | None = None, limit: int = PAGE) -> paging.Page[Mine]:
    """A member's own stories in every state, last changed first, each with its newest revision."""
    newest = (
        select(Revision.id)
        .where(Revision.contribution_id == Contribution.id)
        .order_by(Revision.number.desc())
        .limit(1)
        .correlate(Contribution)
        .scalar_subquery()
    )
    query = (
        select(
            Contribution.id,
            Contribution.kind,
            Contribution.state,
            Contribution.version,
            Revision.title,
            Revision.body.label("excerpt"),
            Revision.language,
            Revision.state.label("revision_state"),
            Contribution.changed_at,
            Revision.saved_at,
        )
        .join(Revision, Revision.id == newest)
        .where(
            Contribution.author_id == author_id,
            Contribution.kind == Kind.STORY,
            Contribution.state != State.ERASED,
        )
    )
    place = paging.decode(after, (str, int))
    if place:
        query = query.where(
            tuple_(Contribution.changed_at, Contribution.id) < (paging.to_moment(place[0]), place[1])
        )
    found = db.session.execute(
        query.order_by(Contribution.changed_at.desc(), Contribution.id.desc()).limit(limit + 1)
    )
    rows = [Mine._make(row) for row in found]
    return paging.page(rows, limit, lambda row: (paging.from_moment(row.changed_at), row.id))
