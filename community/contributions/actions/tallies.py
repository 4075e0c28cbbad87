"""The tally of live stories: added to in the database, rows in one order so that no two writers deadlock."""

from collections import Counter
from collections.abc import Iterator

from community.contributions.models import Tally
from community.contributions.models.topic import ANY_COUNTRY, ANY_TOPIC
from community.kit import db

Key = tuple[str, str, int]


def rows_of(language: str, country: str, topic_id: int | None) -> Iterator[Key]:
    """The rows that count a story which stands there."""
    for place in (ANY_COUNTRY, country):
        yield language, place, ANY_TOPIC
        if topic_id:
            yield language, place, topic_id


def add(changes: Counter[Key], column: str = "stories") -> None:
    """``column`` is ``stories`` for those told in a language, ``translated`` for those that can be read in it too."""
    for (language, country, topic_id), number in sorted(changes.items()):
        if not number:
            continue
        key = {"country": country, "topic_id": topic_id, "language": language}
        row = db.insert(Tally).values(**key, **{"stories": 0, "translated": 0, column: max(number, 0)})
        db.session.execute(
            row.on_conflict_do_update(
                index_elements=list(key), set_={column: getattr(Tally, column) + number}
            )
        )
