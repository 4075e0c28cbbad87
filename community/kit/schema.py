"""The schema's revision this code expects. Bringing a database there is ``kit/migrating.py``'s.

Web workers never migrate; they compare ``expected()`` with the pulse. The chain is read from the files' own words: with
Alembic each worker would carry 11 MB for one name (a test holds both answers together).
"""

import re
from functools import cache

from community.config import ROOT

_NAMES = re.compile(r'^(revision|down_revision): .*= "(\w+)"', re.MULTILINE)


@cache
def expected() -> str | None:
    """The one head of the revisions in this code."""
    revisions: set[str] = set()
    followed: set[str] = set()
    for file in (ROOT / "migrations" / "versions").glob("*.py"):
        for kind, name in _NAMES.findall(file.read_text("utf-8")):
            (revisions if kind == "revision" else followed).add(name)
    return next(iter(revisions - followed), None)
