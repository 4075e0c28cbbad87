"""Who hears what becomes of an idea."""

from enum import StrEnum
from typing import Any

from sqlalchemy import CompoundSelect, and_, exists, literal, select, union_all

from community.contributions.models import Consent, Contribution, Follow, Purpose, State
from community.contributions.models.consent import IS_GIVEN
from community.ideas.models import Idea, Quote, Vote


class Why(StrEnum):
    """The strongest first: whoever is quoted and follows too is told as one who is quoted."""

    QUOTED = "quoted"
    AUTHOR = "author"
    SUPPORTER = "supporter"
    FOLLOWER = "follower"


def audience(idea_id: int) -> CompoundSelect[Any]:
    """Rows of account_id, why and rank (0 for QUOTED); somebody with several reasons has several rows."""
    agreed = exists().where(
        Consent.contribution_id == Quote.story_id, Consent.purpose == Purpose.QUOTE, IS_GIVEN
    )
    quoted = (
        select(Quote.account_id.label("account_id"))
        .join(Contribution, Contribution.id == Quote.story_id)
        .where(
            Quote.idea_id == idea_id,
            Quote.refused_at.is_(None),
            and_(Contribution.state == State.LIVE, agreed),
        )
    )
    author = select(Contribution.author_id.label("account_id")).where(Contribution.id == idea_id)
    of_duplicates = (
        select(Contribution.author_id.label("account_id"))
        .join(Idea.__table__, Idea.__table__.c.id == Contribution.id)
        .where(Idea.__table__.c.merged_into_id == idea_id)
    )
    supporters = select(Vote.account_id.label("account_id")).where(Vote.idea_id == idea_id)
    followers = select(Follow.account_id.label("account_id")).where(
        Follow.contribution_id == idea_id, Follow.is_muted.is_(False)
    )
    parts = (
        (quoted, Why.QUOTED),
        (author, Why.AUTHOR),
        (of_duplicates, Why.AUTHOR),
        (supporters, Why.SUPPORTER),
        (followers, Why.FOLLOWER),
    )
    ranks = {why: rank for rank, why in enumerate(Why)}
    return union_all(
        *(
            part.add_columns(literal(why.value).label("why"), literal(ranks[why]).label("rank"))
            for part, why in parts
        )
    )
