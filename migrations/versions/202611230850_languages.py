"""Thirteen more languages of the interface: the guidelines, their templates and the topics in their words.

What is added is a translation of words this product came with, so it is added only where those still stand: to the
first version of a clause while it is in force, to a template and a topic that nobody has put otherwise.
"""

import json
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import op

revision: str = "a1f09c3d7e21"
down_revision: str | None = "e1d80a3c5b47"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

FOLDER = Path(__file__).parent.parent
LANGUAGES = ("de", "es", "fa", "fr", "it", "ms", "pl", "pt", "ru", "th", "tr", "vi", "zh")
SOURCE = "en"
TOPICS = {
    "everyday-life": "Everyday life",
    "journeys": "Journeys",
    "family": "Family",
    "community": "Community",
    "technology": "Technology",
    "sustainability": "Sustainability",
    "service-and-care": "Service and care",
    "made-for-here": "Made for here",
}

clause = sa.table("clause", *map(sa.column, ("id", "number", "version", "ended_at")))
clause_text = sa.table("clause_text", *map(sa.column, ("clause_id", "language", "title", "text")))
template = sa.table("reason_template", *map(sa.column, ("number", "language", "text")))
topic = sa.table("topic", *map(sa.column, ("id", "slug")))
topic_name = sa.table("topic_name", *map(sa.column, ("topic_id", "language", "name")))


def upgrade() -> None:
    clauses = _standing_clauses()
    numbers, topics = clauses.keys() & _standing_templates(), _standing_topics()
    for code in LANGUAGES:
        _add(clause_text, "clause_id", _texts(code, clauses))
        _add(template, "number", _templates(code, numbers))
        _add(topic_name, "topic_id", _names(code, topics))


def downgrade() -> None:
    """Only what stands as it was added; words an admin has put otherwise since are theirs."""
    clauses = dict(_rows(sa.select(clause.c.number, clause.c.id).where(clause.c.version == 1)))
    topics = dict(_rows(sa.select(topic.c.slug, topic.c.id)))
    for code in LANGUAGES:
        _remove(clause_text, _texts(code, clauses))
        _remove(template, _templates(code, set(_source())))
        _remove(topic_name, _names(code, topics))


def _standing_clauses() -> dict[str, int]:
    """Keys by number of the clauses in force that say in English what they said from the beginning."""
    said = (
        sa.select(clause.c.number, clause.c.id, clause_text.c.title, clause_text.c.text)
        .join(clause_text, clause_text.c.clause_id == clause.c.id)
        .where(clause.c.version == 1, clause.c.ended_at.is_(None), clause_text.c.language == SOURCE)
    )
    given = {number: (words["title"], words["text"]) for number, words in _source().items()}
    return {number: key for number, key, *words in _rows(said) if given.get(number) == tuple(words)}


def _standing_templates() -> set[str]:
    said = sa.select(template.c.number, template.c.text).where(template.c.language == SOURCE)
    given = {number: words["template"] for number, words in _source().items()}
    return {number for number, text in _rows(said) if given.get(number) == text}


def _standing_topics() -> dict[str, int]:
    said = (
        sa.select(topic.c.slug, topic.c.id, topic_name.c.name)
        .join(topic_name, topic_name.c.topic_id == topic.c.id)
        .where(topic_name.c.language == SOURCE)
    )
    return {slug: key for slug, key, name in _rows(said) if TOPICS.get(slug) == name}


def _texts(code: str, clauses: dict[str, int]) -> list[dict[str, Any]]:
    return [
        {"clause_id": clauses[number], "language": code, "title": said["title"], "text": said["text"]}
        for number, said in _words(code)["clauses"].items()
        if number in clauses
    ]


def _templates(code: str, numbers: set[str]) -> list[dict[str, Any]]:
    return [
        {"number": number, "language": code, "text": said["template"]}
        for number, said in _words(code)["clauses"].items()
        if number in numbers
    ]


def _names(code: str, topics: dict[str, int]) -> list[dict[str, Any]]:
    return [
        {"topic_id": topics[slug], "language": code, "name": name}
        for slug, name in _words(code)["topics"].items()
        if slug in topics
    ]


def _add(table: sa.TableClause, key: str, rows: list[dict[str, Any]]) -> None:
    """The rows whose thing has no words in that language yet."""
    there = set(_rows(sa.select(table.c[key], table.c.language)))
    missing = [row for row in rows if (row[key], row["language"]) not in there]
    if missing:
        op.bulk_insert(table, missing)


def _remove(table: sa.TableClause, rows: list[dict[str, Any]]) -> None:
    for row in rows:
        op.execute(sa.delete(table).where(*(table.c[name] == value for name, value in row.items())))


def _rows(question: sa.Select[Any]) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in op.get_bind().execute(question)]


def _source() -> dict[str, dict[str, str]]:
    """The guidelines' first English words, by number."""
    given = json.loads((FOLDER / "guidelines.json").read_text("utf-8"))
    return {one["number"]: one["words"][SOURCE] for one in given}


@lru_cache(maxsize=len(LANGUAGES))
def _words(code: str) -> dict[str, Any]:
    words: dict[str, Any] = json.loads((FOLDER / "languages" / f"{code}.json").read_text("utf-8"))
    return words
