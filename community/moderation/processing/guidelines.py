"""The guidelines in the reader's language: chapters, and the words of the clauses a page speaks of."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from community.kit import difference, i18n
from community.kit.difference import Change
from community.kit.languages import INTERFACE
from community.moderation.models import Category, Clause

CHAPTERS: dict[int, LazyString] = {
    1: _l("Your own story"),
    2: _l("Other people"),
    3: _l("On the road and in law"),
}
CATEGORIES: dict[Category, LazyString] = {
    Category.ANIMAL_WELFARE: _l("Animal welfare"),
    Category.CONSUMER_INFORMATION: _l("Consumer information"),
    Category.CYBER_VIOLENCE: _l("Cyber violence"),
    Category.CYBER_VIOLENCE_AGAINST_WOMEN: _l("Cyber violence against women"),
    Category.DATA_PROTECTION: _l("Data protection and privacy"),
    Category.SPEECH: _l("Illegal or harmful speech"),
    Category.INTELLECTUAL_PROPERTY: _l("Intellectual property"),
    Category.CIVIC_DISCOURSE: _l("Effects on civic discourse or elections"),
    Category.OTHER_VIOLATION: _l("Another rule of this place"),
    Category.MINORS: _l("Protection of minors"),
    Category.PUBLIC_SECURITY: _l("Public security"),
    Category.SCAMS: _l("Scams and fraud"),
    Category.SELF_HARM: _l("Self-harm"),
    Category.PRODUCTS: _l("Unsafe or prohibited products"),
    Category.VIOLENCE: _l("Violence"),
}


@dataclass(frozen=True)
class Worded:
    """One version of a clause in one language; ``anchor`` is its place on the guidelines' page.

    ``path`` is its own address, which decisions cite. ``language`` is the one its words are in: English where nobody
    has translated this version yet. ``ended_at`` is None while it is in force; ``missing`` are the languages of the
    interface it has no words in.
    """

    number: str
    version: int
    title: str
    text: str
    is_illegal: bool
    language: str
    in_force_at: datetime
    ended_at: datetime | None
    missing: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        return f"/guidelines/clauses/{self.number}/{self.version}"

    @property
    def anchor(self) -> str:
        return f"clause-{self.number.replace('.', '-')}"


@dataclass(frozen=True)
class Chapter:
    number: int
    title: LazyString
    clauses: tuple[Worded, ...]


@dataclass(frozen=True)
class Step:
    """A version beside the one before it: what was said differently, word by word; ``before`` is None for the first.

    A clause that ended without a successor has a last step of its own, with ``is_end``.
    """

    clause: Worded
    before: Worded | None
    title: list[Change]
    text: list[Change]
    at: datetime
    is_end: bool = False


def worded(clause: Clause, language: str = "") -> Worded:
    """In ``language``, or the page's own."""
    words = clause.words(language or i18n.language())
    spoken = {said.language for said in clause.texts}
    return Worded(
        clause.number,
        clause.version,
        words.title,
        words.text,
        clause.is_illegal,
        words.language,
        clause.in_force_at,
        clause.ended_at,
        tuple(code for code in INTERFACE if code not in spoken),
    )


def steps(versions: Sequence[Clause]) -> list[Step]:
    """The versions of one clause, the newest first, each beside the one before it in the same language."""
    found = [_step(clause, before) for clause, before in zip(versions, [*versions[1:], None], strict=True)]
    if versions and versions[0].ended_at is not None:
        last = worded(versions[0])
        found.insert(0, Step(last, None, [], [], versions[0].ended_at, is_end=True))
    return found


def _step(clause: Clause, before: Clause | None) -> Step:
    now = worded(clause)
    if before is None:
        return Step(now, None, [], [], clause.in_force_at)
    was = worded(before, now.language)
    if was.language != now.language:
        # One of the two was never translated: only their English can be held against each other.
        now = worded(clause, was.language)
    title, text = difference.paragraphs(was.title, now.title), difference.paragraphs(was.text, now.text)
    return Step(now, was, title, text, clause.in_force_at)


def changes(clauses: Iterable[Clause], *, most: int) -> list[Step]:
    """What was changed, added or retired since the product came with its clauses, the newest first."""
    by_number: dict[str, list[Clause]] = {}
    for clause in clauses:
        by_number.setdefault(clause.number, []).insert(0, clause)
    moments = [
        (at, number, place)
        for number, versions in by_number.items()
        for place, at in enumerate(_moments(versions))
        if at is not None
    ]
    newest = sorted(moments, reverse=True)[:most]
    told = {number: steps(by_number[number]) for _at, number, _place in newest}
    return [told[number][place] for _at, number, place in newest]


def latest(clauses: Iterable[Clause]) -> list[Worded]:
    """The last version of each clause, in force or not, in the order given."""
    return list({clause.number: worded(clause) for clause in clauses}.values())


def _moments(versions: Sequence[Clause]) -> list[datetime | None]:
    """When each of ``steps`` was taken; None for what nobody did."""
    ended = [versions[0].ended_at] if versions[0].ended_at is not None else []
    return [*ended, *(clause.in_force_at if clause.by_id else None for clause in versions)]


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


def as_plain(clauses: Iterable[Clause]) -> dict[str, object]:
    """All of it for machines: chapters, their clauses in force, and every version of each, in every language.

    Clauses without a version in force stand apart, under ``retired``.
    """
    by_number: dict[str, list[Clause]] = {}
    for clause in clauses:
        by_number.setdefault(clause.number, []).insert(0, clause)
    in_force = [versions for versions in by_number.values() if versions[0].ended_at is None]
    titles = {code: _titles(code) for code in INTERFACE}
    return {
        "chapters": [
            {
                "number": number,
                "title": {code: titles[code][number] for code in INTERFACE},
                "clauses": [_plain(some) for some in in_force if some[0].chapter == number],
            }
            for number in sorted({versions[0].chapter for versions in in_force})
        ],
        "retired": [_plain(some) for some in by_number.values() if some[0].ended_at is not None],
    }


def _titles(code: str) -> dict[int, str]:
    with i18n.speaking(code):
        return {number: str(title) for number, title in CHAPTERS.items()}


def _plain(versions: Sequence[Clause]) -> dict[str, object]:
    return {
        "number": versions[0].number,
        **_version(versions[0]),
        "versions": [_version(v) for v in versions],
    }


def _version(clause: Clause) -> dict[str, object]:
    return {
        "version": clause.version,
        "in_force_since": clause.in_force_at.isoformat(),
        "ended_at": clause.ended_at.isoformat() if clause.ended_at else None,
        "category": clause.category,
        "is_illegal": clause.is_illegal,
        "path": worded(clause).path,
        "words": {words.language: {"title": words.title, "text": words.text} for words in clause.texts},
    }
