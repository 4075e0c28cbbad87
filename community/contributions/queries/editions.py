"""Questions about what stories can be read in besides their own language."""

from collections.abc import Collection, Sequence
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, func, select

from community.accounts.models import Account
from community.contributions.models import Contribution, Edition, Pictures, Tally
from community.contributions.models.topic import ANY_COUNTRY, ANY_TOPIC
from community.kit import db

CREDITS = 24


class Totals(NamedTuple):
    """Live stories by language: those told in it, and those that can be read in it besides."""

    told: dict[str, int]
    translated: dict[str, int]

    @property
    def readable(self) -> dict[str, int]:
        return {
            code: self.told.get(code, 0) + self.translated.get(code, 0)
            for code in {**self.told, **self.translated}
        }


def totals_by_language(country: str = ANY_COUNTRY, topic_id: int = ANY_TOPIC) -> Totals:
    """One row a language is read, whatever the filter."""
    rows = db.rows(_totals(), {"country": country, "topic_id": topic_id})
    return Totals(
        {row.language: row.stories for row in rows if row.stories},
        {row.language: row.translated for row in rows if row.translated},
    )


@cache
def _totals() -> Select[str, int, int]:
    return select(Tally.language, Tally.stories, Tally.translated).where(
        Tally.country == bindparam("country"), Tally.topic_id == bindparam("topic_id")
    )


def translated_from(
    spoken: Collection[str], country: str = ANY_COUNTRY, topic_id: int = ANY_TOPIC
) -> dict[str, int]:
    """How many stories told in other languages can be read in one of these, by the language they were told in."""
    query = (
        select(Edition.original_language, func.count(Edition.story_id.distinct()).label("stories"))
        .where(Edition.language.in_(spoken), Edition.original_language.not_in(spoken))
        .group_by(Edition.original_language)
    )
    if country:
        query = query.where(Edition.country == country)
    if topic_id:
        query = query.where(Edition.topic_id == topic_id)
    return {row.original_language: row.stories for row in db.session.execute(query)}


class Told(NamedTuple):
    """A story as a card shows it in another language than its own."""

    story_id: int
    language: str
    title: str
    excerpt: str
    minutes: int
    pictures: Pictures


def told_in(story_ids: Collection[int], spoken: Sequence[str]) -> dict[int, Told]:
    """Of these stories those that can be read in these languages, each in the first of them."""
    if not story_ids or not spoken:
        return {}
    rank = {code: number for number, code in enumerate(spoken)}
    rows = [Told._make(row) for row in db.rows(_told(), {"ids": list(story_ids), "spoken": list(spoken)})]
    return {told.story_id: told for told in sorted(rows, key=lambda one: rank[one.language], reverse=True)}


@cache
def _told() -> Select[int, str, str, str, int, Pictures]:
    return select(
        Edition.story_id, Edition.language, Edition.title, Edition.excerpt, Edition.minutes, Edition.pictures
    ).where(
        Edition.story_id.in_(bindparam("ids", expanding=True)),
        Edition.language.in_(bindparam("spoken", expanding=True)),
    )


class Rendering(NamedTuple):
    """A language a story can be read in, and who brought it there."""

    language: str
    translation_id: int
    translator_id: int
    handle: str
    display_name: str
    stale: int
    is_machine_aided: bool
    made_at: datetime


def renderings(story_id: int) -> tuple[str, tuple[Rendering, ...]]:
    """The language a story was told in ("" where there is none), and all it can be read in besides: one question."""
    rows = db.rows(_renderings(), {"story_id": story_id})
    own = rows[0][0] if rows else ""
    return own, tuple(Rendering._make(row[1:]) for row in rows if row.language is not None)


@cache
def _renderings() -> Select[Any]:
    columns: tuple[Any, ...] = (
        Contribution.language.label("own"),
        Edition.language,
        Edition.translation_id,
        Edition.translator_id,
        Account.handle,
        Account.display_name,
        Edition.stale,
        Edition.is_machine_aided,
        Edition.made_at,
    )
    return (
        select(*columns)
        .outerjoin(Edition, Edition.story_id == Contribution.id)
        .outerjoin(Account, Account.id == Edition.translator_id)
        .where(Contribution.id == bindparam("story_id"))
        .order_by(Edition.language)
    )


def edition(story_id: int, language: str) -> Edition | None:
    return db.session.get(Edition, (story_id, language))


class Credit(NamedTuple):
    """A story somebody brought to another language."""

    story_id: int
    title: str
    language: str
    original_language: str
    country: str
    made_at: datetime


def translated_by(account_id: int) -> list[Credit]:
    """What a member brought to other languages, the last CREDITS, as far as readers are shown it."""
    query = (
        select(
            Edition.story_id,
            Edition.title,
            Edition.language,
            Edition.original_language,
            Edition.country,
            Edition.made_at,
        )
        .where(Edition.translator_id == account_id)
        .order_by(Edition.made_at.desc(), Edition.story_id.desc())
        .limit(CREDITS)
    )
    return [Credit._make(row) for row in db.session.execute(query)]
