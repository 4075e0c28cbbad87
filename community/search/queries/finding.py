"""The stories that hold all the words: those with all of them in the title first, then the others, the newest first.

SQLite (FTS5) and PostgreSQL (tsvector) are asked the same thing in two spellings.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    String,
    and_,
    bindparam,
    cast,
    distinct,
    func,
    literal,
    literal_column,
    or_,
    select,
    table,
    text,
    true,
    union_all,
)
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.orm import aliased

from community.accounts.models import Account
from community.contributions.models import Contribution, Edition, Revision
from community.contributions.models.contribution import LIVE_STORY
from community.kit import db, paging
from community.kit.errors import NotFound
from community.search.models import ANYWHERE, IN_TITLE, LANGUAGE, Entry, first_of, place_of
from community.stories.queries import CARD, Card

PAGE = 24
AT_ONCE = 4 * PAGE
"""How many entries are looked at for a page: a story has one for each language it is found in."""
MOST_COUNTED = 500
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

    def words(self, kind: str, question: Question) -> str:
        return f"({self.both.join(self._term(kind, term) for term in question)})"

    def languages(self, codes: Collection[str]) -> str:
        return f"({self.either.join(self._term(LANGUAGE, Term(code)) for code in codes)})"

    def _term(self, kind: str, term: Term) -> str:
        return f"{self.quote}{kind}{term.words}{self.quote}{self.beginning if term.is_beginning else ''}"


FTS5 = Spelling('"', " *", " AND ", " OR ", " NOT ")
TSVECTOR = Spelling("'", ":*", " & ", " | ", " & !")


class _Looked(NamedTuple):
    """What a page is made of: an entry of each story, whether it is among the titles, and whether more follow."""

    entries: dict[int, tuple[int, bool]]
    has_more: bool


def found(
    question: Question, languages: Collection[str], *, after: str | None = None, apart: Collection[int] = ()
) -> paging.Page[Sequence[Card]]:
    """A page of live stories, each in every one of the languages it was found in; no languages means all.

    Those of members ``apart`` are left out, and the page is shorter by them.

    Raises NotFound for a cursor that was not made here.
    """
    looked = _look(question, languages, _last(after))
    if not looked.entries:
        return paging.Page((), None)
    ids = [entry_id for entry_id, _in_title in looked.entries.values()]
    stories: defaultdict[int, list[Row[*tuple[Any, ...]]]] = defaultdict(list)
    cards = _cards(question, languages, ids)
    for row in db.session.execute(cards.where(Contribution.author_id.not_in(apart)) if apart else cards):
        stories[place_of(row.entry_id)].append(row)
    shown = [
        [_card(row) for row in stories[place]]
        for place, (_id, in_title) in looked.entries.items()
        # Found by its words in one language and by its title in another, it stands among the titles.
        if in_title or not any(row.in_title for row in stories[place])
    ]
    place, (_id, in_title) = list(looked.entries.items())[-1]
    following = paging.encode((int(in_title), place)) if looked.has_more else None
    return paging.Page([cards for cards in shown if cards], following)


def left_out(question: Question, languages: Collection[str]) -> int:
    """How many live stories were found in other languages only; counted up to MOST_COUNTED."""
    if not languages:
        return 0
    spelling, other = _spelling(), aliased(Entry)
    # In whatever order they come: PostgreSQL would look for the newest of them through all there are.
    matched = _matching("outside").limit(MOST_COUNTED).subquery()
    inside = select(other.id).where(
        other.story_id == Entry.story_id, other.language.in_(languages), _holds(other, ANYWHERE, question)
    )
    query = (
        select(func.count(distinct(Entry.story_id)))
        .join(matched, matched.c.id == Entry.id)
        .join(Contribution, Contribution.id == Entry.story_id)
        .where(text(LIVE_STORY), ~inside.exists())
    )
    outside = f"{spelling.words(ANYWHERE, question)}{spelling.but_not}{spelling.languages(languages)}"
    return db.session.scalar(query, {"outside": outside, "outside_below": ABOVE_ALL}) or 0


def _last(after: str | None) -> tuple[bool, int]:
    """Whether the last one seen was among the titles, and its place."""
    place = paging.decode(after, (int, int))
    if place is None:
        return True, place_of(ABOVE_ALL)
    in_title, last = (int(part) for part in place)
    if in_title not in (0, 1) or not 0 <= last <= place_of(ABOVE_ALL):
        raise NotFound
    return bool(in_title), last


def _look(question: Question, languages: Collection[str], last: tuple[bool, int]) -> _Looked:
    spelling, (was_in_title, place) = _spelling(), last
    kept_to = f"{spelling.languages(languages)}{spelling.both}" if languages else ""
    titled = f"{kept_to}{spelling.words(IN_TITLE, question)}"
    but_titled = f"{spelling.but_not}{spelling.words(IN_TITLE, question)}"
    values = {
        "titled": titled,
        "titled_below": first_of(place) if was_in_title else BELOW_ALL,
        "others": f"({kept_to}{spelling.words(ANYWHERE, question)}){but_titled}",
        "others_below": ABOVE_ALL if was_in_title else first_of(place),
    }
    rows = db.session.execute(_candidates(is_sqlite=_is_sqlite()), values).all()
    titles = [row for row in rows if row.in_title]
    is_cut = len(titles) == AT_ONCE or len(rows) - len(titles) == AT_ONCE
    entries: dict[int, tuple[int, bool]] = {}
    # Where more titles may follow, the others wait.
    for row in titles if len(titles) == AT_ONCE else rows:
        entries.setdefault(place_of(row.id), (row.id, bool(row.in_title)))
    return _Looked(dict(list(entries.items())[:PAGE]), is_cut or len(entries) > PAGE)


@cache
def _candidates(*, is_sqlite: bool) -> Select[int, int]:
    """Composed once: the first entries among the titles, then the first among the others."""
    parts = [
        select(literal(in_title).label("in_title"), matching.c.id)
        for in_title, matching in (
            (1, _newest(_matching("titled", is_sqlite=is_sqlite)).subquery()),
            (0, _newest(_matching("others", is_sqlite=is_sqlite)).subquery()),
        )
    ]
    both = union_all(*parts).subquery()
    return select(both.c.in_title, both.c.id).order_by(both.c.in_title.desc(), both.c.id.desc())


def _newest(matching: Select[int]) -> Select[int]:
    """SQLite's index hands them out in this order, so that the first page of a million costs what one of ten does."""
    return matching.order_by(text("id DESC")).limit(AT_ONCE)


def _matching(name: str, *, is_sqlite: bool | None = None) -> Select[int]:
    """The entries that match ``name``, spelled as this database wants it, with a number below ``<name>_below``."""
    number: ColumnElement[int] = Entry.id.expression
    matches: ColumnElement[bool] = Entry.terms.op("@@")(_query(bindparam(name, type_=String)))
    query = select(number.label("id"))
    if _is_sqlite() if is_sqlite is None else is_sqlite:
        number = literal_column("search_words.rowid", Entry.id.type)
        matches = literal_column("search_words").op("MATCH")(bindparam(name, type_=String))
        query = select(number.label("id")).select_from(table("search_words"))
    return query.where(matches, number < bindparam(f"{name}_below"))


def _cards(question: Question, languages: Collection[str], ids: list[int]) -> Select[Any]:
    """The stories of these entries, in each language they were found in."""
    chosen = aliased(Entry)
    columns: tuple[Any, ...] = (
        *CARD,
        Entry.id.label("entry_id"),
        Entry.language.label("read_in"),
        _holds(Entry, IN_TITLE, question).label("in_title"),
        *(
            getattr(Edition, name).label(f"edition_{name}")
            for name in ("title", "excerpt", "minutes", "pictures")
        ),
    )
    return (
        select(*columns)
        .join(Entry, Entry.story_id == Contribution.id)
        .join(Revision, Revision.id == Contribution.live_revision_id)
        .join(Account, Account.id == Contribution.author_id)
        .outerjoin(Edition, and_(Edition.story_id == Entry.story_id, Edition.language == Entry.language))
        .where(
            text(LIVE_STORY),
            Entry.story_id.in_(select(chosen.story_id).where(chosen.id.in_(ids))),
            Entry.language.in_(languages) if languages else true(),
            _holds(Entry, ANYWHERE, question),
            or_(Entry.language == Contribution.language, Edition.story_id.is_not(None)),
        )
    )


def _card(row: Row[*tuple[Any, ...]]) -> Card:
    own = Card(*row[: len(CARD)])
    if row.read_in == own.language:
        return own
    return own._replace(
        language=row.read_in,
        title=row.edition_title,
        excerpt=row.edition_excerpt,
        minutes=row.edition_minutes,
        pictures=row.edition_pictures,
        original=own,
    )


def _holds(entry: Any, kind: str, question: Question) -> ColumnElement[bool]:
    """Whether this one entry holds all the terms: for a few, found already, whose words are at hand."""
    if not _is_sqlite():
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


def _spelling() -> Spelling:
    return FTS5 if _is_sqlite() else TSVECTOR


def _is_sqlite() -> bool:
    return db.session.get_bind().dialect.name == "sqlite"
