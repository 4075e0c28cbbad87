"""Tables for other programs: CSV that a spreadsheet opens as what it is, and never as a formula."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What makes a spreadsheet work out a cell instead of showing it (OWASP, "CSV Injection")."""


def written(rows: Iterable[Sequence[object]]) -> str:
    """Numbers as numbers, nothing as nothing; words that would be a formula begin with an apostrophe."""
    paper = StringIO()
    csv.writer(paper, lineterminator="\n").writerows([[_plain(cell) for cell in row] for row in rows])
    return paper.getvalue()


def _plain(cell: object) -> object:
    if cell is None:
        return ""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULAS) else cell
