"""Which entries hold all the words: those with all of them in the title first, then the others, the newest first.

SQLite (FTS5) and PostgreSQL (tsvector) are asked the same thing in two spellings.
"""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    and_,
    bindparam,
    cast,
    func,
    literal,
    literal_column,
    select,
    table,
    text,
    union_all,
)
from sqlalchemy.dialects.postgresql import TSQUERY

from community.contributions.models import Kind
from community.kit import db, paging
from community.kit.errors import NotFound
from community.search.models import ANYWHERE, IN_TITLE, KIND, LANGUAGE, Entry, first_of, place_of

PAGE = 24
AT_ONCE = 4 * PAGE
"""How many entries are looked at for a page: a story has one for each language it is found in."""
ABOVE_ALL, BELOW_ALL = 2**63 - 1, 0


class Term(NamedTuple):
    """A word, or two signs of a script without spaces; ``is_beginning``: or whatever begins so."""

    words: str
    is_beginning: bool = False


Question = tuple[Term, ...]
"""All of these; nothing, where nothing was typed that could be found."""


@dataclass(frozen=True)
class Spelling:
    """How a database wants to be asked."""

    quote: str
    beginning: str
    both: str
    either: str
    but_not: str

    def only(self, kind: Kind, words: str) -> str:
        """Of ideas alone, or of all but them."""
        ideas = self._term(KIND, Term(Kind.IDEA))
        return f"({words}){self.both}{ideas}" if kind is Kind.IDEA else f"({words}){self.but_not}{ideas}"

    def words(self, kind: str, question: Question) -> str:
        return f"({self.both.join(self._term(kind, term) for term in question)})"

    def languages(self, codes: Collection[str]) -> str:
        return f"({self.either.join(self._term(LANGUAGE, Term(code)) for code in codes)})"

    def _term(self, kind: str, term: Term) -> str:
        return f"{self.quote}{kind}{term.words}{self.quote}{self.beginning if term.is_beginning else ''}"


FTS5 = Spelling('"', " *", " AND ", " OR ", " NOT ")
TSVECTOR = Spelling("'", ":*", " & ", " | ", " & !")


class Looked(NamedTuple):
    """What a page is made of: an entry of each text, whether it is among the titles, and whether more follow."""

    entries: dict[int, tuple[int, bool]]
    has_more: bool
    matching: dict[int, list[int]]
    """By place, all entries that were seen to hold the words."""


def _last(after: str | None) -> tuple[bool, int]:
    """Whether the last one seen was among the titles, and its place."""
    place = paging.decode(after, (int, int))
    if place is None:
        return True, place_of(ABOVE_ALL)
    in_title, last = (int(part) for part in place)
    if in_title not in (0, 1) or not 0 <= last <= place_of(ABOVE_ALL):
        raise NotFound
    return bool(in_title), last


def look(
    kind: Kind, question: Question, languages: Collection[str], after: str | None, most: int | None = None
) -> Looked:
    """A page of what was found of a kind, or the first ``most`` of it. Raises NotFound for a cursor not made here."""
    last = _last(after)
    spelling, (was_in_title, place) = spelling_of(), last
    kept_to = f"{spelling.languages(languages)}{spelling.both}" if languages else ""
    titled = f"{kept_to}{spelling.words(IN_TITLE, question)}"
    but_titled = f"{spelling.but_not}{spelling.words(IN_TITLE, question)}"
    values = {
        "titled": spelling.only(kind, titled),
        "titled_below": first_of(place) if was_in_title else BELOW_ALL,
        "others": spelling.only(kind, f"({kept_to}{spelling.words(ANYWHERE, question)}){but_titled}"),
        "others_below": ABOVE_ALL if was_in_title else first_of(place),
    }
    rows = db.session.execute(_candidates(is_sqlite=on_sqlite()), values).all()
    titles = [row for row in rows if row.in_title]
    is_cut = len(titles) == AT_ONCE or len(rows) - len(titles) == AT_ONCE
    entries: dict[int, tuple[int, bool]] = {}
    matched: dict[int, list[int]] = {}
    # Where more titles may follow, the others wait.
    for row in titles if len(titles) == AT_ONCE else rows:
        entries.setdefault(place_of(row.id), (row.id, bool(row.in_title)))
        matched.setdefault(place_of(row.id), []).append(row.id)
    most = most or PAGE
    return Looked(dict(list(entries.items())[:most]), is_cut or len(entries) > most, matched)


@cache
def _candidates(*, is_sqlite: bool) -> Select[int, int]:
    """Composed once: the first entries among the titles, then the first among the others."""
    parts = [
        select(literal(in_title).label("in_title"), matching.c.id)
        for in_title, matching in (
            (1, _newest(matching("titled", is_sqlite=is_sqlite)).subquery()),
            (0, _newest(matching("others", is_sqlite=is_sqlite)).subquery()),
        )
    ]
    both = union_all(*parts).subquery()
    return select(both.c.in_title, both.c.id).order_by(both.c.in_title.desc(), both.c.id.desc())


def _newest(matching: Select[int]) -> Select[int]:
    """SQLite's index hands them out in this order, so that the first page of a million costs what one of ten does."""
    return matching.order_by(text("id DESC")).limit(AT_ONCE)


def matching(name: str, *, is_sqlite: bool | None = None) -> Select[int]:
    """The entries that match ``name``, spelled as this database wants it, with a number below ``<name>_below``."""
    number: ColumnElement[int] = Entry.id.expression
    matches: ColumnElement[bool] = Entry.terms.op("@@")(_query(bindparam(name, type_=String)))
    query = select(number.label("id"))
    if on_sqlite() if is_sqlite is None else is_sqlite:
        number = literal_column("search_words.rowid", Entry.id.type)
        matches = literal_column("search_words").op("MATCH")(bindparam(name, type_=String))
        query = select(number.label("id")).select_from(table("search_words"))
    return query.where(matches, number < bindparam(f"{name}_below"))


def holds(entry: Any, kind: str, question: Question) -> ColumnElement[bool]:
    """Whether this one entry holds all the terms: for a few, found already, whose words are at hand."""
    if not on_sqlite():
        holds: ColumnElement[bool] = entry.terms.op("@@")(
            _query(literal(TSVECTOR.words(kind, question), String))
        )
        return holds
    return and_(
        *(
            func.instr(entry.terms, f" {kind}{term.words}{'' if term.is_beginning else ' '}") > 0
            for term in question
        )
    )


def _query(words: ColumnElement[str]) -> ColumnElement[Any]:
    return cast(words, TSQUERY)


def spelling_of() -> Spelling:
    return FTS5 if on_sqlite() else TSVECTOR


def on_sqlite() -> bool:
    return db.session.get_bind().dialect.name == "sqlite"
