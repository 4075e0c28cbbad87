"""How a page of the public log gets what it shows: everybody may see all of it, where it is there."""

from community.kit.errors import NotFound
from community.moderation import queries
from community.moderation.models import LogEntry
from community.moderation.queries import counting
from community.moderation.queries.counting import HalfYear


def load_line(number: int) -> LogEntry:
    """Raises NotFound."""
    line = queries.log_line(number)
    if line is None:
        raise NotFound
    return line


def load_half_year(name: str) -> HalfYear:
    """One in which anything was written. Raises NotFound."""
    half_year = HalfYear.read(name)
    if half_year is None or not counting.has_lines(half_year):
        raise NotFound
    return half_year
