"""The paragraphs of a story that an idea can begin with."""

import hashlib
from typing import NamedTuple

from community.contributions.models import Revision
from community.ideas.models.quote import LONGEST_QUOTE
from community.kit import markup

KEY_BYTES = 8
SHORTEST = 20  # characters; a heading or an exclamation is nothing to begin with


class Paragraph(NamedTuple):
    """``key`` is made of its words, so that it names the same paragraph for as long as nobody changes it."""

    key: str
    words: str
    html: str


def paragraphs(revision: Revision) -> list[Paragraph]:
    """In their order; of equal ones the first."""
    found = [block for block in markup.blocks(revision.body) if _is_quotable(block)]
    drawn = markup.render_blocks(found)
    made = (Paragraph(_key(words), words, html) for words, html in zip(found, drawn, strict=True))
    return list({one.key: one for one in reversed(list(made))}.values())[::-1]


def _key(words: str) -> str:
    return hashlib.blake2b(words.encode(), digest_size=KEY_BYTES).hexdigest()


def _is_quotable(block: str) -> bool:
    is_words = not block.startswith("#") and not markup.photos_in(block)
    return is_words and SHORTEST <= len(block) <= LONGEST_QUOTE
