"""What is there to be found: live stories and ideas in each language they can be read in."""

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, select, text

from community.contributions.models import Contribution, Edition, Kind, Revision
from community.kit import db

# Written out, not bound, as LIVE_STORY is.
LIVE = "contribution.kind IN ('story', 'idea') AND contribution.state = 'live'"


class Text(NamedTuple):
    """A live story or idea as it can be read in one language."""

    story_id: int
    kind: Kind
    language: str
    published_at: datetime
    title: str
    html: str


def texts(numbers: Iterable[int]) -> list[Text]:
    """All that can be read of these stories and ideas."""
    ids = list(numbers)
    rows = [*db.session.execute(_originals(), {"ids": ids}), *db.session.execute(_editions(), {"ids": ids})]
    return [Text._make(row) for row in rows]


def text_in(number: int, language: str) -> Text | None:
    """What can be read of a story or an idea in this language."""
    for query in (_originals(), _editions()):
        for row in db.session.execute(query, {"ids": [number]}):
            if row.language == language:
                return Text._make(row)
    return None


def live_after(number: int, most: int) -> list[int]:
    """The next live stories and ideas by number. Nobody changes them before this transaction ends."""
    return list(
        db.session.scalars(
            select(Contribution.id)
            .where(text(LIVE), Contribution.id > number)
            .order_by(Contribution.id)
            .limit(most)
            .with_for_update(read=True)
        )
    )


@cache
def _originals() -> Select[Any]:
    columns: tuple[Any, ...] = (
        Contribution.id,
        Contribution.kind,
        Contribution.language.label("language"),
        Contribution.published_at,
        Revision.title,
        Revision.html,
    )
    return (
        select(*columns)
        .join(Revision, Revision.id == Contribution.live_revision_id)
        .where(text(LIVE), Contribution.id.in_(bindparam("ids", expanding=True)))
    )


@cache
def _editions() -> Select[Any]:
    columns: tuple[Any, ...] = (
        Edition.story_id,
        Edition.kind,
        Edition.language.label("language"),
        Edition.published_at,
        Edition.title,
        Edition.html,
    )
    return (
        select(*columns)
        .join(Contribution, Contribution.id == Edition.story_id)
        .where(text(LIVE), Edition.story_id.in_(bindparam("ids", expanding=True)))
    )
