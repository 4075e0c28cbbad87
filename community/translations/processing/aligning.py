"""An original and a translation side by side, and drawn as one text."""

from dataclasses import dataclass

from community.contributions.models import Passages, Picture, Pictures, Revision
from community.kit import markup, text
from community.translations.processing.parts import Part, Role, parts_of

EXCERPT_CHARACTERS = 220


@dataclass(frozen=True)
class Pair:
    """``said`` is None where nothing says the part as it reads now: readers are shown the original there."""

    part: Part
    said: str | None


@dataclass(frozen=True)
class Drawn:
    """What readers are shown; ``stale`` counts the parts shown in the original, ``said`` those that are translated."""

    title: str
    html: str
    excerpt: str
    minutes: int
    pictures: Pictures
    stale: int
    said: int


def align(original: Revision, passages: Passages) -> list[Pair]:
    """Every part of the original, in order; a passage stands only beside the very words it was written for."""
    said = {passage.key: passage.text for passage in passages if not text.is_blank(passage.text)}
    return [Pair(part, said.get(part.key) if part.key else part.source) for part in parts_of(original)]


def stale(pairs: list[Pair]) -> int:
    return sum(pair.said is None for pair in pairs)


def left_over(original: Revision, passages: Passages) -> Passages:
    """Passages of parts that are not in the original any more: kept for who goes on with them."""
    present = {part.key for part in parts_of(original)}
    return tuple(one for one in passages if one.key not in present and not text.is_blank(one.text))


def draw(original: Revision, passages: Passages) -> Drawn:
    """One text for readers of the translation: what its author changed since stands there in the original, marked."""
    pairs = align(original, passages)
    title = next(pair for pair in pairs if pair.part.role is Role.TITLE)
    blocks = [pair for pair in pairs if pair.part.role is Role.TEXT]
    htmls = markup.render_blocks([pair.part.source if pair.said is None else pair.said for pair in blocks])
    html = "".join(
        markup.mark_stale(html, original.language) if pair.said is None else html
        for pair, html in zip(blocks, htmls, strict=True)
    )
    plain = markup.plain("".join(htmls))
    return Drawn(
        title=title.said or original.title,
        html=html,
        excerpt=text.excerpt(plain, EXCERPT_CHARACTERS),
        minutes=text.reading_minutes(plain),
        pictures=_pictures(original.pictures, pairs),
        stale=stale(pairs),
        said=sum(pair.said is not None and bool(pair.part.key) for pair in blocks),
    )


def _pictures(pictures: Pictures, pairs: list[Pair]) -> Pictures:
    said = {(pair.part.photo, pair.part.role): pair.said for pair in pairs if pair.part.photo}
    return tuple(
        Picture(
            picture.key,
            said.get((picture.key, Role.ALT)) or picture.alt,
            said.get((picture.key, Role.CAPTION)) or picture.caption,
        )
        for picture in pictures
    )
