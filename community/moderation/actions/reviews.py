"""The desk's work as rows: opened by a submission or a report, claimed, closed by what was decided.

Locks are taken in one order everywhere: the contribution, its revisions, the review, the backlog, the log.
"""

from collections import Counter
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import or_, select, update

from community.accounts.models import Account
from community.contributions import actions as contributions
from community.contributions import queries as contribution_queries
from community.contributions.facts import Moved
from community.contributions.models import Contribution, Revision, RevisionState
from community.kit import clock, db
from community.kit.errors import Conflict
from community.moderation.models import Backlog, Rank, Review

CLAIM = timedelta(minutes=10)
CLAIMED = _l("Somebody else is reading this one.")
DONE = _l("This has been decided, or taken back by its author.")
ENDING = {"hide", "withdraw", "erase"}


def follow(moved: Moved) -> None:
    """Open and close reviews as contributions move; decisions close their own."""
    if moved.cause == "submit" and moved.revision_id is not None:
        # Reported in the seconds before its approval was undone, it is not of rank WAITING.
        before = contribution_queries.revision_in(moved.contribution_id, RevisionState.WAITING)
        if before:
            close(before.id)
        _open_submitted(moved.revision_id, moved.contribution_id, moved.at)
    elif moved.cause == "trusted":
        db.session.execute(
            update(Review)
            .where(Review.revision_id == moved.revision_id, Review.closed_at.is_(None))
            .values(rank=Rank.AFTERWARDS)
        )
    elif moved.cause == contributions.CORRECTED:
        _relabel(moved.contribution_id)
    elif moved.cause in ENDING:
        close_all(moved.contribution_id)
    elif moved.cause == "restore":
        waiting = contribution_queries.revision_in(moved.contribution_id, RevisionState.WAITING)
        # What had been reported of it was answered when it was hidden.
        if waiting and not _reopen(Review.revision_id == waiting.id, rank=Rank.WAITING, report_count=0):
            _open_submitted(waiting.id, moved.contribution_id, waiting.submitted_at or moved.at)


def open_for(revision: Revision, contribution: Contribution, *, rank: Rank, at: datetime) -> None:
    """Have somebody look at this revision: a new review, or the earlier one opened again and moved up."""
    review = db.session.get(Review, revision.id, populate_existing=True)
    if review is not None:
        is_new = review.closed_at is not None
        review.rank = rank if is_new else min(rank, review.rank)
        if is_new:
            review.opened_at, review.closed_at, review.report_count = at, None, 0
            review.escalated_at = review.escalated_by_id = review.translation_wanted_at = None
            review.escalation = ""
            _count(review.language, review.country, 1)
        db.session.flush()
        return
    db.session.add(
        Review(
            revision_id=revision.id,
            contribution_id=contribution.id,
            author_id=contribution.author_id,
            kind=contribution.kind,
            language=revision.language,
            country=contribution.country,
            rank=rank,
            opened_at=at,
            report_count=0,
            escalation="",
        )
    )
    db.session.flush()
    _count(revision.language, contribution.country, 1)


def close(revision_id: int) -> bool:
    """Whether it was open."""
    return _close(Review.revision_id == revision_id) > 0


def close_all(contribution_id: int) -> int:
    """Close what is open about a contribution; how many there were."""
    return _close(Review.contribution_id == contribution_id)


def reopen(revision_ids: Collection[int]) -> int:
    """Open what a decision closed, as it was; how many there were."""
    return _reopen(Review.revision_id.in_(revision_ids))


def claim(review: Review, *, by: Account) -> Review:
    """Keep it for ten minutes; any other claim of the same moderator ends.

    Raises Conflict when somebody has it, or when it is open no more.
    """
    now = clock.now()
    _lock(review.revision_id, by)
    release(by_id=by.id, but=review.revision_id)
    done = db.session.execute(
        update(Review)
        .where(
            Review.revision_id == review.revision_id,
            Review.closed_at.is_(None),
            or_(
                Review.claimed_by_id.is_(None),
                Review.claimed_by_id == by.id,
                Review.claimed_until <= now,
            ),
        )
        .values(claimed_by_id=by.id, claimed_until=now + CLAIM)
        .execution_options(synchronize_session=False)
    )
    db.session.refresh(review)
    if not db.changed(done):
        raise Conflict(DONE if review.closed_at else CLAIMED)
    return review


def is_held(review: Review) -> bool:
    """Whether somebody has claimed it and the ten minutes are not over."""
    until = review.claimed_until
    return review.closed_at is None and until is not None and until > clock.now()


def release(*, by_id: int, but: int | None = None, only: int | None = None) -> None:
    """End this moderator's claims, all but the one on the review ``but``, or ``only`` that one."""
    mine = Review.claimed_by_id == by_id
    mine = mine if but is None else mine & (Review.revision_id != but)
    db.session.execute(
        update(Review)
        .where(mine if only is None else mine & (Review.revision_id == only))
        .values(claimed_by_id=None, claimed_until=None)
        .execution_options(synchronize_session=False)
    )


def _lock(revision_id: int, by: Account) -> None:
    """Take a moderator's claims and the review they want in one order: two who swap theirs would block each other."""
    wanted = or_(Review.revision_id == revision_id, Review.claimed_by_id == by.id)
    db.session.execute(
        select(Review.revision_id).where(wanted).order_by(Review.revision_id).with_for_update()
    )


def _open_submitted(revision_id: int, contribution_id: int, at: datetime) -> None:
    revision = db.session.get(Revision, revision_id)
    contribution = contribution_queries.contribution(contribution_id)
    if revision is not None and contribution is not None:
        open_for(revision, contribution, rank=Rank.WAITING, at=at)


def _relabel(contribution_id: int) -> None:
    """Reviews say the language of their texts, and what is open is counted under it."""
    rows = db.session.execute(
        select(Review.revision_id, Review.language, Review.country, Review.closed_at, Revision.language)
        .join(Revision, Revision.id == Review.revision_id)
        .where(Review.contribution_id == contribution_id, Review.language != Revision.language)
        .order_by(Review.revision_id)
    ).all()
    changes: Counter[tuple[str, str]] = Counter()
    for revision_id, old, country, closed_at, new in rows:
        db.session.execute(
            update(Review)
            .where(Review.revision_id == revision_id)
            .values(language=new)
            .execution_options(synchronize_session="fetch")
        )
        if closed_at is None:
            changes[old, country] -= 1
            changes[new, country] += 1
    for (language, country), number in sorted(changes.items()):
        _count(language, country, number)


def _close(found: object) -> int:
    rows = db.session.execute(
        update(Review)
        .where(found, Review.closed_at.is_(None))  # type: ignore[arg-type]
        .values(closed_at=clock.now(), claimed_by_id=None, claimed_until=None)
        .returning(Review.language, Review.country)
        .execution_options(synchronize_session="fetch")
    ).all()
    for language, country in sorted(tuple(row) for row in rows):
        _count(language, country, -1)
    return len(rows)


def _reopen(found: Any, **values: int) -> int:
    """Everything but the claim, and ``values``, is as it was when it was closed."""
    rows = db.session.execute(
        update(Review)
        .where(found, Review.closed_at.is_not(None))
        .values(closed_at=None, **values)
        .returning(Review.language, Review.country)
        .execution_options(synchronize_session="fetch")
    ).all()
    for language, country in sorted(tuple(row) for row in rows):
        _count(language, country, 1)
    return len(rows)


def _count(language: str, country: str, change: int) -> None:
    row = db.insert(Backlog).values(language=language, country=country, waiting=max(change, 0))
    db.session.execute(
        row.on_conflict_do_update(
            index_elements=["language", "country"], set_={"waiting": Backlog.waiting + change}
        )
    )
