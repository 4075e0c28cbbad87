"""Merging: two ideas are one. What moves to the original carries the merge's number, so that undoing takes that back.

The duplicate keeps its own votes, quotes and followers where they are; the original gets copies of those it lacks.
"""

from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import (
    ColumnElement,
    Select,
    delete,
    exists,
    func,
    insert,
    literal,
    null,
    or_,
    select,
    update,
)

from community.accounts.models import Account
from community.contributions.models import Contribution, Follow, State
from community.ideas import queries
from community.ideas.actions import voting
from community.ideas.facts import IdeasMerged, IdeasParted
from community.ideas.models import IDEA, Idea, Merge, Quote, Vote
from community.ideas.models.merge import IS_STANDING
from community.kit import clock, db, facts, unit_of_work
from community.kit.errors import Conflict, Invalid

ITSELF = _l("An idea cannot be put together with itself.")
HAS_DUPLICATES = _l(
    "Others were put together with this idea. Take them apart first, or merge the other way round."
)
NOT_LISTED = _l("Both ideas must be open to readers, and neither put together with another one already.")


def merge(duplicate: Idea, original: Idea, *, why: str, by: Account) -> Merge:
    """The duplicate leaves the lists; its supporters, quotes and followers are the original's too.

    Merged again into the same original it is the same merge. Raises Invalid, Conflict.
    """
    if duplicate.id == original.id:
        raise Invalid({"original": [ITSELF]})
    _lock(duplicate.id, original.id)
    earlier = queries.standing_merge(duplicate.id)
    if earlier is not None and earlier.original_id == original.id:
        return earlier
    if queries.duplicates_of(duplicate.id):
        raise Conflict(HAS_DUPLICATES)
    if len(_listed(duplicate.id, original.id)) < 2:
        raise Conflict(NOT_LISTED)
    made = Merge(
        duplicate_id=duplicate.id, original_id=original.id, by_id=by.id, why=why, created_at=clock.now()
    )
    db.session.add(made)
    db.session.flush()
    _set(duplicate.id, listed_at=None, merged_into_id=original.id)
    _bring(made, author_id=duplicate.author_id, country=duplicate.country, but=original.author_id)
    voting.recount(original.id)
    facts.announce(IdeasMerged(made.id, duplicate.id, original.id))
    unit_of_work.public_change()
    return made


def part_all(original_id: int) -> None:
    """Its author took the original away: what was put together with it stands for itself again."""
    standing = select(Merge).where(Merge.original_id == original_id, IS_STANDING).order_by(Merge.id)
    merges = db.session.scalars(standing).all()
    if merges:
        _lock(original_id, *(made.duplicate_id for made in merges))
    for made in merges:
        part(made, by=None)


def part(made: Merge, *, by: Account | None) -> None:
    """Undo it; undone again it changes nothing. What somebody said anew since the merge stays with the original.

    ``by`` is None where nobody decided it.
    """
    _lock(made.duplicate_id, made.original_id)
    undone = db.session.execute(
        update(Merge)
        .where(Merge.id == made.id, Merge.undone_at.is_(None))
        .values(undone_at=clock.now(), undone_by_id=by.id if by else None)
        .execution_options(synchronize_session=False)
    )
    if not db.changed(undone):
        return
    _hand_over(made)
    for model in (Vote, Quote, Follow):
        db.session.execute(
            delete(model).where(model.merge_id == made.id).execution_options(synchronize_session=False)
        )
    published = (
        select(Contribution.published_at)
        .where(Contribution.id == made.duplicate_id, Contribution.state == State.LIVE)
        .scalar_subquery()
    )
    _set(made.duplicate_id, merged_into_id=None, listed_at=published)
    voting.recount(made.original_id)
    db.session.expire(made)
    facts.announce(IdeasParted(made.id, made.duplicate_id, made.original_id))
    unit_of_work.public_change()


def _lock(*idea_ids: int) -> None:
    """In one order, so that no two merges wait for each other."""
    for number in sorted(idea_ids):
        db.session.execute(select(IDEA.c.id).where(IDEA.c.id == number).with_for_update(key_share=True))


def _listed(*idea_ids: int) -> list[int]:
    return list(
        db.session.scalars(select(IDEA.c.id).where(IDEA.c.id.in_(idea_ids), IDEA.c.listed_at.is_not(None)))
    )


def _set(idea_id: int, **values: Any) -> None:
    db.session.execute(update(IDEA).where(IDEA.c.id == idea_id).values(**values))


def _hand_over(made: Merge) -> None:
    """What another of the original's duplicates would have brought as well stays, as that one's.

    Only what stands still: whoever took their vote back since the merge does not get it again.
    """
    wrote = exists().where(Contribution.id == Merge.duplicate_id, Contribution.author_id == Vote.account_id)
    for model, of, same, or_else in (
        (Vote, "idea_id", ("account_id",), wrote),
        (Quote, "idea_id", ("story_id", "key"), None),
        (Follow, "contribution_id", ("account_id",), None),
    ):
        there = model.__table__.alias("there")
        has = exists().where(
            there.c[of] == Merge.duplicate_id,
            *(there.c[name] == getattr(model, name) for name in same),
        )
        heir = (
            select(func.min(Merge.id))
            .where(
                Merge.original_id == made.original_id,
                IS_STANDING,
                or_(*(one.correlate(Merge, model) for one in (has, or_else) if one is not None)),
            )
            .correlate(model)
            .scalar_subquery()
        )
        db.session.execute(
            update(model)
            .where(model.merge_id == made.id)
            .values(merge_id=func.coalesce(heir, made.id))
            .execution_options(synchronize_session=False)
        )


def _bring(made: Merge, *, author_id: int, country: str, but: int) -> None:
    """``but`` is who needs no vote for what is their own; the duplicate's author stands behind the original now."""
    there = Vote.__table__.alias("there")
    lacks = ~exists().where(there.c.idea_id == made.original_id, there.c.account_id == Vote.account_id)
    votes = select(
        literal(made.original_id),
        Vote.account_id,
        Vote.country,
        Vote.model_id,
        null(),
        literal(made.id),
        Vote.created_at,
    ).where(Vote.idea_id == made.duplicate_id, Vote.account_id != but, lacks)
    names = ["idea_id", "account_id", "country", "model_id", "comment_id", "merge_id", "created_at"]
    db.session.execute(insert(Vote).from_select(names, votes))
    if author_id != but and queries.vote(made.original_id, author_id) is None:
        db.session.add(
            Vote(
                idea_id=made.original_id,
                account_id=author_id,
                country=country,
                merge_id=made.id,
                created_at=made.created_at,
            )
        )
        db.session.flush()
    _copy_quotes(made)
    _copy_follows(made)


def _copy_quotes(made: Merge) -> None:
    there = Quote.__table__.alias("there")
    lacks = ~exists().where(
        there.c.idea_id == made.original_id,
        there.c.story_id == Quote.story_id,
        there.c.key == Quote.key,
    )
    names = [
        "story_id",
        "revision_id",
        "account_id",
        "key",
        "words",
        "html",
        "language",
        "created_at",
        "refused_at",
    ]
    _copy(made, Quote, names, Quote.idea_id == made.duplicate_id, lacks, idea_id=made.original_id)


def _copy_follows(made: Merge) -> None:
    there = Follow.__table__.alias("there")
    lacks = ~exists().where(
        there.c.contribution_id == made.original_id, there.c.account_id == Follow.account_id
    )
    names = ["account_id", "is_muted", "created_at"]
    _copy(
        made,
        Follow,
        names,
        Follow.contribution_id == made.duplicate_id,
        lacks,
        contribution_id=made.original_id,
    )


def _copy(
    made: Merge, model: type[Any], names: list[str], *where: ColumnElement[bool], **values: int
) -> None:
    given = {**values, "merge_id": made.id}
    rows: Select[Any] = select(
        *(getattr(model, name) for name in names), *(literal(value) for value in given.values())
    ).where(*where)
    db.session.execute(insert(model).from_select([*names, *given], rows))
