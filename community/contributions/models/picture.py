"""The pictures of a revision: part of its text, in order, and like it never changed after it was submitted."""

import json
from typing import Any, NamedTuple

from sqlalchemy import Dialect, Text
from sqlalchemy.types import TypeDecorator

MOST_PICTURES = 12
LONGEST_ALT = 500
LONGEST_CAPTION = 300


class Picture(NamedTuple):
    """A photo by its ``key``; ``alt`` is for those who do not see it, ``caption`` for all."""

    key: str
    alt: str = ""
    caption: str = ""


Pictures = tuple[Picture, ...]


class PicturesColumn(TypeDecorator[Pictures]):
    """Kept with the text they belong to, so that whatever copies, compares or restores it has them too."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Pictures | None, _dialect: Dialect) -> str:
        return json.dumps([list(picture) for picture in value or ()], ensure_ascii=False)

    def process_result_value(self, value: Any, _dialect: Dialect) -> Pictures:
        return tuple(Picture._make(one) for one in json.loads(value)) if value else ()
