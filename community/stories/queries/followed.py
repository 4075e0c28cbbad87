"""The stories that somebody's follows bring them."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, text

from community.contributions.models import Contribution, Subject
from community.contributions.models.contribution import LIVE_STORY
from community.contributions.queries import Found, Place, Stretch, following
from community.kit import db
from community.stories.models import VehicleStory
from community.stories.queries.lists import Card, cards_query


def found(account_id: int, below: Place, *, limit: int, apart: Sequence[int] = ()) -> list[Found]:
    """The first live stories below a place by the members, about the models and topics, from the countries followed."""
    is_sqlite = db.session.get_bind().dialect.name == "sqlite"
    query = _found(is_sqlite=is_sqlite, has_apart=bool(apart))
    return following.found(query, account_id, below, limit=limit, apart=apart)


def cards_of(story_ids: Sequence[int]) -> list[Card]:
    """Those of them that are live, in no order."""
    query = cards_query().where(Contribution.id.in_(story_ids), text(LIVE_STORY))
    return [Card(*row) for row in db.session.execute(query)]


@cache
def _found(*, is_sqlite: bool, has_apart: bool) -> Select[Any]:
    contribution, about = Contribution.__table__, VehicleStory.__table__

    def story(subject: Subject, column: ColumnElement[Any]) -> Stretch:
        return Stretch(
            subject,
            contribution.c.id,
            contribution.c.published_at,
            lambda value: (text(LIVE_STORY), column == value),
            (contribution, "id", "published_at"),
        )

    stretches = (
        story(Subject.MEMBER, contribution.c.author_id),
        story(Subject.TOPIC, contribution.c.topic_id),
        story(Subject.COUNTRY, contribution.c.country),
        Stretch(
            Subject.MODEL,
            about.c.story_id,
            about.c.published_at,
            lambda value: (about.c.model_id == value,),
            (about, "story_id", "published_at"),
        ),
    )
    return following.found_by_follows(stretches, is_sqlite=is_sqlite, has_apart=has_apart)
