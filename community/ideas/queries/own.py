"""A member's own ideas, and what others ask them."""

from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, exists, select, tuple_

from community.contributions.models import (
    Consent,
    Contribution,
    Kind,
    Purpose,
    Revision,
    RevisionState,
    State,
)
from community.contributions.models.consent import IS_GIVEN
from community.ideas.models import Idea, Quote
from community.kit import db, paging

PAGE = 20
MOST_ASKED = 50


class Mine(NamedTuple):
    """A line of a member's own ideas: where each stands, and what waits beside it."""

    id: int
    state: State
    version: int
    title: str
    excerpt: str
    language: str
    revision_state: RevisionState
    changed_at: datetime
    stage_id: int
    supporter_count: int
    breadth: int
    merged_into_id: int | None

    @property
    def is_returned(self) -> bool:
        """Only a moderator's return makes a submitted text a draft again."""
        return self.state is State.DRAFT and self.version > 1


class Asked(NamedTuple):
    """A paragraph of somebody's story in an idea, for which they have said neither yes nor no."""

    id: int
    idea_id: int
    words: str
    language: str
    story_title: str
    title: str
    title_language: str


def mine(author_id: int, *, after: str | None = None, limit: int = PAGE) -> paging.Page[Mine]:
    """In every state, last changed first, each with its newest text."""
    place = paging.decode(after, (str, int))
    values: dict[str, Any] = {"author_id": author_id, "most": limit + 1}
    query = _mine()
    if place:
        values |= {"at": paging.to_moment(place[0]), "id": place[1]}
        query = query.where(
            tuple_(Contribution.changed_at, Contribution.id)
            < tuple_(bindparam("at", type_=db.Moment), bindparam("id"))
        )
    rows = [Mine._make(row) for row in db.session.execute(query, values)]
    return paging.page(rows, limit, lambda row: (paging.from_moment(row.changed_at), row.id))


def asked(account_id: int) -> list[Asked]:
    """Newest first: only ideas that readers see, and stories that they can read."""
    agreed = exists().where(
        Consent.contribution_id == Quote.story_id, Consent.purpose == Purpose.QUOTE, IS_GIVEN
    )
    idea, story = Contribution.__table__.alias("idea_row"), Contribution.__table__.alias("story_row")
    text, told = Revision.__table__.alias("text"), Revision.__table__.alias("told")
    query = (
        select(
            Quote.id,
            Quote.idea_id,
            Quote.words,
            Quote.language,
            told.c.title.label("story_title"),
            text.c.title,
            text.c.language.label("title_language"),
        )
        .join(idea, idea.c.id == Quote.idea_id)
        .join(text, text.c.id == idea.c.live_revision_id)
        .join(story, story.c.id == Quote.story_id)
        .join(told, told.c.id == story.c.live_revision_id)
        .where(
            Quote.account_id == account_id,
            Quote.refused_at.is_(None),
            Quote.merge_id.is_(None),
            idea.c.state == State.LIVE,
            story.c.state == State.LIVE,
            ~agreed,
        )
        .order_by(Quote.id.desc())
        .limit(MOST_ASKED)
    )
    return [Asked._make(row) for row in db.session.execute(query)]


@cache
def _mine() -> Select[Any]:
    newest = (
        select(Revision.id)
        .where(Revision.contribution_id == Contribution.id)
        .order_by(Revision.number.desc())
        .limit(1)
        .correlate(Contribution)
        .scalar_subquery()
    )
    table = Idea.__table__
    columns: tuple[Any, ...] = (
        Contribution.id,
        Contribution.state,
        Contribution.version,
        Revision.title,
        Revision.body.label("excerpt"),
        Revision.language,
        Revision.state.label("revision_state"),
        Contribution.changed_at,
        table.c.stage_id,
        table.c.supporter_count,
        table.c.breadth,
        table.c.merged_into_id,
    )
    return (
        select(*columns)
        .join(table, table.c.id == Contribution.id)
        .join(Revision, Revision.id == newest)
        .where(
            Contribution.author_id == bindparam("author_id"),
            Contribution.kind == Kind.IDEA,
            Contribution.state != State.ERASED,
        )
        .order_by(Contribution.changed_at.desc(), Contribution.id.desc())
        .limit(bindparam("most"))
    )
