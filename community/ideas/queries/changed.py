"""What stories changed: ideas that show a paragraph of one, where they stand, and what the maker said last."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple
from urllib.parse import quote as quoted

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, tuple_

from community.accounts.models import Account
from community.contributions.models import Consent, Contribution, Purpose, Revision, State
from community.contributions.models.consent import IS_GIVEN
from community.ideas.models import IDEA, Quote, Step, Vote
from community.ideas.models.idea import IS_LISTED
from community.ideas.queries.lists import MOST_FED, Card, cards_query
from community.kit import db, markup, paging, text

PAGE = 12
LONGEST_BEGINNING = 280


class Feeding(NamedTuple):
    """A story that an idea shows a paragraph of."""

    idea_id: int
    story_id: int
    title: str
    language: str
    country: str
    display_name: str

    @property
    def address(self) -> str:
        return f"/stories/{self.story_id}/{quoted(text.slug(self.title))}"


class Said(NamedTuple):
    """The maker's last answer to an idea."""

    idea_id: int
    html: str
    language: str
    function: str
    created_at: datetime

    @property
    def beginning(self) -> str:
        return text.excerpt(markup.plain(self.html), LONGEST_BEGINNING)


def changed(
    stage_id: int | None, *, after: str | None = None, limit: int = PAGE, apart: Sequence[int] = ()
) -> paging.Page[Card]:
    """The listed ideas with at least one quote that is shown, last answered first: a walk of one index.

    Those of members ``apart`` are left out, and those that came out of their stories alone. Raises NotFound.
    """
    place = paging.decode(after, (str, int))
    keys = (IDEA.c.answered_at, IDEA.c.id)
    # Looked for idea by idea: PostgreSQL would rather join all quotes there are, and sort.
    quote = _shown(Quote.id, apart=apart).where(Quote.idea_id == IDEA.c.id).correlate(IDEA).limit(1)
    has_quote = quote.scalar_subquery().is_not(None)
    query = cards_query().where(IS_LISTED, has_quote, *_not_by(apart))
    if stage_id is not None:
        query = query.where(IDEA.c.stage_id == stage_id)
    if place is not None:
        query = query.where(tuple_(*keys) < tuple_(paging.to_moment(place[0]), place[1]))
    rows = db.session.execute(query.order_by(*(key.desc() for key in keys)).limit(limit + 1))
    return paging.page([Card(*row) for row in rows], limit, _place)


def feeding(idea_ids: Sequence[int], *, apart: Sequence[int] = ()) -> dict[int, list[Feeding]]:
    """By idea, the stories it shows paragraphs of, in the order they were quoted; none of members ``apart``."""
    first = func.min(Quote.id).label("first")
    shown = _shown(Quote.idea_id, Quote.story_id, first, apart=apart).where(Quote.idea_id.in_(idea_ids))
    story = shown.group_by(Quote.idea_id, Quote.story_id).subquery()
    columns = (Revision.title, Contribution.language, Contribution.country, Account.display_name)
    rows = db.session.execute(
        select(story.c.idea_id, story.c.story_id, *columns)
        .join(Contribution, Contribution.id == story.c.story_id)
        .join(Revision, Revision.id == Contribution.live_revision_id)
        .join(Account, Account.id == Contribution.author_id)
        .order_by(story.c.first)
    )
    found: dict[int, list[Feeding]] = {}
    for row in rows:
        found.setdefault(row.idea_id, []).append(Feeding(*row))
    return found


def last_said(idea_ids: Sequence[int]) -> dict[int, Said]:
    """By idea, what the maker said last; those never answered are left out."""
    rows = db.session.execute(
        select(Step.idea_id, Step.html, Step.language, Step.function, Step.created_at)
        .join(IDEA, and_(IDEA.c.id == Step.idea_id, IDEA.c.moves == Step.number))
        .where(Step.idea_id.in_(idea_ids))
    )
    return {row.idea_id: Said(*row) for row in rows}


def of_member(account_id: int, *, apart: Sequence[int] = ()) -> tuple[list[Card], list[Card]]:
    """The listed ideas that quote what a member told, and those they stand behind; newest first, in one question.

    Those of members ``apart`` are left out.
    """
    backed = select(Vote.idea_id).where(Vote.account_id == account_id)
    is_fed = IDEA.c.id.in_(_shown(Quote.idea_id).where(Quote.account_id == account_id)).label("is_fed")
    is_backed = IDEA.c.id.in_(backed).label("is_backed")
    query = (
        cards_query()
        .add_columns(is_fed, is_backed)
        .where(IS_LISTED, or_(is_fed, is_backed), *_not_by(apart))
        .order_by(is_fed.desc(), IDEA.c.listed_at.desc(), IDEA.c.id.desc())
        .limit(MOST_FED)
    )
    rows = db.session.execute(query).all()
    fed, stood = ([Card(*row[:-2]) for row in rows if getattr(row, mark)] for mark in ("is_fed", "is_backed"))
    return fed, stood


def _not_by(apart: Sequence[int]) -> list[ColumnElement[bool]]:
    return [Contribution.__table__.c.author_id.not_in(apart)] if apart else []


def _shown(*columns: Any, apart: Sequence[int] = ()) -> Select[Any]:
    """Of quotes: those whose story is live, whose author agreed, did not refuse this one, and is not ``apart``."""
    agreed = exists().where(
        Consent.contribution_id == Quote.story_id, Consent.purpose == Purpose.QUOTE, IS_GIVEN
    )
    story = Contribution.__table__.alias("quoted")
    shown = (
        select(*columns)
        .select_from(Quote)
        .join(story, story.c.id == Quote.story_id)
        .where(Quote.refused_at.is_(None), story.c.state == State.LIVE, agreed)
    )
    return shown.where(Quote.account_id.not_in(apart)) if apart else shown


def _place(card: Card) -> tuple[Any, ...]:
    return paging.from_moment(card.answered_at or card.listed_at), card.id
