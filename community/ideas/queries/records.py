"""One idea and what belongs to it."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, bindparam, exists, select
from sqlalchemy.orm import joinedload

from community.accounts.models import Account
from community.contributions.models import Consent, Contribution, Purpose, Revision, State
from community.contributions.models.consent import IS_GIVEN
from community.contributions.queries import Rendering, with_renderings
from community.ideas.models import Idea, Merge, Quote, Stage, Vote
from community.ideas.models.merge import IS_STANDING
from community.kit import db


class Quoted(NamedTuple):
    """A quote as its idea's page needs it. ``is_live`` is its story's, ``is_agreed`` its author's consent."""

    id: int
    story_id: int
    account_id: int
    html: str
    language: str
    created_at: datetime
    refused_at: datetime | None
    merge_id: int | None
    title: str | None
    handle: str
    display_name: str
    country: str
    is_live: bool
    is_agreed: bool

    @property
    def is_shown(self) -> bool:
        return self.is_live and self.is_agreed and self.refused_at is None


def idea(idea_id: int) -> Idea | None:
    """With its author, live revision and stage."""
    return db.session.scalar(
        select(Idea)
        .where(Idea.id == idea_id)
        .options(joinedload(Idea.author), joinedload(Idea.live_revision), joinedload(Idea.stage))
    )


def told(idea_id: int) -> tuple[Idea, tuple[Rendering, ...]] | None:
    """The same with the languages it can be read in besides its own: one question."""
    rows = db.session.execute(_told(), {"idea_id": idea_id}).all()
    return (
        (rows[0][0], tuple(Rendering._make(row[1:]) for row in rows if row[1] is not None)) if rows else None
    )


def by_form(author_id: int, form_id: str) -> Idea | None:
    """What this author made with this one-time form."""
    return db.session.scalar(
        select(Idea)
        .where(Idea.author_id == author_id, Idea.form_id == form_id)
        .options(joinedload(Idea.stage))
    )


def stage(slug: str) -> Stage | None:
    return db.session.scalar(select(Stage).where(Stage.slug == slug))


def vote(idea_id: int, account_id: int) -> Vote | None:
    return db.session.get(Vote, (idea_id, account_id))


def merge(merge_id: int) -> Merge | None:
    return db.session.get(Merge, merge_id)


def standing_merge(duplicate_id: int) -> Merge | None:
    """What makes it a duplicate now."""
    return db.session.scalar(select(Merge).where(Merge.duplicate_id == duplicate_id, IS_STANDING))


def duplicates_of(idea_id: int) -> Sequence[Idea]:
    """Those merged into it now, with their live revision."""
    return db.session.scalars(
        select(Idea)
        .where(Idea.merged_into_id == idea_id)
        .options(joinedload(Idea.live_revision))
        .order_by(Idea.id)
    ).all()


def quote(quote_id: int) -> Quote | None:
    return db.session.get(Quote, quote_id)


def has_quote(idea_id: int, story_id: int, key: str) -> bool:
    """Whether it quotes this paragraph of this story already, as it was then."""
    one = exists().where(Quote.idea_id == idea_id, Quote.story_id == story_id, Quote.key == key)
    return bool(db.session.scalar(select(one)))


def quotes(idea_id: int) -> list[Quoted]:
    """All of them, first to last, shown or not."""
    return [Quoted._make(row) for row in db.session.execute(_quotes(), {"idea_id": idea_id})]


@cache
def _told() -> Select[Any]:
    return (
        with_renderings(Idea)
        .where(Idea.id == bindparam("idea_id"))
        .options(joinedload(Idea.author), joinedload(Idea.live_revision), joinedload(Idea.stage))
    )


@cache
def _quotes() -> Select[Any]:
    agreed = exists().where(
        Consent.contribution_id == Quote.story_id, Consent.purpose == Purpose.QUOTE, IS_GIVEN
    )
    columns: tuple[Any, ...] = (
        *(getattr(Quote, name) for name in Quoted._fields[:8]),
        Revision.title,
        Account.handle,
        Account.display_name,
        Contribution.country,
        (Contribution.state == State.LIVE).label("is_live"),
        agreed.label("is_agreed"),
    )
    return (
        select(*columns)
        .join(Contribution, Contribution.id == Quote.story_id)
        .outerjoin(Revision, and_(Revision.id == Contribution.live_revision_id))
        .join(Account, Account.id == Quote.account_id)
        .where(Quote.idea_id == bindparam("idea_id"))
        .order_by(Quote.id)
    )
