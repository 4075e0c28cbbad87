"""The guidelines in the reader's language: chapters, and the words of the clauses a page speaks of."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from community.kit import i18n
from community.moderation.models import Clause

CHAPTERS: dict[int, LazyString] = {
    1: _l("Your own story"),
    2: _l("Other people"),
    3: _l("On the road and in law"),
}


@dataclass(frozen=True)
class Worded:
    """One version of a clause in one language; ``anchor`` is its place on the guidelines' page."""

    number: str
    version: int
    title: str
    text: str
    is_illegal: bool

    @property
    def anchor(self) -> str:
        return f"clause-{self.number.replace('.', '-')}"


@dataclass(frozen=True)
class Chapter:
    number: int
    title: LazyString
    clauses: tuple[Worded, ...]


def worded(clause: Clause, language: str = "") -> Worded:
    """In ``language``, or the page's own."""
    words = clause.words(language or i18n.language())
    return Worded(clause.number, clause.version, words.title, words.text, clause.is_illegal)


def chapters(clauses: Iterable[Clause]) -> list[Chapter]:
    """Clauses in their order, under their chapters."""
    found: dict[int, list[Worded]] = {}
    for clause in clauses:
        found.setdefault(clause.chapter, []).append(worded(clause))
    return [Chapter(number, CHAPTERS[number], tuple(some)) for number, some in sorted(found.items())]


def by_id(clauses: dict[int, Clause]) -> dict[int, Worded]:
    """Those of a history, whatever their version."""
    return {number: worded(clause) for number, clause in clauses.items()}


def choices(clauses: Sequence[Clause]) -> list[tuple[str, str]]:
    """For a form: number and title."""
    return [(c.number, f"{c.number} {c.title}") for c in map(worded, clauses)]
