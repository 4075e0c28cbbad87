"""What waits for a translation: stories many love and ideas many stand behind, which nobody has brought over yet."""

from collections.abc import Collection
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, exists, select, text
from sqlalchemy.orm import aliased

from community.accounts.models import Account
from community.contributions.models import Contribution, Edition, Kind, Revision, State
from community.ideas.models import IDEA
from community.ideas.models.idea import IS_LISTED
from community.kit import db
from community.translations.models import Translation

PAGE = 24
MOST_IDEAS = 12
MOST_LOVED = 500
"""Wanted translations are looked for among so many of the stories most loved, and of the ideas most supported."""


class Wanted(NamedTuple):
    """A story or an idea that a member could bring to a language; ``liked``: how many know it, or stand behind it."""

    id: int
    kind: Kind
    title: str
    excerpt: str
    language: str
    country: str
    display_name: str
    minutes: int
    liked: int
    breadth: int
    """Of an idea: the countries its supporters are from."""


def wanted(
    reads: Collection[str], *, viewer_id: int, target: str, apart: Collection[int] = ()
) -> list[Wanted]:
    """Well-loved stories in the languages somebody reads that nobody has brought to ``target`` yet.

    Looked for among the MOST_LOVED of each of those languages, so that it costs the same among a million. What
    members ``apart`` wrote is left out.
    """
    found = [
        story
        for code in sorted(set(reads) - {target})
        for story in _asked(_stories(code), target, [viewer_id, *apart])
    ]
    return sorted(found, key=lambda story: (-story.liked, -story.id))[:PAGE]


def wanted_ideas(
    reads: Collection[str], *, viewer_id: int, target: str, apart: Collection[int] = ()
) -> list[Wanted]:
    """The same of listed ideas, those with the most supporters first."""
    query = _ideas([code for code in reads if code != target])
    return _asked(query, target, [viewer_id, *apart])[:MOST_IDEAS]


def _asked(query: Select[Any], target: str, not_by: Collection[int]) -> list[Wanted]:
    narrowed = query.where(
        Contribution.takes_translations,
        Contribution.author_id.not_in(not_by),
        ~_has_edition(target),
        ~_is_under_way(target),
    ).limit(PAGE)
    return [Wanted._make(row) for row in db.session.execute(narrowed)]


def _stories(language: str) -> Select[Any]:
    loved = (
        select(Contribution.id)
        .where(
            text("contribution.kind = 'story' AND contribution.state = 'live'"),
            Contribution.language == language,
            Contribution.reaction_count > 0,
        )
        .order_by(Contribution.reaction_count.desc(), Contribution.id.desc())
        .limit(MOST_LOVED)
        .subquery()
    )
    return (
        _rows(Contribution.reaction_count, Contribution.reaction_count)
        .join(loved, loved.c.id == Contribution.id)
        .order_by(Contribution.reaction_count.desc(), Contribution.id.desc())
    )


def _ideas(languages: Collection[str]) -> Select[Any]:
    backed = (
        select(IDEA.c.id, IDEA.c.supporter_count, IDEA.c.breadth)
        .where(IS_LISTED, IDEA.c.supporter_count > 0)
        .order_by(IDEA.c.supporter_count.desc(), IDEA.c.id.desc())
        .limit(MOST_LOVED)
        .subquery()
    )
    return (
        _rows(backed.c.supporter_count, backed.c.breadth)
        .join(backed, backed.c.id == Contribution.id)
        .where(Contribution.language.in_(languages))
        .order_by(backed.c.supporter_count.desc(), backed.c.id.desc())
    )


def _rows(liked: Any, breadth: Any) -> Select[Any]:
    columns: tuple[Any, ...] = (
        Contribution.id,
        Contribution.kind,
        Revision.title,
        Revision.excerpt,
        Contribution.language,
        Contribution.country,
        Account.display_name,
        Revision.minutes,
        liked,
        breadth,
    )
    return (
        select(*columns)
        .join(Revision, Revision.id == Contribution.live_revision_id)
        .join(Account, Account.id == Contribution.author_id)
    )


def _has_edition(target: str) -> ColumnElement[bool]:
    return exists().where(Edition.story_id == Contribution.id, Edition.language == target)


def _is_under_way(target: str) -> ColumnElement[bool]:
    """Whether somebody is at it already."""
    begun = aliased(Translation, flat=True)
    return (
        select(begun.id)
        .where(
            begun.of_id == Contribution.id,
            begun.language == target,
            begun.state.in_((State.DRAFT, State.WAITING)),
        )
        .correlate(Contribution)
        .exists()
    )
