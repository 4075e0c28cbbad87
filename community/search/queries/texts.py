"""What is there to be found: live stories in each language they can be read in."""

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import NamedTuple

from sqlalchemy import Select, bindparam, select, text

from community.contributions.models import Contribution, Edition, Revision
from community.contributions.models.contribution import LIVE_STORY
from community.kit import db


class Text(NamedTuple):
    """A live story as it can be read in one language."""

    story_id: int
    language: str
    published_at: datetime
    title: str
    html: str


def texts(story_ids: Iterable[int]) -> list[Text]:
    """All that can be read of these stories."""
    ids = list(story_ids)
    rows = [*db.session.execute(_originals(), {"ids": ids}), *db.session.execute(_editions(), {"ids": ids})]
    return [Text._make(row) for row in rows]


def text_in(story_id: int, language: str) -> Text | None:
    """What can be read of a story in this language."""
    for query in (_originals(), _editions()):
        for row in db.session.execute(query, {"ids": [story_id]}):
            if row.language == language:
                return Text._make(row)
    return None


def live_after(story_id: int, most: int) -> list[int]:
    """The next live stories by number. Nobody changes them before this transaction ends."""
    return list(
        db.session.scalars(
            select(Contribution.id)
            .where(text(LIVE_STORY), Contribution.id > story_id)
            .order_by(Contribution.id)
            .limit(most)
            .with_for_update(read=True)
        )
    )


@cache
def _originals() -> Select[int, str, datetime | None, str, str]:
    return (
        select(
            Contribution.id,
            Contribution.language.label("language"),
            Contribution.published_at,
            Revision.title,
            Revision.html,
        )
        .join(Revision, Revision.id == Contribution.live_revision_id)
        .where(text(LIVE_STORY), Contribution.id.in_(bindparam("ids", expanding=True)))
    )


@cache
def _editions() -> Select[int, str, datetime, str, str]:
    return (
        select(
            Edition.story_id,
            Edition.language.label("language"),
            Edition.published_at,
            Edition.title,
            Edition.html,
        )
        .join(Contribution, Contribution.id == Edition.story_id)
        .where(text(LIVE_STORY), Edition.story_id.in_(bindparam("ids", expanding=True)))
    )
