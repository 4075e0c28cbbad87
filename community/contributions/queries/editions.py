"""Questions about what stories and ideas can be read in besides their own language."""

from collections.abc import Collection, Sequence
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple
from urllib.parse import quote

from sqlalchemy import Select, bindparam, func, select

from community.accounts.models import Account
from community.contributions.models import Contribution, Edition, Kind, Pictures, Tally
from community.contributions.models.topic import ANY_COUNTRY, ANY_TOPIC
from community.kit import db, text

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
        .where(
            Edition.kind == Kind.STORY,
            Edition.language.in_(spoken),
            Edition.original_language.not_in(spoken),
        )
        .group_by(Edition.original_language)
    )
    if country:
        query = query.where(Edition.country == country)
    if topic_id:
        query = query.where(Edition.topic_id == topic_id)
    return {row.original_language: row.stories for row in db.session.execute(query)}


class Told(NamedTuple):
    """A story or an idea as a card shows it in another language than its own; ``story_id`` is its number."""

    story_id: int
    language: str
    title: str
    excerpt: str
    minutes: int
    pictures: Pictures


def told_in(ids: Collection[int], spoken: Sequence[str]) -> dict[int, Told]:
    """Of these stories or ideas those that can be read in these languages, each in the first of them."""
    rank = {code: number for number, code in enumerate(spoken)}
    rows = told(ids, spoken)
    return {one.story_id: one for one in sorted(rows, key=lambda one: rank[one.language], reverse=True)}


def told(ids: Collection[int], languages: Collection[str]) -> list[Told]:
    """These stories or ideas in each of these languages in which they can be read besides their own, in no order."""
    if not ids or not languages:
        return []
    return [Told._make(row) for row in db.rows(_told(), {"ids": list(ids), "spoken": list(languages)})]


@cache
def _told() -> Select[int, str, str, str, int, Pictures]:
    return select(
        Edition.story_id, Edition.language, Edition.title, Edition.excerpt, Edition.minutes, Edition.pictures
    ).where(
        Edition.story_id.in_(bindparam("ids", expanding=True)),
        Edition.language.in_(bindparam("spoken", expanding=True)),
    )


class Rendering(NamedTuple):
    """A language a story or an idea can be read in, and who brought it there."""

    language: str
    translation_id: int
    translator_id: int
    handle: str
    display_name: str
    stale: int
    is_machine_aided: bool
    made_at: datetime


def renderings(contribution_id: int) -> tuple[str, tuple[Rendering, ...]]:
    """The language it was told in ("" where there is none), and all it can be read in besides: one question."""
    rows = db.rows(_renderings(), {"id": contribution_id})
    own = rows[0][0] if rows else ""
    return own, tuple(Rendering._make(row[1:]) for row in rows if row.language is not None)


def with_renderings(*columns: Any) -> Select[Any]:
    """These columns of contributions, and in a row for each language they can be read in besides those of Rendering."""
    edition = (getattr(Edition, name) for name in ("language", "translation_id", "translator_id"))
    made = (Account.handle, Account.display_name, Edition.stale, Edition.is_machine_aided, Edition.made_at)
    return (
        select(*columns, *edition, *made)
        .outerjoin(Edition, Edition.story_id == Contribution.id)
        .outerjoin(Account, Account.id == Edition.translator_id)
        .order_by(Edition.language)
    )


@cache
def _renderings() -> Select[Any]:
    return with_renderings(Contribution.language.label("own")).where(Contribution.id == bindparam("id"))


def edition(contribution_id: int, language: str) -> Edition | None:
    return db.session.get(Edition, (contribution_id, language))


def editions(contribution_id: int) -> Sequence[Edition]:
    """All it can be read in besides its own language."""
    found = select(Edition).where(Edition.story_id == contribution_id).order_by(Edition.language)
    return db.session.scalars(found).all()


class Credit(NamedTuple):
    """A story or an idea somebody brought to another language; ``story_id`` is its number."""

    story_id: int
    kind: Kind
    title: str
    language: str
    original_language: str
    country: str
    made_at: datetime

    @property
    def address(self) -> str:
        room = "ideas" if self.kind is Kind.IDEA else "stories"
        return f"/{room}/{self.story_id}/{quote(text.slug(self.title))}?lang={self.language}"


def translated_by(account_id: int) -> list[Credit]:
    """What a member brought to other languages, the last CREDITS, as far as readers are shown it."""
    query = (
        select(
            Edition.story_id,
            Edition.kind,
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
