"""What other rooms may hear about translations."""

from dataclasses import dataclass


@dataclass(frozen=True)
class TranslationShown:
    """A translation, or a new text of it, can be read since this moment: the original's author may want to know."""

    translation_id: int
    of_id: int
    author_id: int
    translator_id: int
    language: str


@dataclass(frozen=True)
class OriginalChanged:
    """The original has a new live text, and ``stale`` parts of a live translation stand in the original for now.

    None where it is another text altogether, and readers are not shown the translation any more.
    """

    translation_id: int
    of_id: int
    translator_id: int
    language: str
    stale: int | None
