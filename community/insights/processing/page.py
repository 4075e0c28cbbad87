"""The page of insights, and each of its tables as a file."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel.speaklater import LazyString

from community.contributions.models import Kind
from community.insights.processing import groups, tables, words
from community.insights.processing.asked import Asked, asked
from community.insights.processing.atlas import Atlas, atlas
from community.insights.processing.naming import Names
from community.insights.processing.tables import COLUMNS, DIMENSIONS, Table
from community.insights.processing.words import Words
from community.kit import sheets
from community.kit.errors import NotFound

WORDS = "words"


@dataclass(frozen=True)
class Insights:
    """``totals`` are None where fewer than five people stand behind them."""

    asked: Asked
    totals: list[tuple[LazyString, int | None]]
    tables: list[Table]
    atlas: Atlas | None
    words: Words

    @property
    def is_empty(self) -> bool:
        return not any(table.rows for table in self.tables)


def insights(args: Mapping[str, str], names: Names) -> Insights:
    """Of what an address asks for."""
    wanted = asked(args, names)
    found = _counted(wanted)
    seen = {key: tables.table(key, found, wanted, names) for key in DIMENSIONS}
    return Insights(
        wanted,
        [(COLUMNS[kind], counted.total) for kind, counted in found.items()],
        list(seen.values()),
        atlas(seen["countries"].rows),
        _words(wanted, found),
    )


def sheet(key: str, args: Mapping[str, str]) -> str:
    """One table of the page as CSV. Raises NotFound for what is none."""
    names = Names.read()
    wanted = asked(args, names)
    if key == WORDS:
        return sheets.written(_words(wanted, _counted(wanted)).as_rows())
    if key not in DIMENSIONS:
        raise NotFound
    return sheets.written(tables.table(key, _counted(wanted), wanted, names).as_rows())


def _counted(wanted: Asked) -> dict[Kind, groups.Counted]:
    return {kind: groups.counted(kind, wanted.chosen, wanted.period) for kind in groups.DIMENSIONS}


def _words(wanted: Asked, found: Mapping[Kind, groups.Counted]) -> Words:
    return words.words(wanted.chosen, is_open=any(counted.is_open for counted in found.values()))
