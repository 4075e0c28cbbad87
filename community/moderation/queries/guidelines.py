"""The guidelines in force and as they were."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from community.kit import db
from community.moderation.models import Clause, ReasonTemplate


def clauses_in_force() -> Sequence[Clause]:
    """In the order of their numbers, with their words."""
    found = db.session.scalars(
        select(Clause).where(Clause.ended_at.is_(None)).options(selectinload(Clause.texts))
    )
    return sorted(found, key=lambda clause: (clause.chapter, _parts(clause.number)))


def clause_in_force(number: str) -> Clause | None:
    return db.session.scalar(select(Clause).where(Clause.number == number, Clause.ended_at.is_(None)))


def clause(clause_id: int) -> Clause | None:
    """Any version, with its words."""
    return db.session.scalar(select(Clause).where(Clause.id == clause_id).options(selectinload(Clause.texts)))


def clauses(clause_ids: Sequence[int]) -> dict[int, Clause]:
    """Any versions by id, with their words."""
    found = db.session.scalars(
        select(Clause).where(Clause.id.in_(clause_ids)).options(selectinload(Clause.texts))
    )
    return {one.id: one for one in found}


def all_clauses() -> Sequence[Clause]:
    """Every version of every clause, by number and then from the first version on, with their words."""
    found = db.session.scalars(select(Clause).options(selectinload(Clause.texts)))
    return sorted(found, key=lambda clause: (clause.chapter, _parts(clause.number), clause.version))


def versions(number: str) -> Sequence[Clause]:
    """Every version of one clause, the newest first, with their words; none where there never was such a number."""
    return db.session.scalars(
        select(Clause)
        .where(Clause.number == number)
        .options(selectinload(Clause.texts))
        .order_by(Clause.version.desc())
    ).all()


def numbers_in(chapter: int) -> Sequence[str]:
    """The numbers a chapter ever gave away, those of retired clauses too."""
    return db.session.scalars(select(Clause.number).where(Clause.chapter == chapter).distinct()).all()


def changed_at() -> datetime | None:
    """When somebody last changed, added or retired a clause; None while they are as they came with the product.

    What the product brought has nobody as its author, and is not a change.
    """
    begun = select(func.max(Clause.in_force_at)).where(Clause.by_id.is_not(None)).scalar_subquery()
    ended = select(func.max(Clause.ended_at)).scalar_subquery()
    moments = db.session.execute(select(begun, ended)).one()
    return max((moment for moment in moments if moment is not None), default=None)


def reason_templates(number: str) -> dict[str, str]:
    """The templates of one clause, by language."""
    rows = db.session.execute(
        select(ReasonTemplate.language, ReasonTemplate.text).where(ReasonTemplate.number == number)
    )
    return {row.language: row.text for row in rows}


def templates(language: str) -> dict[str, str]:
    """The reason templates in a language (where there is none, in English), by clause number."""
    words: dict[str, str] = {}
    rows = db.session.execute(
        select(ReasonTemplate.number, ReasonTemplate.language, ReasonTemplate.text).where(
            ReasonTemplate.language.in_(("en", language))
        )
    )
    for number, spoken, text in rows:
        if spoken == language or number not in words:
            words[number] = text
    return words


def _parts(number: str) -> tuple[int, ...]:
    return tuple(int(part) for part in number.split(".") if part.isdecimal())
