"""An original laid out for whoever translates it: part by part, with its photos; and the whole as it would read."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flask import render_template
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from community.contributions.models import Edition, Passages, Revision
from community.ideas.processing import halves
from community.kit import i18n, markup, text
from community.media import queries as media
from community.media.processing import showing
from community.media.processing.showing import Arranged, For, Shown
from community.media.queries import Ready
from community.translations.processing import aligning
from community.translations.processing.parts import Part, Role, parts_of

LEAST_LINES, CHARACTERS_A_LINE = 2, 60
NOT_YET = _l("Not translated yet: readers would see the original here.")


@dataclass(frozen=True)
class Row:
    """A part of the original, drawn; ``photo`` is what an alternative text or a caption belongs to.

    ``marks`` is how a block was typed, where that is more than its words. ``is_stale``: readers of the translation
    are shown the original here for now.
    """

    part: Part
    html: Markup
    photo: Ready | None
    marks: str
    is_stale: bool

    @property
    def is_line(self) -> bool:
        """Whether it parts what stands before from what follows; an idea's halves are parted by the first of them."""
        return not self.part.key and "<hr" in self.html

    @property
    def lines(self) -> int:
        """How tall the field is where it cannot grow with its text."""
        return max(LEAST_LINES, len(self.part.source) // CHARACTERS_A_LINE + 1)


@dataclass(frozen=True)
class Preview:
    """A translation as its readers would see it; ``stale`` counts the parts that stand in the original."""

    title: str
    arranged: Arranged
    stale: int

    @property
    def halves(self) -> tuple[Markup, Markup]:
        """Of an idea."""
        missing, better = halves.split_html(self.arranged.html)
        return Markup(missing), Markup(better)  # noqa: S704 - of ``kit/markup``


def lay_out(original: Revision, shown: Passages) -> list[Row]:
    """Every part in its order; ``shown`` is what readers of the translation are shown now, if anything."""
    parts, photos = parts_of(original), media.ready(picture.key for picture in original.pictures)
    htmls = _drawn(original, parts, photos)
    said = {one.key for one in shown}
    return [
        Row(
            part,
            html=next(htmls) if part.role is Role.TEXT else Markup.escape(part.source),
            photo=photos.get(part.photo),
            marks=_marks(part),
            is_stale=bool(said and part.key and part.key not in said),
        )
        for part in parts
    ]


def preview(original: Revision, passages: Passages, language: str) -> Preview:
    drawn = aligning.draw(original, passages)
    html = markup.put_notes(drawn.html, str(NOT_YET), i18n.language())
    # Never kept: only what it is drawn from is.
    edition = Edition(html=html, pictures=drawn.pictures, language=language)
    return Preview(drawn.title, showing.of_text(edition, look=For.WRITER), drawn.stale)


def _drawn(original: Revision, parts: list[Part], photos: Mapping[str, Ready]) -> Iterator[Markup]:
    """The blocks of the text; a photo stands in its first place, and does not lead away."""
    blocks = markup.render_blocks([part.source for part in parts if part.role is Role.TEXT])
    pictures = {one.key: one for one in original.pictures if one.key in photos}
    for html in blocks:
        figures = {
            key: _figure(Shown(photos[key], pictures.pop(key), original.language, For.WRITER, ""))
            for key in markup.places_in(html)
            if key in pictures
        }
        yield Markup(markup.put_photos(html, figures))  # noqa: S704 - of ``kit/markup`` and our own templates


def _figure(one: Shown) -> str:
    return render_template("media/_figure.html", one=one, sizes="(min-width: 60rem) 32rem, 100vw")


def _marks(part: Part) -> str:
    """Headings, lists, links and the like have to be typed again with their marks."""
    if part.role is not Role.TEXT or not part.key:
        return ""
    words = markup.plain(markup.render(part.source))
    return "" if text.excerpt(words, len(part.source) + 1) == " ".join(part.source.split()) else part.source
