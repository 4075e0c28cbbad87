"""The ideas that somebody's follows bring them, and what the maker said to those they follow."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple
from urllib.parse import quote as quoted

from sqlalchemy import ColumnElement, Select, String, cast, exists, select, text

from community.accounts.models import Account
from community.contributions.models import Contribution, Revision, Subject
from community.contributions.queries import Found, Place, Stretch, following
from community.ideas.models import IDEA, IdeaConcern, Step, Sum
from community.kit import db, markup
from community.kit import text as words

LIVE_IDEA = "contribution.kind = 'idea' AND contribution.state = 'live'"
LONGEST_BEGINNING = 280


class Answer(NamedTuple):
    """What the maker said to an idea, as a list shows it."""

    id: int
    idea_id: int
    to_id: int
    title: str
    title_language: str
    html: str
    language: str
    function: str
    display_name: str
    created_at: datetime

    @property
    def beginning(self) -> str:
        return words.excerpt(markup.plain(self.html), LONGEST_BEGINNING)

    @property
    def address(self) -> str:
        return f"/ideas/{self.idea_id}/{quoted(words.slug(self.title))}"


def found(account_id: int, below: Place, *, limit: int, apart: Sequence[int] = ()) -> list[Found]:
    """The first listed ideas below a place by the members, and about the countries and models followed."""
    query = _found(is_sqlite=_is_sqlite(), has_apart=bool(apart))
    return following.found(query, account_id, below, limit=limit, apart=apart)


def answers_found(account_id: int, below: Place, *, limit: int) -> list[Found]:
    """The maker's first answers below a place to the ideas followed; left out for nobody."""
    return following.found(_answers_found(is_sqlite=_is_sqlite()), account_id, below, limit=limit)


def answers_of(step_ids: Sequence[int]) -> list[Answer]:
    """In no order."""
    contribution = Contribution.__table__
    rows = db.session.execute(
        select(
            Step.id,
            Step.idea_id,
            Step.to_id,
            Revision.title,
            contribution.c.language.label("title_language"),
            Step.html,
            Step.language,
            Step.function,
            Account.display_name,
            Step.created_at,
        )
        .join(contribution, contribution.c.id == Step.idea_id)
        .join(Revision, Revision.id == contribution.c.live_revision_id)
        .join(Account, Account.id == Step.by_id)
        .where(Step.id.in_(step_ids))
    )
    return [Answer._make(row) for row in rows]


@cache
def _found(*, is_sqlite: bool, has_apart: bool) -> Select[Any]:
    contribution, concern = Contribution.__table__, IdeaConcern.__table__

    def concerned(subject: Subject, kind: Sum) -> Stretch:
        return Stretch(
            subject,
            concern.c.idea_id,
            concern.c.published_at,
            lambda value: (
                concern.c.kind == kind,
                concern.c.value == cast(value, String),
                _is_listed(concern.c.idea_id),
            ),
            (IDEA, "id", "listed_at"),
        )

    stretches = (
        Stretch(
            Subject.MEMBER,
            contribution.c.id,
            contribution.c.published_at,
            lambda value: (
                text(LIVE_IDEA),
                contribution.c.author_id == value,
                _is_listed(contribution.c.id),
            ),
            (contribution, "id", "published_at"),
        ),
        concerned(Subject.MODEL, Sum.MODEL),
        concerned(Subject.COUNTRY, Sum.COUNTRY),
    )
    return following.found_by_follows(stretches, is_sqlite=is_sqlite, has_apart=has_apart)


@cache
def _answers_found(*, is_sqlite: bool) -> Select[Any]:
    step = Step.__table__
    answers = Stretch(
        Subject.CONTRIBUTION,
        step.c.id,
        step.c.created_at,
        lambda value: (step.c.idea_id == value, _is_listed(step.c.idea_id)),
        (step, "id", "created_at"),
        is_authored=False,
    )
    return following.found_by_follows((answers,), is_sqlite=is_sqlite, has_apart=False)


def _is_listed(idea_id: ColumnElement[int]) -> ColumnElement[bool]:
    listed = IDEA.alias()
    return exists().where(listed.c.id == idea_id, listed.c.listed_at.is_not(None))


def _is_sqlite() -> bool:
    return db.session.get_bind().dialect.name == "sqlite"
