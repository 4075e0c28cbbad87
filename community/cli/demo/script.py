"""The demo's script: what ``demo/*.toml`` say, as typed values. Leaves putting it into a database to ``content``."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from community.config import ROOT

FOLDER = ROOT / "demo"


@dataclass(frozen=True, kw_only=True)
class Member:
    """``joined_days_ago`` is before everything they wrote; ``moderates`` are the countries of their desk."""

    handle: str
    email: str
    display_name: str
    country: str
    ui_language: str
    languages: list[str]
    role: str
    standing: str
    joined_days_ago: int
    moderates: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Car:
    """``model`` is its slug; ``since`` the year it became theirs."""

    model: str
    year: int
    powertrain: str
    since: int


@dataclass(frozen=True, kw_only=True)
class Comment:
    """``hours_after`` the story went live; ``reply_to`` is another comment's id."""

    id: str
    author: str
    language: str
    body: str
    hours_after: float
    reply_to: str = ""
    state: str = "live"


@dataclass(frozen=True, kw_only=True)
class Edit:
    """What an author sent later, which still waits."""

    title: str
    body: str


@dataclass(frozen=True, kw_only=True)
class Story:
    """``days_ago`` it was decided on, or, while it waits, submitted; ``name`` is its file's."""

    name: str
    author: str
    country: str
    language: str
    topic: str
    title: str
    days_ago: int
    reactions: int
    vehicle: Car
    body: str
    comments: tuple[Comment, ...]
    edit: Edit | None
    state: str = "live"
    notes: str = ""
    ground: str = ""
    decided_by: str = ""


@dataclass(frozen=True, kw_only=True)
class Act:
    """Something done at the desk, or to it; ``on`` is a story's name, ``comment`` one of its comments' ids.

    ``by`` is empty for somebody without an account, who has a ``name`` and an ``email``.
    """

    does: str
    days_ago: float
    on: str = ""
    comment: str = ""
    member: str = ""
    by: str = ""
    name: str = ""
    email: str = ""
    reason: str = ""
    ground: str = ""
    explanation: str = ""
    facts: str = ""
    language: str = "en"
    gravity: str = ""
    intent: str = ""


@cache
def members() -> tuple[Member, ...]:
    """First come, first."""
    found = [Member(**row) for row in _read(FOLDER / "members.toml")["members"]]
    return tuple(sorted(found, key=lambda member: -member.joined_days_ago))


@cache
def models() -> tuple[dict[str, Any], ...]:
    return tuple(_read(FOLDER / "models.toml")["models"])


@cache
def stories() -> tuple[Story, ...]:
    return tuple(_story(file) for file in sorted((FOLDER / "stories").glob("*.toml")))


@cache
def acts() -> tuple[Act, ...]:
    """First done, first."""
    found = [Act(**row) for row in _read(FOLDER / "desk.toml")["acts"]]
    return tuple(sorted(found, key=lambda act: -act.days_ago))


def _story(file: Path) -> Story:
    row = _read(file)
    comments = tuple(Comment(**comment) for comment in row.pop("comments", []))
    edit = Edit(**row.pop("edit")) if "edit" in row else None
    return Story(name=file.stem, vehicle=Car(**row.pop("vehicle")), comments=comments, edit=edit, **row)


def _read(file: Path) -> dict[str, Any]:
    return tomllib.loads(file.read_text("utf-8"))
