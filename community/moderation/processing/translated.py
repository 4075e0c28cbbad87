"""A translation beside its original, part by part, for whoever says whether it is right."""

from dataclasses import dataclass

from markupsafe import Markup

from community.contributions import queries as contributions
from community.contributions.models import Contribution, Passages, Revision
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
    caption is of.
    """

    role: Role
    source: Markup
    said: Markup | None
    is_machines: bool
    photo: Ready | None


@dataclass(frozen=True)
class Beside:
    """``left_over`` was written for words that the original no longer has; nobody is shown it."""

    story: Contribution
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
    story = original_of(revision.contribution_id)
    original = translations.live_revision(story) if story else None
    if story is None or original is None:
        return None
    return Beside(
        story,
        original,
        _lines(original, revision.passages),
        [passage.text for passage in aligning.left_over(original, revision.passages)],
    )


def original_of(translation_id: int) -> Contribution | None:
    """The story a translation is of."""
    translation = translations.translation(translation_id)
    return contributions.contribution(translation.of_id) if isinstance(translation, Translation) else None


def _lines(original: Revision, passages: Passages) -> list[Line]:
    pairs = [pair for pair in aligning.align(original, passages) if pair.part.key]
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
        )
        for pair, source, words in zip(pairs, drawn, said, strict=True)
    ]


def _drawn(words: list[str], pairs: list[Pair]) -> list[Markup]:
    """Paragraphs as they will appear; titles and what is said of photos as they are typed."""
    blocks = markup.render_blocks(words)
    return [
        Markup(block) if pair.part.role is Role.TEXT else Markup.escape(one)  # noqa: S704 - of ``markup.render_blocks``
        for one, block, pair in zip(words, blocks, pairs, strict=True)
    ]
