"""Photos in a text and around it: which of them stands where, drawn as markup."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from flask import render_template
from markupsafe import Markup

from community.contributions.models import Edition, Picture, Pictures, Revision
from community.kit import markup
from community.media import queries
from community.media.queries import Ready


class For(StrEnum):
    """Who looks. ``writer``: nothing leads away from what they type. ``desk``: what is said of a photo can be read."""

    READER = "reader"
    WRITER = "writer"
    DESK = "desk"


class Shown(NamedTuple):
    """A photo where it is shown: with its alternative text and caption, both in ``language``."""

    photo: Ready
    picture: Picture
    language: str
    look: For
    report_url: str

    @property
    def large(self) -> str:
        """The address of its largest file."""
        return self.photo.large


@dataclass(frozen=True)
class Arranged:
    """A text with its photos: ``cover`` stands above it, others in ``html``, ``gallery`` after it; ``bare`` has none.

    ``first`` stands for all of them where there is room for one. ``missing`` counts those that cannot be shown yet.
    """

    bare: str
    html: Markup
    cover: Shown | None = None
    gallery: tuple[Shown, ...] = ()
    first: Shown | None = None
    missing: int = 0


def of_revision(revision: Revision, look: For = For.READER, report_url: str = "") -> Arranged:
    """A draft's text is drawn as it would be when it is sent. See ``of_text``."""
    html = revision.html or markup.render(revision.body)
    return _of(html, revision.pictures, revision.language, look, report_url)


def of_text(text: Revision | Edition, report_url: str = "", *, look: For = For.READER) -> Arranged:
    """What readers are shown, in its own language or in another. One question, however many photos there are.

    ``report_url`` leads to the form a photo is reported with, up to its key.
    """
    return _of(text.html, text.pictures, text.language, look, report_url)


def _of(html: str, pictures: Pictures, language: str, look: For, report_url: str) -> Arranged:
    found = queries.ready(picture.key for picture in pictures)
    shown = [Shown(found[p.key], p, language, look, report_url) for p in pictures if p.key in found]
    return _arranged(html, pictures, shown)


def one_of(revision: Revision | None, key: str) -> Shown | None:
    """A photo of a revision by itself; None for what is not in it, or cannot be shown."""
    for picture in revision.pictures if revision else ():
        if picture.key == key and (photo := queries.ready([key]).get(key)):
            return Shown(photo, picture, revision.language if revision else "", For.READER, "")
    return None


def without_photos(revision: Revision) -> Arranged:
    """The text alone, for somebody to whom their files are not given."""
    return _arranged(revision.html or markup.render(revision.body), (), ())


def of_typed(body: str, pictures: Pictures, *, language: str, owner_id: int) -> Arranged:
    """What somebody has typed, and of the photos those that are theirs."""
    found = queries.ready((picture.key for picture in pictures), of=owner_id)
    shown = [Shown(found[p.key], p, language, For.WRITER, "") for p in pictures if p.key in found]
    return _arranged(markup.render(body), pictures, shown)


def _arranged(html: str, pictures: Pictures, photos: Sequence[Shown]) -> Arranged:
    """The first is the cover, unless it has a place in the text; those with one stand there; the rest comes after."""
    shown = {one.picture.key: one for one in photos}
    placed = [key for key in markup.places_in(html) if key in shown]
    drawn = {key: render_template("media/_figure.html", one=shown[key]) for key in placed}
    loose = [one for key, one in shown.items() if key not in drawn]
    first = next(iter(shown.values()), None)
    cover = first if first and first.picture.key not in drawn else None
    return Arranged(
        bare=html,
        html=Markup(markup.put_photos(html, drawn)),  # noqa: S704 - of ``markup.render`` and our own templates
        cover=cover,
        gallery=tuple(loose[1:] if cover else loose),
        first=first,
        missing=len({picture.key for picture in pictures} - set(shown)),
    )
