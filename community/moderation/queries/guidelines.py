"""The guidelines in force and as they were."""

from collections.abc import Sequence

from sqlalchemy import select
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
    return db.session.scalar(
        select(Clause).where(Clause.id == clause_id).options(selectinload(Clause.texts))
    )


def clauses(clause_ids: Sequence[int]) -> dict[int, Clause]:
    """Any versions by id, with their words."""
    found = db.session.scalars(
        select(Clause).where(Clause.id.in_(clause_ids)).options(selectinload(Clause.texts))
    )
    return {one.id: one for one in found}


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
