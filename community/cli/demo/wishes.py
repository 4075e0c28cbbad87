"""The demo's ideas: what ``demo/ideas/*.toml`` say, as typed values. Putting them into a database is for ``ideas``."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from community.cli.demo import script


@dataclass(frozen=True, kw_only=True)
class Quote:
    """A paragraph of a story that is live by then, by the ``words`` it begins with."""

    story: str
    words: str


@dataclass(frozen=True, kw_only=True)
class Because:
    """A sentence under an idea ``hours_after`` it went live; with their support where it ``supports`` it."""

    author: str
    language: str
    body: str
    hours_after: float
    supports: bool = False
    model: str = ""


@dataclass(frozen=True, kw_only=True)
class Step:
    """What a curator answered, and ``to`` which stage it went with that."""

    to: str
    by: str
    days_ago: float
    function: str
    language: str
    answer: str
    reason: str = ""
    shipped_models: str = ""
    shipped_countries: str = ""
    shipped_version: str = ""


@dataclass(frozen=True, kw_only=True)
class Idea:
    """``days_ago`` it was approved, or, while it waits, sent; ``name`` is its file's, as is ``merged_into``."""

    name: str
    author: str
    language: str
    area: str
    days_ago: float
    title: str
    missing: str
    better: str
    countries: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    quotes: tuple[Quote, ...] = ()
    supporters: tuple[str, ...] = ()
    comments: tuple[Because, ...] = ()
    steps: tuple[Step, ...] = ()
    curator: str = ""
    note: str = ""
    merged_into: str = ""
    merged_days_ago: float = 0
    merged_why: str = ""
    merged_by: str = "curator"
    state: str = "live"


@cache
def ideas() -> tuple[Idea, ...]:
    return tuple(_idea(file) for file in sorted((script.FOLDER / "ideas").glob("*.toml")))


def _idea(file: Path) -> Idea:
    row = script.read(file)
    parts = {"quotes": Quote, "comments": Because, "steps": Step}
    for name, made in parts.items():
        row[name] = tuple(made(**one) for one in row.get(name, ()))
    return Idea(name=file.stem, **row)
