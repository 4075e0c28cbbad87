"""Pages drawn once for many signed-in readers: what differs between them are gaps, filled with each one's own.

A gap is a word nobody can have written: it holds a number this process made when it started. The page with gaps names
nobody, so it may be kept; what a reader sees is put together from its pieces.
"""

import re
import secrets

from markupsafe import Markup, escape

_MARK = f"gap{secrets.token_hex(12)}"
_GAP = re.compile(rf"{_MARK}([a-z]+)Z")


def gap(name: str) -> Markup:
    """Where ``name`` (small letters) will stand. Letters and digits only, so that it survives in an address too."""
    return Markup(f"{_MARK}{name}Z")  # noqa: S704 - letters and digits


class Stencil:
    """A page cut at its gaps."""

    def __init__(self, page: str) -> None:
        self._pieces = _GAP.split(page)

    def fill(self, **words: str) -> str:
        """The page with these words in its gaps, escaped unless Markup. Raises KeyError for a gap left open."""
        safe = {name: str(escape(word)) for name, word in words.items()}
        pieces = self._pieces
        return "".join(safe[piece] if number % 2 else piece for number, piece in enumerate(pieces))
