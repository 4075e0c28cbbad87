"""A translation beside its original, part by part, for whoever says whether it is right."""

from dataclasses import dataclass
from itertools import accumulate

from markupsafe import Markup

from community.contributions import queries as contributions
from community.contributions.models import Contribution, Passages, Revision
from community.ideas.processing.halves import LINE
from community.kit import markup
from community.media import queries as media
from community.media.queries import Ready
from community.translations import queries as translations
from community.translations.models import Translation
from community.translations.processing import aligning, checking
from community.translations.processing.aligning import Pair
from community.translations.processing.parts import Role


@dataclass(frozen=True)
class Line:
    """A part of the original and what it says in the translation; None where its words changed since.

    ``is_machines`` means that a machine proposed it and nobody touched it. ``photo`` is what an alternative text or a
    caption is of. Of an idea's text ``half`` counts the halves: 1, and 2 past the line between them.
    """

    role: Role
    source: Markup
    said: Markup | None
    is_machines: bool
    photo: Ready | None
    half: int = 0


@dataclass(frozen=True)
class Beside:
    """``left_over`` was written for words that the original no longer has; nobody is shown it."""

    thing: Contribution
    original: Revision
    lines: list[Line]
    left_over: list[str]

    @property
    def stale(self) -> int:
        return sum(line.said is None for line in self.lines)

    @property
    def machines(self) -> int:
        return sum(line.is_machines for line in self.lines)


def beside(revision: Revision) -> Beside | None:
    """None where nothing is left of the original."""
    thing = original_of(revision.contribution_id)
    original = translations.live_revision(thing) if thing else None
    if thing is None or original is None:
        return None
    return Beside(
        thing,
        original,
        _lines(original, revision.passages),
        [passage.text for passage in aligning.left_over(original, revision.passages)],
    )


def original_of(translation_id: int) -> Contribution | None:
    """The story or the idea a translation is of."""
    translation = translations.translation(translation_id)
    return contributions.contribution(translation.of_id) if isinstance(translation, Translation) else None


def _lines(original: Revision, passages: Passages) -> list[Line]:
    aligned = aligning.align(original, passages)
    halves = accumulate(pair.part.source.strip() == LINE for pair in aligned)
    numbered = [(pair, 1 + half) for pair, half in zip(aligned, halves, strict=True) if pair.part.key]
    pairs = [pair for pair, _half in numbered]
    proposed = {passage.key: passage.machine for passage in passages}
    photos = media.ready(pair.part.photo for pair in pairs if pair.part.photo)
    drawn = _drawn([pair.part.source for pair in pairs], pairs)
    said = _drawn([pair.said or "" for pair in pairs], pairs)
    return [
        Line(
            role=pair.part.role,
            source=source,
            said=None if pair.said is None else words,
            is_machines=checking.is_as_proposed(pair.said or "", proposed.get(pair.part.key, "")),
            photo=photos.get(pair.part.photo),
            half=min(half, 2) if pair.part.role is Role.TEXT else 0,
        )
        for (pair, half), source, words in zip(numbered, drawn, said, strict=True)
    ]


def _drawn(words: list[str], pairs: list[Pair]) -> list[Markup]:
    """Paragraphs as they will appear; titles and what is said of photos as they are typed."""
    blocks = markup.render_blocks(words)
    return [
        Markup(block) if pair.part.role is Role.TEXT else Markup.escape(one)  # noqa: S704 - of ``markup.render_blocks``
        for one, block, pair in zip(words, blocks, pairs, strict=True)
    ]
