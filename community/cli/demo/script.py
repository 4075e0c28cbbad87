"""The demo's script: what ``demo/*.toml`` say, as typed values. Leaves putting it into a database to ``content``."""

import tomllib
from dataclasses import dataclass, field
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
    """``model`` is its slug, or, where it is on no list, its name; ``since`` the year it became theirs.

    ``paint`` is its colour in photos.
    """

    model: str
    year: int
    powertrain: str
    since: int
    maker: str = ""
    until: int | None = None
    nickname: str = ""
    odometer: int | None = None
    unit: str = "km"
    is_public: bool = True
    paint: str = "white"


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
class Photo:
    """What it shows, as ``painting.scenes`` has it, and what is said of that; ``areas`` are covered.

    A body gives it a place by its name: ``![](photo:pass)``.
    """

    name: str
    scene: str
    light: str
    alt: str
    caption: str = ""
    shape: str = "wide"
    seed: int = 1
    has_car: bool = True
    from_cabin: bool = False
    areas: list[list[int]] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Edit:
    """What an author sent later, ``days_ago``; its ``photos`` come after those of the story."""

    title: str
    body: str
    photos: tuple[Photo, ...] = ()
    days_ago: float = 0.8
    state: str = "waiting"


@dataclass(frozen=True, kw_only=True)
class Story:
    """``days_ago`` it was decided on, or, while it waits, submitted; ``name`` is its file's.

    ``may_quote``: the maker may.
    """

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
    photos: tuple[Photo, ...]
    edit: Edit | None
    may_quote: bool = False
    state: str = "live"
    notes: str = ""
    ground: str = ""
    decided_by: str = ""

    @property
    def every_photo(self) -> tuple[Photo, ...]:
        return self.photos + (self.edit.photos if self.edit else ())


@dataclass(frozen=True, kw_only=True)
class Translation:
    """A story said again by a member, sent ``days_ago``: ``of`` is its name, and ``name`` the file's.

    ``body`` has a block for each of the story's, in its order, but for the places of photos; ``photos`` are what is
    said of each by its name, an ``alt`` and, where the story has one, a ``caption``.
    """

    name: str
    of: str
    language: str
    by: str
    days_ago: float
    title: str
    body: str
    photos: dict[str, dict[str, str]] = field(default_factory=dict)
    state: str = "live"


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
    found = [Member(**row) for row in read(FOLDER / "members.toml")["members"]]
    return tuple(sorted(found, key=lambda member: -member.joined_days_ago))


@cache
def models() -> tuple[dict[str, Any], ...]:
    return tuple(read(FOLDER / "models.toml")["models"])


@cache
def garages() -> tuple[tuple[str, Car], ...]:
    """Vehicles no story names, each with its owner's handle."""
    return tuple((row.pop("owner"), Car(**row)) for row in read(FOLDER / "garage.toml")["vehicles"])


@cache
def stories() -> tuple[Story, ...]:
    return tuple(_story(file) for file in sorted((FOLDER / "stories").glob("*.toml")))


@cache
def translations() -> tuple[Translation, ...]:
    return tuple(_translation(file) for file in sorted((FOLDER / "translations").glob("*.toml")))


@cache
def acts() -> tuple[Act, ...]:
    """First done, first."""
    found = [Act(**row) for row in read(FOLDER / "desk.toml")["acts"]]
    return tuple(sorted(found, key=lambda act: -act.days_ago))


def read(file: Path) -> dict[str, Any]:
    return tomllib.loads(file.read_text("utf-8"))


def _story(file: Path) -> Story:
    row = read(file)
    comments = tuple(Comment(**comment) for comment in row.pop("comments", []))
    photos = _photos(row)
    edit = row.pop("edit", None)
    if edit:
        edit = Edit(photos=_photos(edit), **edit)
    vehicle = Car(**row.pop("vehicle"))
    return Story(name=file.stem, vehicle=vehicle, comments=comments, photos=photos, edit=edit, **row)


def _translation(file: Path) -> Translation:
    """Its name is the story's and the language: ``minga-en-chiloe.en.toml``."""
    of, language = file.stem.rsplit(".", 1)
    return Translation(name=file.name, of=of, language=language, **read(file))


def _photos(row: dict[str, Any]) -> tuple[Photo, ...]:
    return tuple(Photo(**photo) for photo in row.pop("photos", []))
