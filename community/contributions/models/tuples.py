"""Rows of words kept in one column of the text they belong to, so that whatever copies or compares it has them too."""

import json
from typing import Any, ClassVar, NamedTuple

from sqlalchemy import Dialect, Text
from sqlalchemy.types import TypeDecorator


class Tuples(TypeDecorator[tuple[Any, ...]]):
    """A tuple of ``of``, as a JSON list of lists; a field added later reads as its default."""

    impl = Text
    cache_ok = True
    of: ClassVar[Any] = NamedTuple

    def process_bind_param(self, value: tuple[Any, ...] | None, _dialect: Dialect) -> str:
        return json.dumps([list(one) for one in value or ()], ensure_ascii=False)

    def process_result_value(self, value: Any, _dialect: Dialect) -> tuple[Any, ...]:
        return tuple(self.of(*one) for one in json.loads(value)) if value else ()
