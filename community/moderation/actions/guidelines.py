"""Changing the guidelines: a version never changes, so a change is a new version and the end of the one before it.

Numbers are never given twice: a retired clause keeps its own, because decisions cite it.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, delete, exists, insert, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import aliased

from community.accounts.models import Account
from community.kit import clock, db, text, unit_of_work
from community.kit.errors import Conflict, Invalid, Words
from community.kit.languages import INTERFACE
from community.moderation import queries
from community.moderation.models import (
    LONGEST_CLAUSE_TEXT,
    LONGEST_CLAUSE_TITLE,
    LONGEST_TEMPLATE,
    Category,
    Clause,
    ClauseText,
    ReasonTemplate,
)

ENGLISH = "en"  # every clause has its words in it; another language may be missing
CHANGED = _l(
    "Somebody changed this clause while you wrote. Nothing was overwritten: compare it with yours below."
)
RETIRED = _l("This clause has ended already, or was changed while you read.")
TAKEN = _l(
    "Somebody added a clause with this number while you wrote. Yours has the next one now: send it again."
)
LAST = _l("This is the last clause in force. Guidelines without a clause would leave nothing to decide by.")
UNCHANGED = _l("Nothing is different from the version in force.")
NEEDED = _l("English is needed: it stands wherever a translation is missing.")
BOTH = _l("Give both the title and the text, or leave both empty.")


@dataclass(frozen=True)
class Said:
    """A clause's words in one language; the title at most 120 characters, the text 2,000."""

    title: str
    text: str

    @property
    def is_missing(self) -> bool:
        return text.is_blank(self.title) and text.is_blank(self.text)


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What a version is to say, by language of the interface; empty words are a missing translation."""

    words: Mapping[str, Said]
    category: Category
    is_illegal: bool

    def said(self) -> dict[str, Said]:
        """Without the missing ones."""
        return {code: one for code, one in self.words.items() if not one.is_missing}


def amend(clause: Clause, draft: Draft, *, by: Account) -> Clause:
    """Put the next version in force at once. Raises Invalid, and Conflict when another version was there first."""
    _check(draft)
    if _is_same(clause, draft):
        raise Invalid({"": [UNCHANGED]})
    now = clock.now()
    _end(clause, now, CHANGED)
    return _enact(_row(clause.chapter, clause.number, clause.version + 1, draft, by, now), draft)


def add(chapter: int, number: str, draft: Draft, *, by: Account) -> Clause:
    """A new clause under a number ``next_number`` gave; the same again, sent twice, is added once.

    Raises Invalid, and Conflict when the number went to somebody else's clause.
    """
    _check(draft)
    if number != next_number(chapter):
        return _added_before(number, draft, by)
    row = _row(chapter, number, 1, draft, by, clock.now())
    taken = _insert(Clause).values(**row).on_conflict_do_nothing().returning(Clause.id)
    clause_id = db.session.scalar(taken)
    return _added_before(number, draft, by) if clause_id is None else _give_words(clause_id, draft)


def next_number(chapter: int) -> str:
    """``1.5`` after ``1.4``, whether that is still in force or not."""
    last = max(
        (int(number.partition(".")[2] or 0) for number in queries.guidelines.numbers_in(chapter)), default=0
    )
    return f"{chapter}.{last + 1}"


def retire(clause: Clause) -> Clause:
    """End a clause without a successor. Raises Conflict when it has ended already, or is the last one."""
    # All of them in one order, so that of two admins who retire the last two the second sees what the first did.
    in_force = select(Clause.id).where(Clause.ended_at.is_(None)).order_by(Clause.id).with_for_update()
    if not set(db.session.scalars(in_force)) - {clause.id}:
        raise Conflict(LAST)
    other = aliased(Clause)
    another_stays = exists().where(other.ended_at.is_(None), other.id != clause.id)
    _end(clause, clock.now(), RETIRED, another_stays)
    return clause


def set_templates(number: str, texts: Mapping[str, str], *, drawn: str) -> dict[str, str]:
    """Change what an explanation may begin with, by language; an empty text takes one away.

    ``drawn`` is the ``mark_of`` those the admin had before them. Raises Invalid, and Conflict when they changed since.
    """
    too_long = [code for code, said in texts.items() if len(said) > LONGEST_TEMPLATE]
    if too_long:
        raise Invalid({f"text_{code}": [_l("Use at most 2,000 characters.")] for code in too_long})
    had = queries.guidelines.reason_templates(number)
    if mark_of(had) != drawn:
        raise Conflict(CHANGED)
    for code in sorted(code for code in texts if code in INTERFACE and texts[code] != had.get(code, "")):
        if not _set_template(number, code, texts[code], had.get(code, "")):
            raise Conflict(CHANGED)
    return queries.guidelines.reason_templates(number)


def mark_of(texts: Mapping[str, str]) -> str:
    """A short name for these texts, in which any change of them shows."""
    return hashlib.sha256(json.dumps(sorted(texts.items())).encode()).hexdigest()[:16]


def acknowledge(account: Account, seen: datetime) -> None:
    """This member has read what changed up to ``seen``; a later change is told again. It never goes back."""
    read = min(seen, clock.now())
    db.session.execute(
        update(Account)
        .where(
            Account.id == account.id,
            or_(Account.guidelines_read_at.is_(None), Account.guidelines_read_at < read),
        )
        .values(guidelines_read_at=read)
    )


def _check(draft: Draft) -> None:
    problems: dict[str, list[Words]] = {}
    for code, said in {ENGLISH: Said("", ""), **draft.words}.items():
        if len(said.title) > LONGEST_CLAUSE_TITLE:
            problems[f"title_{code}"] = [_l("Use at most 120 characters.")]
        if len(said.text) > LONGEST_CLAUSE_TEXT:
            problems[f"text_{code}"] = [_l("Use at most 2,000 characters.")]
        missing = _missing(said)
        if missing and (code == ENGLISH or len(missing) == 1):
            words = NEEDED if code == ENGLISH else BOTH
            problems |= {f"{part}_{code}": [words] for part in missing}
    if problems:
        raise Invalid(problems)


def _missing(said: Said) -> list[str]:
    return [part for part, words in (("title", said.title), ("text", said.text)) if text.is_blank(words)]


def _is_same(clause: Clause, draft: Draft) -> bool:
    had = {words.language: Said(words.title, words.text) for words in clause.texts}
    return (had, clause.category, clause.is_illegal) == (draft.said(), draft.category, draft.is_illegal)


def _end(clause: Clause, now: datetime, words: Words, *conditions: ColumnElement[bool]) -> None:
    """The one UPDATE that decides between two admins. Raises Conflict."""
    ended = db.session.execute(
        update(Clause)
        .where(Clause.id == clause.id, Clause.ended_at.is_(None), *conditions)
        .values(ended_at=now)
        .execution_options(synchronize_session=False)
    )
    if not db.changed(ended):
        raise Conflict(words)
    unit_of_work.public_change()


def _row(
    chapter: int, number: str, version: int, draft: Draft, by: Account, now: datetime
) -> dict[str, object]:
    return {
        "chapter": chapter,
        "number": number,
        "version": version,
        "category": draft.category,
        "is_illegal": draft.is_illegal,
        "by_id": by.id,
        "in_force_at": now,
    }


def _enact(row: dict[str, object], draft: Draft) -> Clause:
    return _give_words(db.session.scalars(insert(Clause).values(**row).returning(Clause.id)).one(), draft)


def _give_words(clause_id: int, draft: Draft) -> Clause:
    db.session.add_all(
        ClauseText(clause_id=clause_id, language=code, title=said.title, text=said.text)
        for code, said in draft.said().items()
    )
    db.session.flush()
    unit_of_work.public_change()
    return db.session.get_one(Clause, clause_id)


def _added_before(number: str, draft: Draft, by: Account) -> Clause:
    """The same clause by the same admin, sent twice. Raises Conflict for anything else."""
    found = next((clause for clause in queries.guidelines.versions(number) if clause.version == 1), None)
    if found is None or found.by_id != by.id or not _is_same(found, draft):
        raise Conflict(TAKEN)
    return found


def _set_template(number: str, code: str, said: str, was: str) -> bool:
    if not was:
        row = _insert(ReasonTemplate).values(number=number, language=code, text=said)
        return db.changed(db.session.execute(row.on_conflict_do_nothing()))
    this = (
        ReasonTemplate.number == number,
        ReasonTemplate.language == code,
        ReasonTemplate.text == was,
    )
    change = (
        update(ReasonTemplate).where(*this).values(text=said) if said else delete(ReasonTemplate).where(*this)
    )
    return db.changed(db.session.execute(change.execution_options(synchronize_session=False)))


def _insert(model: type[db.Model]) -> "sqlite.Insert | postgresql.Insert":
    is_sqlite = db.session.get_bind().dialect.name == "sqlite"
    return sqlite.insert(model) if is_sqlite else postgresql.insert(model)
